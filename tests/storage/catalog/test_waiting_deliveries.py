"""What came in and is not done with: seen by a person, and worked on again when she says so."""

from storage.catalog import Catalog
from storage.catalog.calling import call_due
from storage.catalog.delivery_leases import finish_deliveries, postpone_deliveries
from storage.catalog.waiting_deliveries import retry_deliveries, waiting_deliveries
from tests.storage.events import called, changed, know, lease, tell, uploaded
from tests.storage.plans import most_values


def shown(catalog: Catalog, *, failed_only: bool = False) -> list[tuple[str, bool]]:
    found = waiting_deliveries(catalog, failed_only=failed_only)
    return [(str(delivery.event.key), delivery.failed) for delivery in found]


def test_what_is_queued_and_what_failed_is_seen_and_what_is_done_is_not(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"), changed("a/c"), changed("a/d"))
    finish_deliveries(catalog, lease(catalog, "a/c"))
    finish_deliveries(catalog, lease(catalog, "a/d"), error="1.jpg: 404")

    assert shown(catalog) == [("a/b", False), ("a/d", True)]
    assert shown(catalog, failed_only=True) == [("a/d", True)]
    (failed,) = waiting_deliveries(catalog, failed_only=True)
    assert failed.error == "1.jpg: 404"


def test_many_are_seen_each_once(catalog: Catalog) -> None:
    tell(catalog, *(changed(f"a/{number:03}") for number in range(405)))
    assert sorted(name for name, _ in shown(catalog)) == [f"a/{number:03}" for number in range(405)]


def test_one_that_failed_is_queued_again_from_the_beginning(catalog: Catalog) -> None:
    tell(catalog, changed("a/b"), changed("a/c"))
    for name in ("a/b", "a/c"):
        finish_deliveries(catalog, lease(catalog, name), error="gone")
    first, _ = waiting_deliveries(catalog, failed_only=True)

    assert retry_deliveries(catalog, first.id, by="sari") == 1
    assert retry_deliveries(catalog, first.id, by="sari") == 0

    assert shown(catalog) == [("a/b", False), ("a/c", True)]
    (again,) = lease(catalog, "a/b")
    assert again.attempts == 0
    postpone_deliveries(catalog, [again], error="gone")
    assert retry_deliveries(catalog, by="sari") == 1


def test_a_worker_is_called_for_it_under_a_number_of_its_own(catalog: Catalog) -> None:
    know(catalog, "a")
    tell(catalog, uploaded("a/b", "1.jpg"))
    (before,) = call_due(catalog, limit=9)
    finish_deliveries(catalog, lease(catalog), error="gone")
    assert called(catalog) == []

    retry_deliveries(catalog, by="sari")

    (again,) = call_due(catalog, limit=9)
    assert (again.key, again.number != before.number) == (before.key, True)


def test_however_many_failed_no_statement_names_them_all(catalog: Catalog) -> None:
    tell(catalog, *(changed(f"a/{number:03}") for number in range(100)))
    for number in range(100):
        finish_deliveries(catalog, lease(catalog, f"a/{number:03}"), error="gone")

    assert most_values(catalog, lambda: retry_deliveries(catalog, by="sari")) < 50

    assert shown(catalog, failed_only=True) == []
