"""A class of today: who is in it, what is told of her, and that nobody else's work is looked through for it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from models.class_day import ClassDay, ClassSeller
from models.listing import Hold, HoldReason
from models.photo import SetAside
from models.rejection import RejectionReason
from models.review import Decision
from models.seller import Enrolment
from models.state import ListingState
from storage.catalog import Catalog, open_catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.class_view import beginning_of_day, newest_results, read_class
from storage.catalog.clock import read_clock
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.results import finish
from storage.catalog.reviews import send_back
from storage.catalog.schema import Audit, Listings
from storage.catalog.sellers import enrol_seller
from storage.catalog.uploads import begin_upload, finish_upload
from tests.storage.made import arrival, key, result
from tests.storage.plans import steps_of, whole_tables

CENTRE = "Balai Sukamaju"
QUESTION = (Hold(reason=HoldReason.OPEN_QUESTION, detail="what_price"),)


def enrol(catalog: Catalog, name: str, centre: str = CENTRE) -> str:
    return enrol_seller(catalog, Enrolment(name=name, centre=centre), by="sari").folder


def process(catalog: Catalog, name: str, waits: tuple[Hold, ...] = (), *, etag: str = "1") -> None:
    record_arrivals(catalog, [arrival(name, etag=etag)])
    (lease,) = lease_listings(catalog, this_process())
    broken = SetAside(file="00.jpg", sha256=None, reason=RejectionReason.TRUNCATED)
    finish(catalog, lease, result(lease, waits=waits, photos=(broken,), identity=f"{name} {etag}"), ())


def let_a_day_pass(catalog: Catalog) -> None:
    """Have all that has happened so far lie two days back."""
    with catalog.write() as connection:
        past = read_clock(connection) - timedelta(days=2)
        connection.execute(update(Audit).values(happened_at=past))
        connection.execute(update(Listings).where(Listings.finished_at.is_not(None)).values(finished_at=past))


def seller(day: ClassDay, folder: str) -> ClassSeller:
    return next(one for one in day.sellers if one.seller.folder == folder)


def test_a_class_is_who_has_something_going_on_today_in_this_centre_alone(catalog: Catalog) -> None:
    for name in ("Ani", "Mia", "Lama"):
        enrol(catalog, name)
    enrol(catalog, "Jauh", "Balai Lain")
    process(catalog, "ani/tahan", QUESTION)
    process(catalog, "lama/kopi")
    let_a_day_pass(catalog)
    assert read_class(catalog, CENTRE).sellers == ()

    process(catalog, "mia/tas", QUESTION)
    send_back(catalog, key("mia/tas"), version=1, by="sari", word="Foto lagi.")
    upload = begin_upload(catalog, key("ani/baru"), sender_key="1", stem="a", size=9, by="sari")
    finish_upload(catalog, upload, "01-a.jpg")
    begin_upload(catalog, key("ani/baru"), sender_key="2", stem="b", size=9, by="sari")
    enrol(catalog, "Baru")
    process(catalog, "jauh/tas")
    day = read_class(catalog, CENTRE)

    assert {one.seller.folder for one in day.sellers} == {"ani", "baru", "mia"}
    assert not day.more
    (sent_back,) = seller(day, "mia").listings
    assert sent_back.review is not None and sent_back.result is not None
    assert (sent_back.review.decision, sent_back.result.waits) == (Decision.SENT_BACK, QUESTION)
    # What has waited since before is told of too, with her who is here today.
    (old,) = seller(day, "ani").listings
    assert (old.state, old.finished_at is not None and old.finished_at < day.since) == (ListingState.WAITING, True)
    (sending,) = seller(day, "ani").sendings
    assert (sending.key, sending.arriving, sending.arrived) == (key("ani/baru"), 1, 1)
    assert sending.since is not None and timedelta(0) <= day.now - sending.since < timedelta(minutes=5)
    assert seller(day, "baru").listings == seller(day, "baru").sendings == ()

    # What arrived is told of by its listing once somebody has looked for it.
    process(catalog, "ani/baru")
    (still,) = seller(read_class(catalog, CENTRE), "ani").sendings
    assert still.arriving == 1
    assert [one.key.listing for one in newest_results(catalog, "ani", limit=1)] == ["baru"]
    assert len(newest_results(catalog, "ani", limit=5)) == 2


def test_a_result_of_an_older_version_is_not_told_as_the_newest(catalog: Catalog) -> None:
    enrol(catalog, "Ani")
    process(catalog, "ani/tas", QUESTION)
    record_arrivals(catalog, [arrival("ani/tas", etag="2")])

    (one,) = seller(read_class(catalog, CENTRE), "ani").listings

    assert (one.state, one.result, one.review) == (ListingState.DUE, None, None)


def test_a_day_begins_at_midnight_in_jakarta() -> None:
    assert beginning_of_day(datetime(2026, 11, 27, 16, 59, tzinfo=UTC)) == datetime(2026, 11, 26, 17, tzinfo=UTC)
    assert beginning_of_day(datetime(2026, 11, 27, 17, 0, tzinfo=UTC)) == datetime(2026, 11, 27, 17, tzinfo=UTC)


def test_no_table_is_read_from_end_to_end_for_a_class(sqlite_url: str) -> None:
    catalog = open_catalog(sqlite_url)
    enrol(catalog, "Ani")
    process(catalog, "ani/tas", QUESTION)

    steps = steps_of(catalog, lambda: (read_class(catalog, CENTRE), newest_results(catalog, "ani", limit=5)))

    assert any("ix_audit_seller" in step for step in steps)
    assert any("ix_listings_seller_finished" in step for step in steps)
    assert whole_tables(steps) == []
    catalog.close()
