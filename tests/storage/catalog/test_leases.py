from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models.lease import Lease, LeaseLost
from models.state import ListingState
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.due import seconds_until_due
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings, release, renew
from storage.catalog.reading import count_states, list_listings
from storage.catalog.results import finish
from storage.catalog.schema import Listings
from tests.storage.made import ELSEWHERE, arrival, is_left, let_pass, names, now, result


def lease_all(catalog: Catalog, photos: int = 1000) -> tuple[Lease, ...]:
    return lease_listings(catalog, this_process(), photos=photos)


def due_at(catalog: Catalog) -> datetime | None:
    with catalog.read() as connection:
        return connection.execute(select(Listings.due_at)).scalar_one()


def test_a_lease_names_version_and_files(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b", photos=3)])
    (lease,) = lease_all(catalog)
    assert (str(lease.key), lease.version, lease.fencing_token) == ("a/b", 1, 1)
    assert lease.files == ("00.jpg", "01.jpg", "02.jpg")
    assert lease.photos[0].raw == "raw/a/b/00.jpg"


def test_what_is_leased_is_not_given_again(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    assert lease_all(catalog)
    assert lease_all(catalog) == ()
    assert lease_listings(catalog, ELSEWHERE) == ()


def test_nothing_is_given_before_it_is_due(catalog: Catalog) -> None:
    begun = now(catalog)
    record_arrivals(catalog, [arrival("a/b", modified=begun)])
    assert lease_all(catalog) == ()
    waiting = seconds_until_due(catalog)
    assert waiting is not None
    assert is_left(waiting, 10, catalog, begun)
    let_pass(catalog, Listings, "due_at")
    assert seconds_until_due(catalog) == 0
    assert names(lease_all(catalog)) == ["a/b"]
    assert seconds_until_due(catalog) is None


def test_the_longest_due_come_first_and_share_the_room(catalog: Catalog) -> None:
    sizes = {"a/new": (4, 3), "a/old": (4, 1), "b/large": (9, 2)}
    for name, (photos, minute) in sizes.items():
        modified = datetime.fromisoformat(f"2026-01-01T00:0{minute}:00+00:00")
        record_arrivals(catalog, [arrival(name, photos=photos, modified=modified)])
    assert names(lease_all(catalog, photos=8)) == ["a/old", "a/new"]
    assert names(lease_all(catalog, photos=8)) == ["b/large"]
    assert lease_all(catalog, photos=8) == ()


def test_one_seller_may_be_served_alone(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b"), arrival("a-b/c"), arrival("ab/c")])
    assert names(lease_listings(catalog, this_process(), seller="a")) == ["a/b"]
    assert names(lease_listings(catalog, this_process(), seller="nobody")) == []
    assert seconds_until_due(catalog, seller="a") is None
    assert seconds_until_due(catalog, seller="ab") == 0


def test_an_expired_lease_goes_to_the_next_with_a_higher_number(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    (first,) = lease_listings(catalog, ELSEWHERE)
    let_pass(catalog, Listings, "expires_at")
    (second,) = lease_all(catalog)
    assert (first.fencing_token, second.fencing_token) == (1, 2)


def test_a_renewed_lease_does_not_expire(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b"), arrival("a/c")])
    leases = lease_listings(catalog, ELSEWHERE)
    let_pass(catalog, Listings, "expires_at")
    assert renew(catalog, leases[:1]) == leases[:1]
    assert names(lease_all(catalog)) == names(leases[1:])


def test_only_what_is_still_ours_is_renewed(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b"), arrival("a/c")])
    leases = lease_listings(catalog, ELSEWHERE)
    finish(catalog, leases[1], result(leases[1]), ())
    let_pass(catalog, Listings, "expires_at")
    lease_all(catalog)
    assert renew(catalog, leases) == ()


def test_a_stale_lease_cannot_write(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    (stale,) = lease_listings(catalog, ELSEWHERE)
    let_pass(catalog, Listings, "expires_at")
    (fresh,) = lease_all(catalog)
    with pytest.raises(LeaseLost):
        finish(catalog, stale, result(stale, identity="stale"), ())
    with pytest.raises(LeaseLost):
        release(catalog, stale, error="too late")
    assert [row.result for row in list_listings(catalog)] == [None]
    finish(catalog, fresh, result(fresh), ())
    assert [row.result for row in list_listings(catalog)] == [result(fresh)]


def test_a_lease_that_was_given_back_cannot_write(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    (lease,) = lease_all(catalog)
    release(catalog, lease, error="a hiccup")
    with pytest.raises(LeaseLost):
        finish(catalog, lease, result(lease), ())
    with pytest.raises(LeaseLost):
        release(catalog, lease, error="a hiccup")


def test_a_lease_that_was_finished_cannot_be_given_back(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    (lease,) = lease_all(catalog)
    finish(catalog, lease, result(lease), ())
    with pytest.raises(LeaseLost):
        release(catalog, lease, error="a hiccup")
    assert count_states(catalog)[ListingState.READY] == 1


def test_each_failure_waits_twice_as_long_until_the_fifth_is_the_last(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    delays = []
    for _ in range(4):
        (lease,) = lease_all(catalog)
        before = now(catalog)
        assert release(catalog, lease, error="no answer\0", retry_after=100) == ListingState.DUE
        assert lease_all(catalog) == ()
        moment = due_at(catalog)
        assert moment is not None
        delays.append(round((moment - before) / timedelta(seconds=100)))
        let_pass(catalog, Listings, "due_at")
    assert delays == [1, 2, 4, 8]
    (lease,) = lease_all(catalog)
    assert release(catalog, lease, error="no answer\0", retry_after=100) == ListingState.FAILED
    assert lease_all(catalog) == ()
    (row,) = list_listings(catalog)
    assert (row.state, row.error, row.due_at) == (ListingState.FAILED, "no answer\\0", None)


def test_no_delay_is_longer_than_an_hour(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    (lease,) = lease_all(catalog)
    begun = now(catalog)
    release(catalog, lease, error="no answer", retry_after=1e6)
    waiting = seconds_until_due(catalog)
    assert waiting is not None
    assert is_left(waiting, 3600, catalog, begun)


def test_a_new_version_of_what_failed_starts_afresh(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    for _ in range(5):
        (lease,) = lease_all(catalog)
        release(catalog, lease, error="no answer")
        let_pass(catalog, Listings, "due_at")
    record_arrivals(catalog, [arrival("a/b", etag="2")])
    (lease,) = lease_all(catalog)
    assert lease.version == 2
    assert release(catalog, lease, error="no answer") == ListingState.DUE


def test_a_new_version_during_a_lease_waits_for_its_end(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    (old,) = lease_all(catalog)
    record_arrivals(catalog, [arrival("a/b", etag="2", photos=2)])
    assert lease_all(catalog) == ()
    assert release(catalog, old, error="a hiccup", retry_after=1e6) == ListingState.DUE
    (new,) = lease_all(catalog)
    assert (new.version, len(new.files)) == (2, 2)


def test_what_another_machine_holds_is_given_only_after_expiry(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b")])
    lease_listings(catalog, ELSEWHERE)
    assert lease_all(catalog) == ()
    let_pass(catalog, Listings, "expires_at")
    assert names(lease_all(catalog)) == ["a/b"]
