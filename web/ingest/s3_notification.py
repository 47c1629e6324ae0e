"""What an object store tells of its objects: AWS, MinIO and Ceph write it almost alike.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
"""

import re
from collections.abc import Iterable
from typing import Literal
from urllib.parse import unquote_plus

from pydantic import BaseModel, Field

from models.event import SEQUENCER_LENGTH, ObjectChanged, Received
from storage.catalog.arrivals import COMPLETE_NOTE
from storage.discovery import ROOT, place_of
from web.ingest.problem import Problem, Refused
from web.ingest.reading import shape

MAJOR = "2"
"""Of the versions that we read; those after the point add fields only."""
CREATED = "ObjectCreated:"
CHANGES = (CREATED, "ObjectRemoved:", "LifecycleExpiration:", "ObjectLifecycle:")
"""Beginnings of the names of events after which a listing may have other files than before."""
CEPH = "ceph:s3"
SEQUENCER = re.compile(f"[0-9A-Fa-f]{{1,{SEQUENCER_LENGTH}}}")


class _Object(BaseModel):
    key: str
    etag: str = Field(default="", alias="eTag")
    version: str = Field(default="", alias="versionId")
    sequencer: str = ""


class _Bucket(BaseModel):
    name: str


class _Entity(BaseModel):
    bucket: _Bucket
    object: _Object


class Record(BaseModel):
    """One object that was written or removed."""

    version: str = Field(alias="eventVersion")
    source: str = Field(alias="eventSource")
    time: str = Field(default="", alias="eventTime")
    name: str = Field(alias="eventName")
    s3: _Entity

    @property
    def key(self) -> str:
        """The object's key as it is. AWS and MinIO write it as forms do, Ceph as it is."""
        written = self.s3.object.key
        return written if self.source == CEPH else unquote_plus(written)

    @property
    def sequencer(self) -> str:
        """What orders the changes of one key, or nothing."""
        written = self.s3.object.sequencer
        # Ceph's orders nothing: it is a time with its least byte first, which begins again every 256 seconds.
        return written if self.source != CEPH and SEQUENCER.fullmatch(written) else ""

    @property
    def identity(self) -> str:
        """What tells one change of one object from all others."""
        changed = self.s3.object
        what = changed.sequencer or f"{self.name} {self.time} {changed.etag} {changed.version}"
        return f"s3\n{self.s3.bucket.name}\n{self.key}\n{what}"


class _Notification(BaseModel):
    records: tuple[Record, ...] = Field(alias="Records")


class _TestEvent(BaseModel):
    event: Literal["s3:TestEvent"] = Field(alias="Event")


def read_notification(value: object, root: str) -> tuple[Received, ...]:
    """Return the changes of a listing's files that ``{Records: [...]}`` tells; none for a test event.

    ``root`` is where our photos lie: ``s3://BUCKET/PREFIX/raw/``. What lies elsewhere in the same bucket is passed
    over. Raises Refused.
    """
    if isinstance(value, dict) and "Event" in value:
        shape(_TestEvent, value)
        return ()
    return read_records(shape(_Notification, value).records, root)


def read_records(records: Iterable[Record], root: str) -> tuple[Received, ...]:
    """Return the changes of a listing's files that records tell. Raises Refused for another bucket's."""
    found = (_read(record, root) for record in records)
    return tuple(received for received in found if received is not None)


def _read(record: Record, root: str) -> Received | None:
    if record.version.partition(".")[0] != MAJOR:
        raise Refused(Problem.UNKNOWN_VERSION, f"eventVersion {record.version!r}, and not {MAJOR}.x")
    bucket = f"s3://{record.s3.bucket.name}/"
    if not root.startswith(bucket):
        raise Refused(Problem.WRONG_BUCKET, record.s3.bucket.name)
    address = f"{bucket}{record.key}"
    event = record.name.removeprefix("s3:")
    if not address.startswith(root) or not event.startswith(CHANGES):
        return None
    try:
        place = place_of(f"{ROOT}{address.removeprefix(root)}")
    except ValueError:
        # It belongs to no listing: the next look at the whole store names it among the strays.
        return None
    if place is None:
        return None
    key, file = place
    return Received(
        identity=record.identity,
        event=ObjectChanged(
            key=key,
            file=file,
            sequencer=record.sequencer,
            complete=file == COMPLETE_NOTE,
            removed=not event.startswith(CREATED),
        ),
    )
