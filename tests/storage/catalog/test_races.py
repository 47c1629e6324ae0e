"""Real processes on one catalog, at once and killed."""

from itertools import chain

from storage.catalog import Catalog, open_catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.publication_leases import lease_publications
from storage.catalog.results import finish
from tests.storage.made import arrival, names, publication, result
from tests.storage.processes import next_step, workers

LISTINGS = [f"a/{number:02}" for number in range(40)]


def fill_outbox(catalog: Catalog, listings: list[str]) -> None:
    record_arrivals(catalog, [arrival(name) for name in listings])
    for lease in lease_listings(catalog, this_process(), photos=len(listings)):
        finish(catalog, lease, result(lease), (publication(lease),))


def test_processes_open_a_fresh_catalog_at_once_and_never_share_what_they_lease(catalog_url: str) -> None:
    with workers(4, "lease", catalog_url) as running:
        assert [worker.hear() for worker in running] == ["open"] * 4
        catalog = open_catalog(catalog_url)
        fill_outbox(catalog, LISTINGS)
        waiting = [name.replace("a/", "b/") for name in LISTINGS]
        record_arrivals(catalog, [arrival(name) for name in waiting])
        listings = [said.split() for said in next_step(running)]
        publications = [said.split() for said in next_step(running)]
    assert sorted(chain.from_iterable(listings)) == waiting
    assert sorted(chain.from_iterable(publications)) == LISTINGS


def test_what_a_killed_process_held_is_given_at_once(catalog: Catalog, catalog_url: str) -> None:
    fill_outbox(catalog, LISTINGS[:3])
    record_arrivals(catalog, [arrival("b/0")])
    with workers(1, "hold", catalog_url) as (holder,):
        assert holder.hear() == "held"
        assert lease_listings(catalog, this_process()) == ()
        assert lease_publications(catalog, this_process(), limit=9) == ()
        holder.kill()
        leases = lease_listings(catalog, this_process())
        publications = lease_publications(catalog, this_process(), limit=9)
    assert names(leases) == ["b/0"]
    assert [lease.fencing_token for lease in leases] == [2]
    assert [str(lease.publication.key) for lease in publications] == LISTINGS[:3]
    assert [(lease.fencing_token, lease.attempt) for lease in publications] == [(2, 2)] * 3
