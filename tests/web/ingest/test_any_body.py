"""Whatever somebody sends: every reader gives events that can be kept, or refuses; none of them breaks."""

import contextlib
import json
import re
import time
from collections.abc import Callable
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.event import Received
from storage.object_store.keys import check_key
from tests.web.ingest.told import HOST, ROOT, TEST_EVENT, aws, ceph, enveloped, link, minio, uploaded
from web.ingest.cloud_event import STRUCTURED, read_cloud_event
from web.ingest.listing_event import read_listing_event
from web.ingest.problem import Refused
from web.ingest.reading import parse_json, shape
from web.ingest.s3_notification import read_notification
from web.ingest.sns_envelope import SnsMessage, is_enveloped

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
CLOUD_EVENT = {"specversion": "1.0", "id": "1", "source": "s", "type": "com.amazonaws.s3.ObjectCreated:Put"}
TOLD = [
    {"Records": [aws(), ceph()]},
    minio(),
    TEST_EVENT,
    enveloped({"Records": [aws()]}),
    uploaded(photos=[link()], note={"words": "Tampah", "price": 45000}),
    CLOUD_EVENT | {"data": aws()},
]


def read_sns(value: object) -> tuple[Received, ...]:
    message = shape(SnsMessage, value) if is_enveloped(value) else None
    return read_notification(parse_json(message.message), ROOT) if message else ()


def read_uploaded(value: object) -> tuple[Received, ...]:
    return (read_listing_event(value, "webhook\n1", [HOST], time.time()),)


def read_structured(value: object) -> tuple[Received, ...]:
    return read_notification(read_cloud_event({}, STRUCTURED, json.dumps(value).encode()).data, ROOT)


READERS = [lambda value: read_notification(value, ROOT), read_sns, read_uploaded, read_structured]


def places_in(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the ways to all values inside a value."""
    found = [path]
    if isinstance(value, dict):
        return found + [place for key, inner in value.items() for place in places_in(inner, (*path, key))]
    if isinstance(value, list):
        return found + [place for key, inner in enumerate(value) for place in places_in(inner, (*path, key))]
    return found


@st.composite
def nearly_right(draw: st.DrawFn) -> object:
    """Draw something that a sender sends, with any of its values replaced or missing."""
    told: object = json.loads(json.dumps(draw(st.sampled_from(TOLD))))
    for _ in range(draw(st.integers(1, 3))):
        places = places_in(told)[1:]
        if not places:
            break
        *above, last = draw(st.sampled_from(places))
        inner = told
        for key in above:
            inner = inner[key]  # type: ignore[index]
        if isinstance(inner, dict | list) and draw(st.booleans()):
            del inner[last]  # type: ignore[arg-type]
        elif isinstance(inner, dict | list):
            inner[last] = draw(JSON)  # type: ignore[index,call-overload]
    return told


def check(received: Received) -> None:
    """Fail unless an event can be kept, and names nothing outside its listing."""
    event = received.event
    check_key(f"raw/{event.key}/x")
    assert event.key.seller and "/" not in event.key.seller + event.key.listing
    assert received.identity.encode()
    assert Received.model_validate_json(received.model_dump_json()) == received
    assert re.fullmatch(r"[0-9A-F]{64}|[0-9]{20}|", event.position)


@pytest.mark.parametrize("reader", READERS)
@given(value=JSON | nearly_right())
def test_every_value_is_read_or_refused(reader: Callable[[object], tuple[Received, ...]], value: object) -> None:
    with contextlib.suppress(Refused):
        for received in reader(value):
            check(received)


@given(body=st.binary() | st.text().map(str.encode))
def test_every_body_is_json_or_refused(body: bytes) -> None:
    with contextlib.suppress(Refused):
        parse_json(body)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 50_000, b'"\\ud800"', b"\xff", b"1" * 10_000])
def test_a_body_that_is_made_to_break_a_reader_is_refused_or_read(body: bytes) -> None:
    with contextlib.suppress(Refused):
        for reader in READERS:
            with contextlib.suppress(Refused):
                reader(parse_json(body))


@given(
    headers=st.dictionaries(
        st.sampled_from(["ce-id", "ce-source", "ce-type", "ce-specversion", "ce-x"]), st.text()
    ),
    media_type=st.sampled_from(["application/json", STRUCTURED, "text/plain", ""]),
    body=st.binary() | JSON.map(lambda value: json.dumps(value).encode()),
)
def test_every_cloud_event_is_read_or_refused(headers: dict[str, str], media_type: str, body: bytes) -> None:
    with contextlib.suppress(Refused):
        assert read_cloud_event(headers, media_type, body).identity.encode()


KEYS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=60)


@given(key=KEYS)
def test_a_key_is_the_same_whichever_object_store_tells_it(key: str) -> None:
    told = [aws(quote_plus(f"shop/raw/{key}")), ceph(f"shop/raw/{key}")]
    ends = [[each.event.key for each in read_notification({"Records": [record]}, ROOT)] for record in told]
    assert ends[0] == ends[1]
