"""What is queued about a listing is worked on by one at a time."""

from concurrent.futures import ThreadPoolExecutor
from math import inf

import pytest
from sqlalchemy import select

from models.lease import LeaseLost
from storage.catalog import Catalog
from storage.catalog.calling import seconds_until_call
from storage.catalog.delivery_leases import (
    finish_deliveries,
    lease_deliveries,
    postpone_deliveries,
    renew_deliveries,
    return_deliveries,
)
from storage.catalog.forgetting import begin_forgetting
from storage.catalog.schema import Deliveries
from storage.catalog.states import DeliveryState
from tests.storage.events import changed, know, lease, states, tell, uploaded
from tests.storage.made import ELSEWHERE, is_left, key, let_pass, now


def test_all_that_is_queued_about_a_listing_is_given_to_one_at_a_time(catalog: Catalog) -> None:
    know(catalog, "a")
    tell(catalog, changed("a/b"), uploaded("a/b"), changed("a/c"))
    assert {each.event.kind for each in lease(catalog)} == {"object_changed", "photos_uploaded"}
    tell(catalog, changed("a/b", file="2.jpg"))
    assert lease_deliveries(catalog, ELSEWHERE, key("a/b")) == ()
    assert len(lease(catalog)) == 1, "what came meanwhile is for the same one"
    assert lease(catalog) == ()


def test_a_lease_that_expired_and_was_given_to_another_cannot_write(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    stale = lease_deliveries(catalog, ELSEWHERE, key("a/b"))
    let_pass(catalog, Deliveries, "expires_at")
    fresh = lease(catalog)
    for write in (finish_deliveries, renew_deliveries, return_deliveries):
        with pytest.raises(LeaseLost):
            write(catalog, stale)
    with pytest.raises(LeaseLost):
        postpone_deliveries(catalog, stale, error="too late")
    finish_deliveries(catalog, fresh)
    assert states(catalog) == [DeliveryState.DONE]


def test_a_renewed_lease_lasts_longer(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    held = lease_deliveries(catalog, ELSEWHERE, key("a/b"))
    let_pass(catalog, Deliveries, "expires_at")
    renew_deliveries(catalog, held)
    assert lease(catalog) == ()


def test_a_failure_that_may_pass_is_tried_five_times(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    for attempt, wait in enumerate((10, 20, 40, 80, inf)):
        (held,) = lease(catalog)
        assert held.attempts == attempt
        begun = now(catalog)
        postpone_deliveries(catalog, [held], error="no answer")
        assert is_left(seconds_until_call(catalog), wait, catalog, begun)
    assert states(catalog) == [DeliveryState.FAILED]
    assert lease(catalog) == ()


def test_what_is_given_back_is_as_it_was(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    begun, wait = now(catalog), seconds_until_call(catalog)
    return_deliveries(catalog, lease(catalog))
    assert is_left(seconds_until_call(catalog), wait, catalog, begun)
    (again,) = lease(catalog)
    assert again.attempts == 0


def test_what_could_not_all_be_had_ends_with_its_error(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"))
    finish_deliveries(catalog, lease(catalog), error="1.jpg: gone\0")
    with catalog.read() as connection:
        assert connection.scalars(select(Deliveries.error)).one() == "1.jpg: gone\\0"
    assert states(catalog) == [DeliveryState.FAILED]


def test_of_many_who_ask_at_once_one_is_given_all(catalog: Catalog) -> None:
    tell(catalog, *(changed("a/b", file=f"{number}.jpg") for number in range(10)))
    holders = [ELSEWHERE.model_copy(update={"process": number}) for number in range(6)]
    with ThreadPoolExecutor(len(holders)) as threads:
        given = list(threads.map(lambda holder: lease_deliveries(catalog, holder, key("a/b")), holders))
    assert sorted(len(each) for each in given) == [0, 0, 0, 0, 0, 10]


def test_nothing_is_given_about_a_seller_who_is_just_being_forgotten(catalog: Catalog) -> None:
    know(catalog, "a")
    tell(catalog, uploaded("a/b"))
    held = lease(catalog)
    begin_forgetting(catalog, "a", by="tests")
    postpone_deliveries(catalog, held, error="the line is gone")

    assert lease(catalog) == ()
