"""The marketplace's own event, ``listing.photos.uploaded``: a seller's listing has photos, and perhaps words."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from pydantic import AwareDatetime, BaseModel, Field

from flows.link_fetch import LinkRefused, check_link
from models.event import EPOCH, PhotoLink, PhotosUploaded, Received
from models.listing import ListingKey
from models.note import SellerNote
from processing.suggest.note import MAX_BYTES as MAX_NOTE_BYTES
from storage.discovery import NOTES, place_of
from web.ingest.problem import Problem, Refused
from web.ingest.reading import shape
from web.ingest.signature import TOLERANCE_SECONDS

TYPE = "listing.photos.uploaded"
MAX_PHOTOS = 100
MAX_PRICE = 10**12


class _Photo(BaseModel):
    file: str
    url: str


class _Note(BaseModel):
    words: str = ""
    price: int | None = Field(default=None, ge=0, le=MAX_PRICE)


class _Data(BaseModel):
    seller: str
    listing: str
    photos: tuple[_Photo, ...] = Field(default=(), max_length=MAX_PHOTOS)
    note: _Note | None = None


class _Payload(BaseModel):
    type: str
    timestamp: AwareDatetime
    data: object


def read_listing_event(value: object, identity: str, hosts: Collection[str], now: float) -> Received:
    """Return the event of a Standard Webhooks payload ``{type, timestamp, data}``. Raises Refused."""
    payload = shape(_Payload, value)
    if payload.type != TYPE:
        raise Refused(Problem.UNKNOWN_TYPE, f"{payload.type!r}, and not {TYPE}")
    return read_uploaded(payload.data, payload.timestamp, identity, hosts, now)


def read_uploaded(value: object, at: datetime, identity: str, hosts: Collection[str], now: float) -> Received:
    """Return the event of its data, ``{seller, listing, photos: [{file, url}], note: {words, price}}``.

    Photos and note may be absent: then they lie in the object store already. Raises Refused for a name that no
    file can have, a link to a host that is not allowed, and an event of the future, which would outrun all later
    ones.
    """
    data = shape(_Data, value)
    if not EPOCH <= at <= datetime.fromtimestamp(now, UTC) + timedelta(seconds=TOLERANCE_SECONDS):
        raise Refused(Problem.WRONG_FIELDS, f"timestamp: {at.isoformat()} is in the future, or before 1970")
    key = ListingKey(seller=data.seller, listing=data.listing)
    for name in [photo.file for photo in data.photos] or ["name"]:
        _check_name(key, name)
    if len({photo.file for photo in data.photos}) < len(data.photos):
        raise Refused(Problem.WRONG_NAME, "two photos have the same name")
    for photo in data.photos:
        try:
            check_link(photo.url, hosts)
        except LinkRefused as refused:
            raise Refused(Problem.LINK_NOT_ALLOWED, f"{photo.file}: {refused}") from None
    return Received(
        identity=identity,
        event=PhotosUploaded(
            key=key,
            at=at,
            photos=tuple(PhotoLink(file=photo.file, url=photo.url) for photo in data.photos),
            note=_note(data.note),
        ),
    )


def _check_name(key: ListingKey, file: str) -> None:
    try:
        fits = "/" not in file and file not in NOTES and place_of(f"raw/{key}/{file}") == (key, file)
    except ValueError as error:
        raise Refused(Problem.WRONG_NAME, str(error)) from None
    if not fits:
        raise Refused(Problem.WRONG_NAME, f"{key}/{file}")


def _note(told: _Note | None) -> SellerNote | None:
    if told is None:
        return None
    note = SellerNote(words=told.words, price=told.price)
    if len(note.model_dump_json().encode()) > MAX_NOTE_BYTES:
        raise Refused(Problem.WRONG_FIELDS, f"note: more than {MAX_NOTE_BYTES} bytes")
    return note
