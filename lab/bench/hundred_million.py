"""The catalog as it grows: what each step takes, and what a photo leaves behind, up to 100 million photos.

    .venv/bin/python -m lab.bench.hundred_million --server postgresql+psycopg://USER:PASSWORD@HOST/postgres

A PostgreSQL database is filled to one size after another, with copies of listings that went the whole way through
the catalog's own functions: eight in ten are published, one in ten is due, one in ten waits in the outbox. At each
size the catalog's functions are timed on it. What takes the same at every size will do so at 100 million photos;
what grows with the size is told by how much. Bytes a photo are multiplied.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import psycopg
from psycopg import sql

from config.approval import load_approval_rule
from lab.bench.real_photo import process_sample
from lab.bench.scratch_database import plain, scratch_database
from models.event import ObjectChanged, Received
from models.lease import Lease
from models.listing import ListingKey, ListingResult
from models.note import SellerNote
from models.photo import Finished
from models.publication import Publication, PublicationLease, Receipt
from processing.listing import assemble_listing
from processing.suggest.suggest import suggest
from storage.catalog.arrivals import Arrival, ArrivedFile, known_listings, record_arrivals
from storage.catalog.backfill import backfill
from storage.catalog.calling import call_due
from storage.catalog.connection import Catalog
from storage.catalog.due import seconds_until_due
from storage.catalog.event_queue import queue
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.catalog.publication_leases import lease_publications, publishers_due, record_receipt
from storage.catalog.reading import count_states, list_listings
from storage.catalog.results import finish

PHOTOS = 4
"""Of each listing."""
LISTINGS_OF_A_SELLER = 25
SHARES = {"published": 0.8, "unsent": 0.1, "due": 0.1}
"""Of the listings, by how far they have come; each is a copy of a listing of that name."""
TIMES = 20
WHOLE = 100_000_000
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = SellerNote(words="Keranjang rotan diameter 30 cm 85rb")
Taken = TypeVar("Taken", Lease, PublicationLease)
COPIED = ("photos", "results", "publications")
"""Tables that hang on a listing."""
HELD_SECONDS = 3600
"""Longer than the measuring takes: what one step has taken is still its own in the next."""


def arrival(place: str, etag: str = "1") -> Arrival:
    """Return a listing as an object store has it; ``place`` is ``{seller}/{listing}``."""
    seller, listing = place.split("/")
    files = tuple(ArrivedFile(f"{number}.jpg", 3_000_000, etag, LONG_AGO) for number in range(PHOTOS))
    return Arrival(key=ListingKey(seller=seller, listing=listing), photos=files, note=None)


def result_of(lease: Lease, photo: Finished) -> ListingResult:
    """Return the result of a listing whose photos all came to the same, and which waits for nobody."""
    result = assemble_listing(
        lease.key,
        version=lease.version,
        identity="bench",
        note=WORDS,
        photos=tuple(photo.model_copy(update={"file": file}) for file in lease.files),
        suggestion=suggest(WORDS),
        rule=load_approval_rule(),
    )
    return result.model_copy(update={"waits": ()})


def receipt_of(lease: PublicationLease) -> Receipt:
    """Return a receipt of the size of a bundle's."""
    location = f"published/{lease.publication.key}/v1-{lease.publication.idempotency_key}"
    files = {f"{photo}/{name}": "0" * 64 for photo in range(PHOTOS) for name in ("main.jpg", "thumbnail.jpg")}
    return Receipt.of(lease.publication, location, files=files)


def make_originals(catalog: Catalog, photo: Finished) -> None:
    """Bring one listing of each kind as far as its name says, by the catalog's own functions."""
    for name in ("published", "unsent"):
        record_arrivals(catalog, [arrival(f"original/{name}")])
        (lease,) = lease_listings(catalog, this_process())
        result = result_of(lease, photo)
        finish(catalog, lease, result, (Publication.of(result, "bundle"),))
        if name == "published":
            (sent,) = lease_publications(catalog, this_process(), limit=1)
            record_receipt(catalog, sent, receipt_of(sent))
    record_arrivals(catalog, [arrival("original/due")])


def keep_originals(database: str) -> None:
    """Set the originals' rows aside, to be copied as they are now whatever becomes of them."""
    with psycopg.connect(plain(database)) as connection:
        for table in ("listings", *COPIED):
            kept = sql.SQL("CREATE TABLE {} AS TABLE {}")
            connection.execute(kept.format(sql.Identifier(f"original_{table}"), sql.Identifier(table)))


def grow(database: str, listings: int) -> int:
    """Copy the originals so often, in shares, and have the planner know of it; return the first copy's number."""
    with psycopg.connect(plain(database), autocommit=True) as connection:
        highest = "SELECT 1 + greatest((SELECT max(id) FROM listings), (SELECT max(id) FROM publications))"
        (first,) = connection.execute(highest).fetchone() or (1,)
        last = first + listings
        connection.execute(
            "INSERT INTO sellers (name, first_seen_at) SELECT 'seller-' || n, 0 "
            "FROM generate_series(%s::int, %s::int) n ON CONFLICT DO NOTHING",
            (first // LISTINGS_OF_A_SELLER, last // LISTINGS_OF_A_SELLER),
        )
        start = first
        for kind, share in SHARES.items():
            end = start + round(listings * share)
            _copy(connection, kind, start, end)
            start = end
        for table in ("listings", "publications"):
            connection.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT max(id) FROM {}))").format(
                    sql.Literal(table), sql.Identifier(table)
                )
            )
        connection.execute("VACUUM ANALYZE")
        return int(first)


def _copy(connection: "psycopg.Connection[tuple[object, ...]]", kind: str, first: int, last: int) -> None:
    """Copy the rows of one original to listings ``first`` to ``last``, the last one left out."""
    numbers = sql.SQL("generate_series({}, {}) n").format(first, last - 1)
    seller = sql.SQL("'seller-' || n / {}").format(LISTINGS_OF_A_SELLER)
    listing = sql.SQL("'listing-' || n")
    new = {
        "id": sql.SQL("n"),
        "listing_id": sql.SQL("n"),
        "seller": seller,
        "listing": listing,
        "folder": sql.SQL("{} || '/' || {} || '/'").format(seller, listing),
        "fingerprint": sql.SQL("md5(n::text) || md5(n::text)"),
        "idempotency_key": sql.SQL("md5('key' || n)"),
    }
    # No listing falls due at the same moment as another.
    moments = {"listings": {"due_at": sql.SQL("old.due_at - n")}}
    for table in ("listings", *COPIED):
        changed = new | moments.get(table, {})
        found = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND table_schema = 'public'",
            (table,),
        )
        columns = [str(row[0]) for row in found]
        theirs = "id" if table == "listings" else "listing_id"
        connection.execute(
            sql.SQL(
                "INSERT INTO {table} ({columns}) SELECT {values} FROM {kept} AS old, {numbers} "
                "WHERE old.{theirs} = (SELECT id FROM original_listings WHERE folder = {original})"
            ).format(
                table=sql.Identifier(table),
                kept=sql.Identifier(f"original_{table}"),
                columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
                values=sql.SQL(", ").join(changed.get(name, sql.Identifier("old", name)) for name in columns),
                numbers=numbers,
                theirs=sql.Identifier(theirs),
                original=sql.Literal(f"original/{kind}/"),
            )
        )


class UsedUp(Exception):
    """The step before has left nothing more to do."""


def next_of(taken: list[Taken]) -> Taken:
    """Return one of what the step before has taken. Raises UsedUp."""
    if not taken:
        raise UsedUp
    return taken.pop()


def steps(catalog: Catalog, photo: Finished, fresh: Iterator[int], seller: str) -> dict[str, Callable[[], object]]:
    """Return what is timed, by what it is."""
    leases: list[Lease] = []
    sendings: list[PublicationLease] = []

    def lease() -> None:
        leases.extend(lease_listings(catalog, this_process(), photos=48, seconds=HELD_SECONDS))

    def end() -> None:
        taken = next_of(leases)
        result = result_of(taken, photo)
        finish(catalog, taken, result, (Publication.of(result, "bundle"),))

    def take() -> None:
        sendings.extend(
            lease_publications(catalog, this_process(), limit=1, seconds=HELD_SECONDS, publisher="bundle")
        )

    def receive() -> None:
        taken = next_of(sendings)
        record_receipt(catalog, taken, receipt_of(taken))

    def tell() -> None:
        number = next(fresh)
        key = ListingKey(seller=f"seller-{number % 100}", listing=f"told-{number}")
        queue(catalog, [Received(identity=f"bench {number}", event=ObjectChanged(key=key, file="1.jpg"))])

    return {
        "discovery: 200 new listings": lambda: record_arrivals(
            catalog, [arrival(f"new/listing-{next(fresh)}") for _ in range(200)]
        ),
        "discovery: look at 200 known ones": lambda: list(
            islice(known_listings(catalog, f"{seller}/", None), 200)
        ),
        "take 48 photos' listings by lease": lease,
        "finish a listing of 4 photos": end,
        "take a publication": take,
        "record its receipt": receive,
        "which publishers have something due": lambda: publishers_due(catalog),
        "has any publisher come later": lambda: backfill(catalog, ("bundle",)),
        "when is the next listing due": lambda: seconds_until_due(catalog),
        "the same for one seller": lambda: seconds_until_due(catalog, seller=seller),
        "all listings of one seller": lambda: list(list_listings(catalog, seller=seller)),
        "how many are in each state": lambda: count_states(catalog),
        "queue an event": tell,
        "whom is a worker called for": lambda: call_due(catalog, limit=21),
    }


def timed(step: Callable[[], object]) -> float:
    """Return the median of what a step takes, in ms; one that takes seconds is taken once or twice."""
    spent: list[float] = []
    deadline = time.monotonic() + 10
    with suppress(UsedUp):
        while len(spent) < TIMES and (time.monotonic() < deadline or not spent):
            start = time.perf_counter()
            step()
            spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def sizes(database: str) -> dict[str, int]:
    """Return the bytes that each table takes, its indexes told apart."""
    tables = ("listings", "photos", "results", "publications", "sellers")
    with psycopg.connect(plain(database)) as connection:
        found = {}
        for table in tables:
            row = connection.execute("SELECT pg_table_size(%s), pg_indexes_size(%s)", (table, table)).fetchone()
            found[table], found[f"{table}: indexes"] = (int(part) for part in row or (0, 0))
        return found


def report(columns: list[int], rows: dict[str, list[float]], space: list[dict[str, int]], took: timedelta) -> None:
    """Print the two tables."""
    heads = "".join(f"{column:>14,}" for column in columns)
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}, {took.seconds} s in all")
    print(f"{'ms at so many photos':<38}{heads}")
    for name, values in rows.items():
        print(f"{name:<38}" + "".join(f"{value:>14.2f}" for value in values))
    print(f"\n{'bytes a photo':<38}{heads}{'GB at 100 M':>14}")
    for name in space[0]:
        each = [found[name] / column for found, column in zip(space, columns, strict=True)]
        print(f"{name:<38}" + "".join(f"{value:>14.0f}" for value in each) + f"{each[-1] * WHOLE / 1e9:>14.0f}")
    whole = [sum(found.values()) / column for found, column in zip(space, columns, strict=True)]
    print(f"{'all':<38}" + "".join(f"{value:>14.0f}" for value in whole) + f"{whole[-1] * WHOLE / 1e9:>14.0f}")


def main() -> None:
    """Fill, time, and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--server", required=True, help="a PostgreSQL on which databases may be made")
    arguments.add_argument("--photos", type=int, nargs="+", default=[100_000, 1_000_000, 4_000_000])
    given = arguments.parse_args()
    begun = datetime.now(UTC)
    rows: dict[str, list[float]] = {}
    space = []
    with TemporaryDirectory() as folder, scratch_database(given.server) as database:
        photo = process_sample(Path(folder))
        catalog = open_catalog(database)
        make_originals(catalog, photo)
        keep_originals(database)
        fresh, filled = count(), 0
        for size in sorted(given.photos):
            first = grow(database, (size - filled) // PHOTOS)
            filled = size
            space.append(sizes(database))
            seller = f"seller-{first // LISTINGS_OF_A_SELLER + 1}"
            for name, step in steps(catalog, photo, fresh, seller).items():
                rows.setdefault(name, []).append(timed(step))
        catalog.close()
    report(sorted(given.photos), rows, space, datetime.now(UTC) - begun)


if __name__ == "__main__":
    main()
