"""A seller is forgotten: taken down first, then gone from every table, and nothing of hers comes back."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text

from models.audit import Act
from models.event import ObjectChanged, PhotosUploaded, Received
from models.forgetting import ForgettingOutstanding, Outstanding
from models.lease import LeaseLost
from models.listing import Hold, HoldReason
from models.publication import Action, PublicationLease
from models.state import ListingState
from storage.catalog import Catalog
from storage.catalog.account_schema import People
from storage.catalog.arrivals import record_arrivals
from storage.catalog.audit import read_audit
from storage.catalog.delivery_leases import lease_deliveries, renew_deliveries
from storage.catalog.event_queue import Queued, queue
from storage.catalog.forgetting import begin_forgetting, finish_forgetting, note_objects, what_is_outstanding
from storage.catalog.forgotten import count_forgotten, is_welcome
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings, release, renew
from storage.catalog.publication_leases import lease_publications, record_failure, record_receipt
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from storage.catalog.reviews import approve, send_back
from storage.catalog.schema import Deliveries, Publications
from tests.storage.made import A_REASON_TO_WAIT, ELSEWHERE, arrival, key, let_pass, publication, receipt, result
from tests.storage.plans import most_values


def process(catalog: Catalog, *names: str, publishers: tuple[str, ...] = ("shop",), etag: str = "1") -> None:
    record_arrivals(catalog, [arrival(name, etag=etag) for name in names])
    for lease in lease_listings(catalog, this_process()):
        finish(catalog, lease, result(lease), tuple(publication(lease, name) for name in publishers))


def take(catalog: Catalog) -> tuple[PublicationLease, ...]:
    return lease_publications(catalog, this_process(), limit=100)


def send(catalog: Catalog) -> list[tuple[str, Action]]:
    leases = take(catalog)
    for lease in leases:
        sent = receipt(lease.publication).model_copy(update={"action": lease.publication.action})
        record_receipt(catalog, lease, sent)
    return sorted((str(lease.publication.key), lease.publication.action) for lease in leases)


def forget(catalog: Catalog, seller: str = "ani") -> str:
    code = begin_forgetting(catalog, seller, by="sari")
    send(catalog)
    assert what_is_outstanding(catalog, seller) == ()
    return finish_forgetting(catalog, seller, by="sari").code if code else ""


def all_that_is_kept(catalog: Catalog) -> str:
    """Return every row of every table, as text."""
    with catalog.read() as connection:
        rows = [
            dict(row)
            for table in People.metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
        ]
    return json.dumps(rows, default=str)


def changed(name: str, *, removed: bool = False) -> ObjectChanged:
    return ObjectChanged(key=key(name), file="1.jpg", removed=removed)


def uploaded(name: str) -> PhotosUploaded:
    return PhotosUploaded(key=key(name), at=datetime(2026, 1, 1, tzinfo=UTC))


def tell(catalog: Catalog, *events: ObjectChanged | PhotosUploaded, since: int = 0) -> tuple[Queued, ...]:
    numbered = enumerate(events, start=since)
    return queue(catalog, [Received(identity=f"event {number}", event=event) for number, event in numbered])


def test_every_publisher_takes_her_listings_down_before_anything_is_removed(catalog: Catalog) -> None:
    process(catalog, "ani/a", "ani/b", "budi/a")
    send(catalog)
    begin_forgetting(catalog, "ani", by="sari")
    waiting = [Outstanding(key=key(name), publisher="shop") for name in ("ani/a", "ani/b")]
    assert what_is_outstanding(catalog, "ani") == tuple(waiting)
    assert send(catalog) == [("ani/a", Action.WITHDRAW), ("ani/b", Action.WITHDRAW)]
    assert what_is_outstanding(catalog, "ani") == ()
    assert {str(row.key): row.state for row in list_listings(catalog)} == {
        "ani/a": ListingState.WITHDRAWN,
        "ani/b": ListingState.WITHDRAWN,
        "budi/a": ListingState.PUBLISHED,
    }


def test_of_her_nothing_is_left_but_a_code(catalog: Catalog) -> None:
    process(catalog, "ani/tampah", "budi/a")
    process(catalog, "ani/tampah", etag="2")
    send(catalog)
    record_arrivals(catalog, [arrival("ani/besek")])
    (lease,) = lease_listings(catalog, this_process())
    finish(catalog, lease, result(lease, waits=A_REASON_TO_WAIT), ())
    send_back(catalog, key("ani/besek"), version=1, by="sari", word="Foto ulang, Bu Ani")
    tell(catalog, changed("ani/tampah"), changed("budi/a"))
    before = all_that_is_kept(catalog)
    assert all(word in before for word in ("ani", "tampah", "besek", "Foto ulang"))

    code = begin_forgetting(catalog, "ani", by="sari")
    send(catalog)
    note_objects(catalog, code, {"raw/": 3})
    done = finish_forgetting(catalog, "ani", by="sari")

    after = all_that_is_kept(catalog).replace("began", "")
    assert not any(word in after for word in ("ani", "tampah", "besek", "Foto ulang"))
    assert "budi" in after
    assert done.code == code
    assert done.removed == {
        "raw/": 3,
        "listings": 2,
        "photos": 2,
        "results": 3,
        "publications": 3,
        "reviews": 1,
        "deliveries": 1,
        "sellers": 1,
        "enrolments": 0,
        "upload_links": 0,
        "uploads": 0,
        "fingerprints": 0,
        "edits": 0,
        "corrections": 0,
        "answers": 0,
        "takes": 0,
        "coach_links": 0,
        "coach_words": 0,
    }
    assert [str(row.key) for row in list_listings(catalog)] == ["budi/a"]


def test_the_audit_keeps_what_was_done_under_the_code(catalog: Catalog) -> None:
    process(catalog, "ani/a", publishers=())
    send_back(catalog, key("ani/a"), version=1, by="sari", word="?")
    code = forget(catalog)
    entries = list(read_audit(catalog, seller=code))
    assert [(entry.act, entry.by, entry.listing) for entry in entries] == [
        (Act.LISTING_SENT_BACK, "sari", None),
        (Act.FORGETTING_BEGUN, "sari", None),
        (Act.SELLER_FORGOTTEN, "sari", None),
    ]
    assert entries[-1].detail["listings"] == 1
    assert list(read_audit(catalog, seller="ani")) == []


def test_no_code_can_be_worked_out_from_a_name(catalog: Catalog) -> None:
    codes = []
    for _ in range(2):
        process(catalog, "ani/a")
        codes.append(forget(catalog))
    assert codes[0] != codes[1]


def test_beginning_again_goes_on_with_what_was_begun(catalog: Catalog) -> None:
    process(catalog, "ani/a", "ani/b")
    send(catalog)
    code = begin_forgetting(catalog, "ani", by="sari")
    (first, second) = take(catalog)
    record_receipt(catalog, first, receipt(first.publication).model_copy(update={"action": Action.WITHDRAW}))
    record_failure(catalog, second, error="no answer")
    assert take(catalog) == ()
    (left,) = what_is_outstanding(catalog, "ani")
    assert (left.publisher, left.error) == ("shop", "no answer")

    assert begin_forgetting(catalog, "ani", by="budi") == code
    assert send(catalog) == [(str(second.publication.key), Action.WITHDRAW)]
    assert what_is_outstanding(catalog, "ani") == ()
    assert [entry.act for entry in read_audit(catalog)] == [Act.FORGETTING_BEGUN]


def test_a_withdrawal_that_failed_for_good_stays_in_the_way_and_is_tried_again(catalog: Catalog) -> None:
    process(catalog, "ani/a", publishers=("shop", "gone"))
    send(catalog)
    begin_forgetting(catalog, "ani", by="sari")
    for lease in take(catalog):
        record_failure(catalog, lease, error="no publisher named gone", final=True)
    assert len(what_is_outstanding(catalog, "ani")) == 2
    assert [left.publisher for left in what_is_outstanding(catalog, "ani", without=["gone"])] == ["shop"]
    begin_forgetting(catalog, "ani", by="sari")
    assert len(take(catalog)) == 2


def test_a_publisher_that_is_not_waited_for_stands_on_the_receipt(catalog: Catalog) -> None:
    process(catalog, "ani/a", publishers=("gone",))
    send(catalog)
    begin_forgetting(catalog, "ani", by="sari")
    with pytest.raises(ForgettingOutstanding):
        finish_forgetting(catalog, "ani", by="sari")
    assert is_known(catalog)
    done = finish_forgetting(catalog, "ani", by="sari", without=["gone", "shop"])
    assert done.unconfirmed == ("gone",)
    assert list(read_audit(catalog))[-1].detail["unconfirmed"] == "gone"


def test_what_is_just_being_sent_is_waited_for(catalog: Catalog) -> None:
    process(catalog, "ani/a")
    (lease,) = lease_publications(catalog, ELSEWHERE, limit=9)
    begin_forgetting(catalog, "ani", by="sari")
    assert take(catalog) == ()
    assert len(what_is_outstanding(catalog, "ani")) == 1
    record_receipt(catalog, lease, receipt(lease.publication))
    assert send(catalog) == [("ani/a", Action.WITHDRAW)]


def test_whoever_works_on_her_listing_has_lost_it(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("ani/a")])
    (lease,) = lease_listings(catalog, this_process())
    begin_forgetting(catalog, "ani", by="sari")
    for _ in ("while it is under way", "afterwards"):
        with pytest.raises(LeaseLost):
            finish(catalog, lease, result(lease), (publication(lease),))
        with pytest.raises(LeaseLost):
            release(catalog, lease, error="?")
        assert renew(catalog, (lease,)) == ()
        if is_known(catalog):
            finish_forgetting(catalog, "ani", by="sari")
    assert "ani" not in all_that_is_kept(catalog)


def is_known(catalog: Catalog) -> bool:
    return bool(list(list_listings(catalog)))


def test_whoever_sleeps_through_it_does_not_take_the_new_for_the_old(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("ani/a")])
    (stale,) = lease_listings(catalog, this_process())
    forget(catalog)
    record_arrivals(catalog, [arrival("ani/a", etag="new")])
    (fresh,) = lease_listings(catalog, this_process())
    assert (stale.key, stale.version) == (fresh.key, fresh.version)
    assert fresh.fencing_token > stale.fencing_token
    with pytest.raises(LeaseLost):
        finish(catalog, stale, result(stale), (publication(stale),))
    assert renew(catalog, (stale,)) == ()
    assert finish(catalog, fresh, result(fresh), (publication(fresh),)) == ListingState.PUBLISHING


def test_what_she_publishes_when_she_comes_back_is_new_to_every_receiver(catalog: Catalog) -> None:
    keys = []
    for _ in range(3):
        process(catalog, "ani/a")
        (lease,) = take(catalog)
        keys.append(lease.publication.idempotency_key)
        record_receipt(catalog, lease, receipt(lease.publication))
        begin_forgetting(catalog, "ani", by="sari")
        (withdrawal,) = take(catalog)
        keys.append(withdrawal.publication.idempotency_key)
        record_receipt(catalog, withdrawal, receipt(withdrawal.publication))
        finish_forgetting(catalog, "ani", by="sari")
    assert len(set(keys)) == len(keys)


def test_a_late_receipt_of_hers_is_refused(catalog: Catalog) -> None:
    process(catalog, "ani/a")
    (lease,) = lease_publications(catalog, ELSEWHERE, limit=9)
    begin_forgetting(catalog, "ani", by="sari")
    let_pass(catalog, Publications, "expires_at")
    send(catalog)
    finish_forgetting(catalog, "ani", by="sari")
    with pytest.raises(LeaseLost):
        record_receipt(catalog, lease, receipt(lease.publication))


def test_nothing_of_hers_is_taken_in_while_it_is_under_way(catalog: Catalog) -> None:
    process(catalog, "ani/a", "budi/a")
    begin_forgetting(catalog, "ani", by="sari")
    record_arrivals(catalog, [arrival("ani/a", etag="2"), arrival("ani/b"), arrival("budi/a", etag="2")])
    assert [str(lease.key) for lease in lease_listings(catalog, this_process())] == ["budi/a"]
    assert tell(catalog, uploaded("ani/a"), uploaded("budi/a")) == (Queued.UNKNOWN_SELLER, Queued.NEW)
    assert not is_welcome(catalog, "ani")
    assert is_welcome(catalog, "budi")


def test_a_look_at_the_store_from_before_does_not_bring_her_back(catalog: Catalog) -> None:
    process(catalog, "ani/a", "budi/a")
    before = count_forgotten(catalog)
    forget(catalog)
    seen = [arrival("ani/a"), arrival("budi/a", etag="2"), arrival("tuti/a")]
    record_arrivals(catalog, seen, forgotten=before)
    assert [str(row.key) for row in list_listings(catalog)] == ["budi/a"]
    record_arrivals(catalog, seen, forgotten=count_forgotten(catalog))
    assert [str(row.key) for row in list_listings(catalog)] == ["ani/a", "budi/a", "tuti/a"]


def test_a_folder_that_was_found_empty_does_not_bring_her_back(catalog: Catalog) -> None:
    record_arrivals(catalog, [arrival("ani/a", photos=0)])
    assert "ani" not in all_that_is_kept(catalog)


def test_that_her_photos_are_gone_is_not_kept_as_news_of_her(catalog: Catalog) -> None:
    process(catalog, "ani/a", "budi/a")
    begin_forgetting(catalog, "ani", by="sari")
    assert tell(catalog, changed("ani/a", removed=True)) == (Queued.IDLE,)
    send(catalog)
    finish_forgetting(catalog, "ani", by="sari")
    assert tell(catalog, changed("ani/a", removed=True), since=1) == (Queued.IDLE,)
    assert tell(catalog, changed("budi/a", removed=True), since=2) == (Queued.NEW,)
    assert "ani" not in all_that_is_kept(catalog)


def test_an_upload_that_is_just_being_taken_in_is_waited_for(catalog: Catalog) -> None:
    process(catalog, "ani/a", publishers=())
    tell(catalog, uploaded("ani/a"), uploaded("ani/b"))
    (held,) = lease_deliveries(catalog, ELSEWHERE, key("ani/a"))
    begin_forgetting(catalog, "ani", by="sari")
    assert what_is_outstanding(catalog, "ani") == (Outstanding(key=key("ani/a"), publisher=None),)
    assert lease_deliveries(catalog, this_process(), key("ani/b")) == ()
    let_pass(catalog, Deliveries, "expires_at")
    assert what_is_outstanding(catalog, "ani") == ()
    finish_forgetting(catalog, "ani", by="sari")

    process(catalog, "ani/a", publishers=())
    tell(catalog, uploaded("ani/a"), since=9)
    assert lease_deliveries(catalog, this_process(), key("ani/a"))
    with pytest.raises(LeaseLost):
        renew_deliveries(catalog, [held])


def test_her_approval_is_not_remembered_when_she_comes_back(catalog: Catalog) -> None:
    for _ in range(2):
        record_arrivals(catalog, [arrival("ani/a")])
        (lease,) = lease_listings(catalog, this_process())
        made = result(lease, waits=(Hold(reason=HoldReason.LOW_SCORE, file="00.jpg"),))
        assert finish(catalog, lease, made, (publication(lease),)) == ListingState.WAITING
        approve(catalog, key("ani/a"), version=1, by="sari", publishers=("shop",))
        send(catalog)
        forget(catalog)


def test_what_was_not_begun_is_not_finished(catalog: Catalog) -> None:
    process(catalog, "ani/a")
    for seller in ("ani", "nobody"):
        with pytest.raises(LookupError):
            finish_forgetting(catalog, seller, by="sari")
    assert is_known(catalog)


def test_a_seller_of_whom_only_files_are_known_can_be_forgotten(catalog: Catalog) -> None:
    code = begin_forgetting(catalog, "ani", by="sari")
    assert finish_forgetting(catalog, "ani", by="sari").code == code
    with catalog.read() as connection:
        assert connection.execute(select(func.count()).select_from(text("sellers"))).scalar_one() == 0


def test_however_much_there_is_of_hers_no_statement_names_it_all(catalog: Catalog) -> None:
    tell(catalog, *(changed(f"ani/{number:03}") for number in range(300)))

    assert most_values(catalog, lambda: begin_forgetting(catalog, "ani", by="sari")) < 100
