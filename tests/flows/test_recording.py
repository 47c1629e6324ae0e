"""Listings that are recorded at once stand as if each had been recorded alone."""

import asyncio
from collections.abc import Iterator

import pytest

from flows.recording import Recording
from models.lease import Lease, LeaseLost
from models.state import ListingState
from storage.catalog import Catalog, open_catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.connection import RowRefused
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.publication_leases import lease_publications
from storage.catalog.reading import list_listings
from storage.catalog.results import Ending
from storage.catalog.schema import Listings
from tests.storage.made import A_REASON_TO_WAIT, arrival, let_pass, publication, result

NAMES = ("a/first", "a/lost", "a/refused", "a/renewed", "a/sent", "a/waiting")


@pytest.fixture
def catalog(catalog_url: str) -> Iterator[Catalog]:
    catalog = open_catalog(catalog_url)
    yield catalog
    catalog.close()


def lease_all(catalog: Catalog) -> dict[str, Lease]:
    return {lease.key.listing: lease for lease in lease_listings(catalog, this_process())}


def record(catalog: Catalog, *endings: Ending) -> list[ListingState | BaseException]:
    """Record all at the same moment: the first alone, and the others, which come meanwhile, in one go."""

    async def gather() -> list[ListingState | BaseException]:
        recording = Recording(catalog)
        return await asyncio.gather(*(recording.finish(ending) for ending in endings), return_exceptions=True)

    return asyncio.run(gather())


@pytest.mark.parametrize("refused", [False, True], ids=["at once", "one is refused"])
def test_each_comes_as_far_as_it_would_alone(catalog: Catalog, refused: bool) -> None:
    record_arrivals(catalog, [arrival(name) for name in NAMES])
    leases = lease_all(catalog)
    release_to_others(catalog, leases["lost"])
    record_arrivals(catalog, [arrival("a/renewed", etag="2")])
    endings = {name: Ending(lease, result(lease), (publication(lease),)) for name, lease in leases.items()}
    endings["waiting"] = Ending(leases["waiting"], result(leases["waiting"], waits=A_REASON_TO_WAIT), ())
    if refused:
        spoilt = result(leases["refused"]).model_copy(update={"identity": None})
        endings["refused"] = Ending(leases["refused"], spoilt, ())

    ends = dict(zip(endings, record(catalog, *endings.values()), strict=True))

    assert isinstance(ends.pop("lost"), LeaseLost)
    if refused:
        assert isinstance(ends.pop("refused"), RowRefused)
    states = {row.key.listing: row.state for row in list_listings(catalog)}
    assert ends == {name: states[name] for name in ends}
    assert states == {
        "first": ListingState.PUBLISHING,
        "lost": ListingState.LEASED,
        "refused": ListingState.LEASED if refused else ListingState.PUBLISHING,
        "renewed": ListingState.DUE,
        "sent": ListingState.PUBLISHING,
        "waiting": ListingState.WAITING,
    }
    recorded = {row.key.listing for row in list_listings(catalog) if row.result}
    assert recorded == states.keys() - {"lost"} - ({"refused"} if refused else set())
    queued = {lease.publication.key.listing for lease in lease_publications(catalog, this_process(), limit=9)}
    assert queued == {name for name, state in states.items() if state is ListingState.PUBLISHING}


def release_to_others(catalog: Catalog, lease: Lease) -> None:
    """Have another worker take this listing, and no other."""
    let_pass(catalog, Listings, "expires_at")
    (taken,) = lease_listings(catalog, this_process(), prefix=lease.key.listing)
    assert taken.fencing_token == lease.fencing_token + 1
