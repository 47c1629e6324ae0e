"""What falls due next, and who is at work, narrowed down to a part of a seller's listings."""

import pytest

from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.due import held_listings, seconds_overdue, seconds_until_due
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.schema import Listings
from tests.storage.made import ELSEWHERE, arrival, let_pass, names, now


def record(catalog: Catalog, *listings: str) -> None:
    record_arrivals(catalog, [arrival(listing) for listing in listings])


def test_only_listings_whose_names_begin_alike_are_taken(catalog: Catalog) -> None:
    record(catalog, "ani/batch-1", "ani/batch-2", "ani/other", "tini/batch-3")

    taken = lease_listings(catalog, this_process(), seller="ani", prefix="batch-")

    assert sorted(names(taken)) == ["ani/batch-1", "ani/batch-2"]
    assert seconds_until_due(catalog, seller="ani", prefix="batch-") is None
    assert seconds_until_due(catalog, seller="ani", prefix="oth") == 0


@pytest.mark.parametrize("prefix", ["BATCH", "%", "_atch"])
def test_a_prefix_is_taken_letter_by_letter(catalog: Catalog, prefix: str) -> None:
    record(catalog, "ani/batch-1")

    assert lease_listings(catalog, this_process(), seller="ani", prefix=prefix) == ()
    assert seconds_until_due(catalog, prefix=prefix) is None


def test_listings_that_somebody_holds_are_named(catalog: Catalog) -> None:
    record(catalog, "ani/a-1", "ani/a-2", "ani/b", "tini/a-3")
    assert held_listings(catalog, seller="ani") == ()

    lease_listings(catalog, ELSEWHERE)

    assert [key.listing for key in held_listings(catalog, seller="ani")] == ["a-1", "a-2", "b"]
    assert [key.listing for key in held_listings(catalog, seller="ani", prefix="a-")] == ["a-1", "a-2"]


def test_what_is_due_is_overdue_unless_somebody_is_at_work_on_it(catalog: Catalog) -> None:
    assert seconds_overdue(catalog) == 0
    record_arrivals(catalog, [arrival("ani/new", modified=now(catalog))])
    assert seconds_overdue(catalog) == 0
    record(catalog, "ani/old")
    assert seconds_overdue(catalog) > 86_400

    lease_listings(catalog, ELSEWHERE, photos=1)

    assert seconds_overdue(catalog) == 0
    # Since the lease of who is gone ran out, however long it had been due.
    let_pass(catalog, Listings, "expires_at")
    assert 0 < seconds_overdue(catalog) < 300
