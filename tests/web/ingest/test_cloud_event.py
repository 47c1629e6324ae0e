"""CloudEvents in both modes."""

import base64
import json
from typing import Any

import pytest

from tests.web.ingest.told import aws
from web.ingest.cloud_event import CloudEvent, read_cloud_event
from web.ingest.problem import Problem, Refused

STRUCTURED = "application/cloudevents+json"
ATTRIBUTES = {
    "specversion": "1.0",
    "id": "D82B88E5F771F645.vlR7PnpV2Ce8",
    "source": "aws:s3.ap-southeast-3.etalase-tests",
    "type": "com.amazonaws.s3.ObjectCreated:Put",
    "time": "2026-11-24T03:12:30.430Z",
    "subject": "shop/raw/ibu-ani/tampah/1.jpg",
}


def binary(attributes: dict[str, str], data: object = None, media_type: str = "application/json") -> CloudEvent:
    headers = {f"ce-{name}": value for name, value in attributes.items()}
    return read_cloud_event(headers, media_type, json.dumps(data).encode())


def structured(value: object) -> CloudEvent:
    return read_cloud_event({}, STRUCTURED, json.dumps(value).encode())


def refusal(call: Any, *arguments: Any) -> Problem:  # noqa: ANN401 - any way of reading one
    with pytest.raises(Refused) as refused:
        call(*arguments)
    return refused.value.problem


def test_both_modes_say_the_same() -> None:
    told = binary(ATTRIBUTES, aws())
    assert told == structured(ATTRIBUTES | {"data": aws()})
    encoded = base64.b64encode(json.dumps(aws()).encode()).decode()
    assert told == structured(ATTRIBUTES | {"data_base64": encoded, "datacontenttype": "application/json"})
    assert told.data == aws()


@pytest.mark.parametrize("media_type", ["application/json; charset=utf-8", "Application/JSON ;charset=UTF-8"])
def test_data_that_is_json_may_say_more_of_it(media_type: str) -> None:
    assert structured(ATTRIBUTES | {"datacontenttype": media_type, "data": aws()}).data == aws()


def test_it_is_known_by_source_and_id_together() -> None:
    events = [binary(ATTRIBUTES | change) for change in ({}, {"id": "2"}, {"source": "x"}, {"type": "y"})]
    assert len({event.identity for event in events}) == 3


def test_attributes_in_headers_may_be_percent_encoded() -> None:
    assert binary(ATTRIBUTES | {"source": "urn:kampung%20batik%C3%A9"}).source == "urn:kampung batiké"


@pytest.mark.parametrize("version", ["0.3", "2.0", "", "1"])
def test_another_version_is_refused(version: str) -> None:
    assert refusal(binary, ATTRIBUTES | {"specversion": version}) is Problem.UNKNOWN_VERSION
    assert refusal(structured, ATTRIBUTES | {"specversion": version}) is Problem.UNKNOWN_VERSION


@pytest.mark.parametrize("media_type", ["application/xml", "application/cloudevents-batch+json", ""])
def test_another_media_type_is_refused(media_type: str) -> None:
    assert refusal(binary, ATTRIBUTES, None, media_type) is Problem.WRONG_MEDIA_TYPE


def test_what_is_in_neither_mode_is_refused() -> None:
    assert refusal(binary, {}) is Problem.WRONG_MEDIA_TYPE


@pytest.mark.parametrize("media_type", ["text/xml", "text/xml; application/json", "", 7, ["application/json"]])
def test_data_of_another_media_type_is_refused(media_type: object) -> None:
    assert refusal(structured, ATTRIBUTES | {"datacontenttype": media_type}) is Problem.WRONG_MEDIA_TYPE


@pytest.mark.parametrize("name", ["id", "source", "type"])
def test_a_missing_attribute_is_refused(name: str) -> None:
    left = {key: value for key, value in ATTRIBUTES.items() if key != name}
    assert refusal(binary, left) is Problem.WRONG_FIELDS
    assert refusal(structured, left) is Problem.WRONG_FIELDS
    assert refusal(binary, ATTRIBUTES | {name: ""}) is Problem.WRONG_FIELDS


@pytest.mark.parametrize(
    "value", [[], None, "x", ATTRIBUTES | {"data_base64": "!"}, ATTRIBUTES | {"time": "noon"}]
)
def test_another_shape_is_refused(value: object) -> None:
    wrong = Problem.UNKNOWN_VERSION if value is None else Problem.WRONG_FIELDS
    assert refusal(structured, value) in {Problem.WRONG_FIELDS, wrong}


def test_data_that_is_no_json_is_refused() -> None:
    headers = {f"ce-{name}": value for name, value in ATTRIBUTES.items()}
    assert refusal(read_cloud_event, headers, "application/json", b"{") is Problem.NOT_JSON
    told = ATTRIBUTES | {"data_base64": base64.b64encode(b"{").decode()}
    assert refusal(structured, told) is Problem.NOT_JSON
