"""What changes who gets what is recorded, in the transaction that changes it."""

import pytest

from models.audit import Act
from models.event import ObjectChanged, Received
from storage.catalog import Catalog, audit
from storage.catalog.arrivals import record_arrivals
from storage.catalog.audit import read_audit
from storage.catalog.dead_letters import retry_dead_letters
from storage.catalog.delivery_leases import finish_deliveries, lease_deliveries
from storage.catalog.event_queue import queue
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.publication_leases import lease_publications, record_failure
from storage.catalog.publishers import close_publisher, closed_publishers, reopen_publisher
from storage.catalog.results import finish
from storage.catalog.waiting_deliveries import retry_deliveries
from tests.storage.made import arrival, key, publication, result


def test_closing_and_opening_a_publisher_is_recorded_once_each(catalog: Catalog) -> None:
    for _ in range(2):
        close_publisher(catalog, "shop", reason="410")
    for _ in range(2):
        reopen_publisher(catalog, "shop", by="sari")
    assert [(entry.by, entry.act, entry.detail) for entry in read_audit(catalog)] == [
        ("shop", Act.PUBLISHER_CLOSED, {"publisher": "shop"}),
        ("sari", Act.PUBLISHER_REOPENED, {"publisher": "shop"}),
    ]


def test_who_has_what_sent_again_is_recorded_for_each_listing(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("a/b"), arrival("a/c"), arrival("d/e")])
    for lease in lease_listings(catalog, this_process()):
        finish(catalog, lease, result(lease), (publication(lease, "shop"), publication(lease, "feed")))
    for sent in lease_publications(catalog, this_process(), limit=9):
        if str(sent.publication.key) != "a/c":
            record_failure(catalog, sent, error="no", final=True)

    retry_dead_letters(catalog, key("a/c"), by="budi")
    retry_dead_letters(catalog, by="sari")

    entries = list(read_audit(catalog))
    assert [(entry.by, entry.seller, entry.listing, entry.detail) for entry in entries] == [
        ("sari", "a", "b", {"publications": 2}),
        ("sari", "d", "e", {"publications": 2}),
    ]
    assert list(read_audit(catalog, seller="d")) == entries[1:]


def test_what_was_not_done_is_not_recorded(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    close_publisher(catalog, "shop", reason="410")

    def break_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("storage.catalog.publishers.record", break_off)
    with pytest.raises(KeyboardInterrupt):
        reopen_publisher(catalog, "shop", by="sari")
    assert [closed.name for closed in closed_publishers(catalog)] == ["shop"]
    assert len(list(read_audit(catalog))) == 1


def test_all_of_it_is_read_page_by_page(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "PAGE", 2)
    names = [f"shop{number}" for number in range(5)]
    for name in names:
        close_publisher(catalog, name, reason="410")
    assert [entry.by for entry in read_audit(catalog)] == names


def test_who_has_what_fetched_again_is_recorded(catalog: Catalog) -> None:
    event = ObjectChanged(key=key("a/b"), file="1.jpg")
    queue(catalog, [Received(identity="1", event=event)])
    finish_deliveries(catalog, lease_deliveries(catalog, this_process(), event.key), error="gone")
    for _ in range(2):
        retry_deliveries(catalog, by="sari")
    (entry,) = read_audit(catalog, seller="a")
    assert (entry.by, entry.act, entry.listing) == ("sari", Act.DELIVERY_RETRIED, "b")
