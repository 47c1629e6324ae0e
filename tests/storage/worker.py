"""A worker in a process of its own, for the tests that race and kill: ``worker.py TASK CATALOG``.

It says each step that it has done on standard output and waits for a line on standard input before the next.
"""

import sys

from storage.catalog import open_catalog
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.publication_leases import lease_publications


def lease_until_none_is_due(url: str) -> None:
    catalog = open_catalog(url)
    say("open")
    given: list[str] = []
    while leases := lease_listings(catalog, this_process(), photos=3):
        given += [str(lease.key) for lease in leases]
    say(" ".join(given))
    given = []
    while publications := lease_publications(catalog, this_process(), limit=2):
        given += [str(lease.publication.key) for lease in publications]
    say(" ".join(given))


def hold_everything(url: str) -> None:
    catalog = open_catalog(url)
    lease_listings(catalog, this_process(), photos=1000, seconds=3600)
    lease_publications(catalog, this_process(), limit=1000, seconds=3600)
    say("held")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    sys.stdin.readline()


TASKS = {"lease": lease_until_none_is_due, "hold": hold_everything}

if __name__ == "__main__":
    TASKS[sys.argv[1]](sys.argv[2])
