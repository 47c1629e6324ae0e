"""CloudEvents 1.0 over HTTP: attributes in headers (binary mode) or beside the data (structured mode).

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from pydantic import AwareDatetime, BaseModel, Field, JsonValue

from web.ingest.problem import Problem, Refused
from web.ingest.reading import parse_json, shape, without_parameters

STRUCTURED = "application/cloudevents+json"
JSON = "application/json"
PREFIX = "ce-"
VERSION = "1.0"


class CloudEvent(BaseModel):
    """An event's attributes, and its data as a value."""

    id: str = Field(min_length=1, max_length=1024)
    source: str = Field(min_length=1, max_length=1024)
    type: str = Field(min_length=1, max_length=256)
    time: AwareDatetime | None = None
    data: JsonValue = None

    @property
    def identity(self) -> str:
        """What tells one event from all others."""
        return f"cloudevents\n{self.source}\n{self.id}"


def read_cloud_event(headers: Mapping[str, str], media_type: str, body: bytes) -> CloudEvent:
    """Return the event of a request, in either mode.

    Parameters
    ----------
    headers
        By their names in small letters.
    media_type
        Of the body, in small letters.

    Raises
    ------
    Refused
        When it is in neither mode, of another version, or its data is not JSON.
    """
    if media_type == STRUCTURED:
        return _read_structured(parse_json(body))
    attributes = {
        name.removeprefix(PREFIX): unquote(value) for name, value in headers.items() if name.startswith(PREFIX)
    }
    if "specversion" not in attributes or media_type != JSON:
        raise Refused(Problem.WRONG_MEDIA_TYPE, f"{media_type!r}: {STRUCTURED}, or {PREFIX}headers and {JSON}")
    _check_version(attributes)
    return shape(CloudEvent, {**attributes, "data": parse_json(body)})


def _read_structured(value: object) -> CloudEvent:
    if not isinstance(value, dict):
        raise Refused(Problem.WRONG_FIELDS, "no object")
    _check_version(value)
    if without_parameters(str(value.get("datacontenttype", JSON))) != JSON:
        raise Refused(Problem.WRONG_MEDIA_TYPE, f"datacontenttype {value['datacontenttype']!r}, and not {JSON}")
    if "data_base64" in value:
        value = {**value, "data": parse_json(_decode(value["data_base64"]))}
    return shape(CloudEvent, value)


def _check_version(attributes: Mapping[str, Any]) -> None:
    if attributes.get("specversion") != VERSION:
        raise Refused(Problem.UNKNOWN_VERSION, f"specversion {attributes.get('specversion')!r}, and not {VERSION}")


def _decode(text: object) -> bytes:
    try:
        return base64.b64decode(str(text), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(Problem.WRONG_FIELDS, f"data_base64: {error}") from None
