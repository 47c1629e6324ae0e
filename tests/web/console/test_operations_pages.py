"""The operations page: who sees it, what is told on it, and that what was given up is sent again by a button."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from config.figures import size
from config.messages import load_messages
from config.settings import Settings
from models.audit import Act
from models.identity import PIPELINE_VERSION
from models.person import Role
from models.rejection import RejectionReason
from processing.matte.named import name_installed
from processing.matte.opening import open_estimator
from storage.catalog.audit import read_audit
from storage.catalog.dead_letters import dead_letters
from storage.catalog.failures import given_up_listings
from storage.catalog.retrying import listings_with_our_fault
from storage.catalog.revisions import newest_revision
from storage.catalog.schema import Listings, Publications
from storage.catalog.throughput import Amount
from storage.catalog.waiting_deliveries import waiting_deliveries
from storage.object_store.opening import open_store
from storage.object_store.room import room_of
from tests.storage.catalog.test_standing_counts import fill
from tests.web.console.consoles import Console
from tests.web.report_pages import Page
from web.console.operations_pages import last_days, last_hours, say_for
from web.console.versions import installed_versions, rule_ages

PLACES = (
    "/operations/publications/retry",
    "/operations/deliveries/retry",
    "/operations/listings/retry",
    "/operations/listings/retry-all",
)
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def filled(console: Console) -> Console:
    fill(console.catalog)
    return console


def test_everything_that_is_stuck_is_told_with_its_reason_and_nothing_of_it_is_a_page(filled: Console) -> None:
    with filled.catalog.write() as connection:
        connection.execute(update(Publications).where(Publications.error.is_not(None)).values(error=EVIL))
        connection.execute(update(Listings).where(Listings.listing == "postponed").values(error=f"{EVIL} away"))
    shown = filled.signed_in("tono", Role.REVIEWER).get("/operations").text
    text = Page(shown).text

    for told in ("a/1", "shop", "1.jpg: 404", "the disk is full", "b/failed", "b/postponed", newest_revision()):
        assert told in text
    assert EVIL not in shown and shown.count("&lt;script&gt;") == 2
    messages = load_messages("id")
    for reason, count in ((RejectionReason.TRUNCATED, 3), (RejectionReason.CRASHED, 2)):
        title = re.escape(messages.text(f"rejection.{reason}.title"))
        assert re.search(rf"{title}.*?\b{count}\b", text, re.DOTALL)
    assert "kesalahan kami" in text
    assert re.search(rf"Pengolahan\s*{PIPELINE_VERSION}\b", text)
    assert all(each.name in text for each in rule_ages())
    # Three listings with two photos each were finished in this hour.
    assert "6 foto, 3 produk" in text
    assert not re.search(r'style="|onclick', shown)


def test_what_was_given_up_is_sent_again_once_and_on_record(filled: Console) -> None:
    catalog = filled.catalog
    client = filled.signed_in("dewi", Role.ADMINISTRATOR)
    (failed,) = waiting_deliveries(catalog, failed_only=True)

    for place, form, done in (
        (PLACES[0], {"seller": "a", "listing": "1"}, "publications"),
        (PLACES[1], {"number": str(failed.id)}, "deliveries"),
        (PLACES[2], {"seller": "b", "listing": "failed"}, "listings"),
        (PLACES[3], {}, "listings"),
    ):
        for expected in (done, "nothing"):
            answer = client.post(place, data=form)
            assert (answer.status_code, answer.headers["location"]) == (303, f"/operations?done={expected}")
            said = load_messages("id").text(f"console.operations.done_{expected}")
            assert said in client.get(answer.headers["location"]).text

    assert dead_letters(catalog) == ()
    assert not list(waiting_deliveries(catalog, failed_only=True))
    assert given_up_listings(catalog, limit=9) == () and listings_with_our_fault(catalog, limit=9) == ()
    acts = [(entry.act, entry.by) for entry in read_audit(catalog)]
    assert acts.count((Act.PUBLICATIONS_RETRIED, "dewi")) == 1
    assert acts.count((Act.DELIVERY_RETRIED, "dewi")) == 1
    assert acts.count((Act.LISTING_RETRIED, "dewi")) == 3


def test_it_is_no_trainers_and_nothing_strange_is_taken(filled: Console) -> None:
    trainer = filled.signed_in("sari", Role.TRAINER)
    assert trainer.get("/operations").status_code == 403
    assert "/operations" not in trainer.get("/class").text
    assert filled.client().get("/operations").status_code == 303
    operator = filled.signed_in("tono", Role.REVIEWER)
    assert 'href="/operations"' in operator.get("/operations").text
    good = {"seller": "a", "listing": "1", "number": "1"}
    for place in PLACES:
        assert trainer.post(place, data=good).status_code == 403
        assert filled.client().post(place, data=good).status_code == 303
        foreign = filled.client(filled.begin_session("rini", Role.REVIEWER), origin="http://evil.example")
        assert foreign.post(place, data=good).status_code == 403
    for place in PLACES[:3]:
        for form in ({"x": ""}, {"seller": "a\0", "listing": "b"}, {"number": "1e9"}, {"number": "9" * 40}):
            assert operator.post(place, data=form).status_code == 422
    assert operator.get("/operations?done=<b>").status_code == 200
    assert len(dead_letters(filled.catalog)) == 1


def test_hours_and_days_are_jakartas_and_those_of_nothing_are_there_too() -> None:
    now = datetime(2026, 11, 27, 18, 40, tzinfo=UTC)  # 01.40 on the 28th in Jakarta
    amounts = {
        datetime(2026, 11, 27, 18, tzinfo=UTC): Amount(1, 2),
        datetime(2026, 11, 27, 16, tzinfo=UTC): Amount(1, 3),
        datetime(2026, 11, 20, 19, tzinfo=UTC): Amount(5, 5),
    }

    hours, days = last_hours(now, amounts), last_days(now, amounts)

    assert len(hours) == 24 and hours[-1][0].hour == 1
    assert [amount.photos for _, amount in hours][-3:] == [3, 0, 2]
    assert [(day.day, amount.photos) for day, amount in days] == [
        *((day, 0) for day in range(22, 27)),
        (27, 3),
        (28, 2),
    ]


def test_a_networks_name_is_told_without_loading_it_and_is_the_one_in_results() -> None:
    assert name_installed("bundled") == open_estimator("bundled").identity
    versions = installed_versions(Settings())
    assert versions["identity"].startswith("white-square-")
    assert versions["recipe"] == "white-square 2"


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (34_500_000, "34 MB"),
        (3_400_000_000, "3.4 GB"),
        (9 * 10**15, "9000 TB"),
    ],
)
def test_bytes_are_told_as_people_write_them(amount: int, said: str) -> None:
    assert size(amount) == said


def test_a_wait_is_told_in_its_largest_unit() -> None:
    messages = load_messages("id")
    nothing = messages.text("console.operations.none")
    assert [say_for(seconds, messages) for seconds in (0, 59, 61, 7300, 200_000)] == [
        nothing,
        "59 detik",
        "1 menit",
        "2 jam",
        "2 hari",
    ]


def test_a_folder_tells_the_room_on_its_disk_before_it_is_made_and_a_bucket_tells_none(tmp_path: object) -> None:
    room = room_of(open_store(f"file:{tmp_path}/not/yet"))
    assert room is not None and 0 < room.free <= room.total
    assert room_of(open_store("s3://bucket")) is None
