"""The marketplace's own event."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.event import PhotoLink, PhotosUploaded
from models.note import SellerNote
from tests.web.ingest.told import HOST, link, uploaded
from web.ingest.listing_event import read_listing_event
from web.ingest.problem import Problem, Refused


def read(value: object) -> PhotosUploaded:
    received = read_listing_event(value, "webhook\nmsg_1", [HOST], time.time())
    assert received.identity == "webhook\nmsg_1"
    assert isinstance(received.event, PhotosUploaded)
    return received.event


def refusal(value: object) -> Problem:
    with pytest.raises(Refused) as refused:
        read(value)
    return refused.value.problem


def test_it_names_a_listing_its_photos_and_her_words() -> None:
    event = read(uploaded(photos=[link("1.jpg"), link("2.jpg")], note={"words": "Tampah 45rb", "price": 45000}))
    assert str(event.key) == "ibu-ani/tampah"
    assert event.photos[1] == PhotoLink(file="2.jpg", url=f"https://{HOST}/2.jpg?signature=abc")
    assert event.note == SellerNote(words="Tampah 45rb", price=45000)
    assert event.urgent


def test_photos_that_lie_in_the_object_store_already_need_no_link() -> None:
    event = read(uploaded())
    assert (event.photos, event.note) == ((), None)


def test_events_of_a_listing_are_ordered_by_their_own_time() -> None:
    early, late = (read(uploaded(at=at)) for at in ("2026-11-24T10:12:30+07:00", "2026-11-24T03:12:30.5Z"))
    assert early.subject == late.subject
    assert early.position < late.position


@pytest.mark.parametrize("kind", ["listing.photos.removed", "", "LISTING.PHOTOS.UPLOADED"])
def test_another_type_is_refused(kind: str) -> None:
    assert refusal(uploaded() | {"type": kind}) is Problem.UNKNOWN_TYPE


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        uploaded() | {"timestamp": "yesterday"},
        uploaded() | {"timestamp": "2026-11-24T03:12:30"},
        uploaded(at="1969-12-31T23:59:59Z"),
        uploaded() | {"data": []},
        uploaded(seller=None),  # type: ignore[arg-type]
        uploaded(photos="1.jpg"),
        uploaded(photos=[{"file": "1.jpg"}]),
        uploaded(photos=[link(f"{number}.jpg") for number in range(101)]),
        uploaded(note={"price": -1}),
        uploaded(note={"price": 1.5}),
        uploaded(note={"words": "x" * 17_000}),
    ],
)
def test_another_shape_is_refused(value: object) -> None:
    assert refusal(value) is Problem.WRONG_FIELDS


def test_an_event_of_the_future_is_refused_since_it_would_outrun_all_others() -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert refusal(uploaded(at=tomorrow.isoformat())) is Problem.WRONG_FIELDS


@pytest.mark.parametrize(
    ("seller", "listing", "file"),
    [
        ("", "tampah", "1.jpg"),
        ("..", "tampah", "1.jpg"),
        ("ibu/ani", "tampah", "1.jpg"),
        ("ibu-ani", "tampah/x", "1.jpg"),
        ("ibu-ani", ".tampah", "1.jpg"),
        ("ibu-ani", "t" * 300, "1.jpg"),
        ("ibu-ani", "tampah", "../../../x"),
        ("ibu-ani", "tampah", "a/1.jpg"),
        ("ibu-ani", "tampah", ".1.jpg"),
        ("ibu-ani", "tampah", "1.jpg.part"),
        ("ibu-ani", "tampah", "listing.json"),
        ("ibu-ani", "tampah", "note.txt"),
        ("ibu-ani", "tampah", "1\n.jpg"),
        ("ibu-ani", "tampah", ""),
    ],
)
def test_a_name_that_no_photo_can_have_is_refused(seller: str, listing: str, file: str) -> None:
    photo = {"file": file, "url": f"https://{HOST}/1.jpg"}
    assert refusal(uploaded(seller, listing, photos=[photo])) is Problem.WRONG_NAME


@pytest.mark.parametrize("names", [("..", "tampah"), ("ibu-ani", "")])
def test_a_listing_without_links_needs_a_name_too(names: tuple[str, str]) -> None:
    assert refusal(uploaded(*names)) is Problem.WRONG_NAME


def test_two_photos_of_one_name_are_refused() -> None:
    assert refusal(uploaded(photos=[link("1.jpg"), link("1.jpg")])) is Problem.WRONG_NAME


@pytest.mark.parametrize(
    "photo", [link(host="evil.example"), link() | {"url": f"http://{HOST}/1.jpg"}, link() | {"url": "file:///x"}]
)
def test_a_link_that_is_not_allowed_is_refused(photo: dict[str, Any]) -> None:
    assert refusal(uploaded(photos=[link("0.jpg"), photo])) is Problem.LINK_NOT_ALLOWED
