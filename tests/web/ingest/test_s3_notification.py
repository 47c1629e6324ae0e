"""Object stores' notifications, as each of them writes them."""

from typing import Any

import pytest

from models.event import ObjectChanged
from tests.web.ingest.told import ROOT, TEST_EVENT, aws, ceph, minio
from web.ingest.problem import Problem, Refused
from web.ingest.s3_notification import read_notification


def read(*records: dict[str, Any], root: str = ROOT) -> list[ObjectChanged]:
    found = [received.event for received in read_notification({"Records": list(records)}, root)]
    assert all(isinstance(event, ObjectChanged) for event in found)
    return [event for event in found if isinstance(event, ObjectChanged)]


def identity(record: dict[str, Any]) -> str:
    (received,) = read_notification({"Records": [record]}, ROOT)
    return received.identity


def refusal(value: object, root: str = ROOT) -> Problem:
    with pytest.raises(Refused) as refused:
        read_notification(value, root)
    return refused.value.problem


def test_aws_writes_keys_as_forms_do() -> None:
    (event,) = read(aws("shop/raw/ibu+ani/tam%2Bpah/foto+1%C3%A9.jpg"))
    assert (str(event.key), event.file, event.sequencer) == (
        "ibu ani/tam+pah",
        "foto 1é.jpg",
        "0055AED6DCD90281E5",
    )


def test_minio_writes_the_slashes_so_too() -> None:
    (received,) = read_notification(minio("shop%2Fraw%2Fibu+ani%2Ftam%2Bpah%2F1.jpg"), ROOT)
    assert str(received.event.key) == "ibu ani/tam+pah"
    assert received.event.position.startswith("1757E9C0A1B2C3D4000")


def test_ceph_writes_keys_as_they_are_and_a_sequencer_that_orders_nothing() -> None:
    (event,) = read(ceph("shop/raw/ibu ani/tam+pah/100%41 é.jpg"))
    assert (str(event.key), event.file, event.position) == ("ibu ani/tam+pah", "100%41 é.jpg", "")
    assert identity(ceph(sequencer="9E00056BA3D6BC19")) != identity(ceph(sequencer="9F00056BA3D6BC19"))


@pytest.mark.parametrize(
    "name",
    [
        "ObjectCreated:CompleteMultipartUpload",
        "s3:ObjectCreated:Copy",
        "ObjectRemoved:Delete",
        "ObjectRemoved:DeleteMarkerCreated",
        "LifecycleExpiration:Delete",
        "s3:ObjectLifecycle:Expiration:Current",
    ],
)
def test_whatever_gives_a_listing_other_files_counts(name: str) -> None:
    assert len(read(aws(name=name))) == 1


@pytest.mark.parametrize(
    "record",
    [
        aws(name="ObjectTagging:Put"),
        aws(name="ReducedRedundancyLostObject"),
        aws("shop/renditions/ibu-ani/tampah/x/main.jpg"),
        aws("shop/raw/stray.jpg"),
        aws("shop/raw/ibu-ani/tampah/"),
        aws("shop/raw/ibu-ani/tampah/.hidden"),
        aws("shop/raw/ibu-ani/tampah/1.jpg.part"),
        aws("shop/raw/ibu-ani/../tampah/1.jpg"),
        aws("shop/raw/ibu-ani/tam%00pah/1.jpg"),
        aws("shopping/raw/ibu-ani/tampah/1.jpg"),
        aws("raw/ibu-ani/tampah/1.jpg"),
    ],
)
def test_what_changes_no_listing_is_passed_over(record: dict[str, Any]) -> None:
    assert [str(event.key) for event in read(record, aws())] == ["ibu-ani/tampah"]


def test_listing_json_says_that_all_is_there() -> None:
    first, second = read(aws(), aws("shop/raw/ibu-ani/tampah/listing.json"))
    assert (first.urgent, second.urgent) == (False, True)


def test_the_same_change_is_the_same_event_and_another_is_not() -> None:
    assert identity(aws()) == identity(aws(name="s3:ObjectCreated:Put"))
    assert identity(aws()) != identity(aws(sequencer="0055AED6DCD90281E6"))
    assert identity(aws(sequencer="")) != identity(aws(sequencer="", eTag="another"))
    assert identity(aws(sequencer="")) != identity(aws(sequencer="", name="ObjectRemoved:Delete"))


def test_a_sequencer_that_is_none_orders_nothing() -> None:
    (event,) = read(aws(sequencer="not hexadecimal"))
    assert event.position == ""


def test_fields_that_nobody_knows_are_passed_over() -> None:
    record = aws() | {"eventVersion": "2.99", "glacierEventData": {}, "new": [1]}
    assert len(read(record)) == 1


def test_the_test_event_tells_nothing() -> None:
    assert read_notification(TEST_EVENT, ROOT) == ()


def test_another_bucket_is_refused() -> None:
    assert refusal({"Records": [aws()]}, "s3://another/shop/raw/") is Problem.WRONG_BUCKET
    assert refusal({"Records": [aws()]}, "/srv/etalase/store/raw/") is Problem.WRONG_BUCKET


@pytest.mark.parametrize("version", ["1.0", "3.0", "", "21"])
def test_another_major_version_is_refused(version: str) -> None:
    assert refusal({"Records": [aws() | {"eventVersion": version}]}) is Problem.UNKNOWN_VERSION


@pytest.mark.parametrize(
    "value",
    [None, [], "x", {}, {"Records": {}}, {"Records": [1]}, {"Records": [{}]}, {"Event": "s3:Other"}],
)
def test_another_shape_is_refused(value: object) -> None:
    assert refusal(value) is Problem.WRONG_FIELDS
