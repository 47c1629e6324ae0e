"""The reviewer's queue, and what is counted of her decisions."""

from models.listing import Hold, HoldReason
from models.review import SendBackReason
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.reading import find_listing
from storage.catalog.results import finish
from storage.catalog.review_counts import count_decisions, count_send_backs
from storage.catalog.review_queue import count_queue, read_queue
from storage.catalog.reviews import approve, send_back
from tests.storage.made import arrival, key, result

DOUBTS = tuple(
    Hold(reason=HoldReason.UNTRUSTED_CUTOUT, file=file, detail="too_small") for file in ("1.jpg", "2.jpg")
)


def process(
    catalog: Catalog, *names: str, etag: str = "1", says: str = "", waits: tuple[Hold, ...] = DOUBTS
) -> None:
    for name in names:
        record_arrivals(catalog, [arrival(name, etag=etag)])
        (lease,) = lease_listings(catalog, this_process())
        finish(catalog, lease, result(lease, waits=waits, identity=f"{name} {says or etag}"), ())


def queued(catalog: Catalog) -> list[str]:
    return [str(each.key) for each in read_queue(catalog, limit=9)]


def test_who_has_waited_longest_comes_first_whoever_the_seller_is(catalog: Catalog) -> None:
    process(catalog, "zul/kopi", "ani/keripik", "mia/tas")

    assert queued(catalog) == ["zul/kopi", "ani/keripik", "mia/tas"]
    first = read_queue(catalog, limit=1)[0]
    assert [str(each.key) for each in read_queue(catalog, after=first.place, limit=1)] == ["ani/keripik"]
    assert count_queue(catalog) == 3


def test_what_is_decided_waits_for_no_reviewer_until_it_changes(catalog: Catalog) -> None:
    process(catalog, "a/1", "a/2", "a/3")
    approve(catalog, key("a/1"), version=1, by="sari", publishers=("bundle",))
    send_back(catalog, key("a/2"), version=1, by="sari", word="Foto lagi.", reason=SendBackReason.DARK)

    assert queued(catalog) == ["a/3"]
    process(catalog, "a/2", etag="2")
    assert queued(catalog) == ["a/3", "a/2"]


def test_what_was_sent_back_stays_so_while_it_says_the_same_to_a_buyer(catalog: Catalog) -> None:
    process(catalog, "a/1")
    send_back(catalog, key("a/1"), version=1, by="sari", word="Foto lagi.")
    for etag in ("2", "3"):
        process(catalog, "a/1", etag=etag, says="1")

        assert queued(catalog) == []
        listing = find_listing(catalog, key("a/1"))
        assert listing is not None and listing.standing_review is not None
        assert (listing.version, listing.standing_review.word) == (int(etag), "Foto lagi.")
        assert listing.standing_review.version == 1

    process(catalog, "a/1", etag="4")
    assert queued(catalog) == ["a/1"]
    changed = find_listing(catalog, key("a/1"))
    assert changed is not None and changed.standing_review is None


def test_decisions_are_counted_by_what_the_listings_had_waited_for(catalog: Catalog) -> None:
    process(catalog, "a/1", "a/2")
    approve(catalog, key("a/1"), version=1, by="sari", publishers=("bundle",))
    send_back(catalog, key("a/2"), version=1, by="sari", word="Foto lagi.", reason=SendBackReason.DARK)

    (counted,) = count_decisions(catalog, days=30)

    assert (counted.wait.detail, counted.wait.file) == ("too_small", None)
    assert (counted.approved, counted.sent_back) == (1, 1)
    reasons = count_send_backs(catalog, days=30)
    assert {reason: count for reason, count in reasons.items() if count} == {SendBackReason.DARK: 1}


def test_a_low_score_is_counted_once_by_whatever_defect_it_was_told(catalog: Catalog) -> None:
    for name, detail in (("a/1", "blur"), ("a/2", "noise")):
        process(catalog, name, waits=(Hold(reason=HoldReason.LOW_SCORE, file="1.jpg", detail=detail),))
        approve(catalog, key(name), version=1, by="sari", publishers=("bundle",))

    (counted,) = count_decisions(catalog, days=30)
    assert counted.wait == Hold(reason=HoldReason.LOW_SCORE)
    assert counted.approved == 2
