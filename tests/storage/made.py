"""Values that the storage tests write, made short."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from sqlalchemy import update

from models.lease import Holder, Lease
from models.listing import Hold, HoldReason, ListingKey, ListingResult
from models.note import SellerNote
from models.photo import PhotoResult
from models.publication import Publication, Receipt
from models.store import ObjectInfo
from models.suggestion import Suggestion
from storage.catalog import Catalog
from storage.catalog.arrivals import Arrival, ArrivedFile
from storage.catalog.clock import read_clock
from storage.catalog.schema import Leasable

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
ELSEWHERE = Holder(host="elsewhere", boot="b", process=1, started=1)
NOTHING_SUGGESTED = Suggestion(title=None, category=None, price=None, description=None, questions=())
A_REASON_TO_WAIT = (Hold(reason=HoldReason.NO_PHOTO),)


def key(name: str) -> ListingKey:
    seller, listing = name.split("/")
    return ListingKey(seller=seller, listing=listing)


def arrived(file: str, etag: str = "1", modified: datetime = LONG_AGO) -> ArrivedFile:
    return ArrivedFile(file=file, size=1, etag=etag, modified=modified)


def arrival(name: str, *, photos: int = 1, etag: str = "1", modified: datetime = LONG_AGO) -> Arrival:
    """A listing as an object store has it; another ``etag`` is another state of it."""
    files = tuple(arrived(f"{number:02}.jpg", etag, modified) for number in range(photos))
    return Arrival(key=key(name), photos=files, note=None)


def result(
    lease: Lease,
    *,
    waits: tuple[Hold, ...] = (),
    photos: tuple[PhotoResult, ...] = (),
    identity: str = "recipe-1",
) -> ListingResult:
    return ListingResult(
        key=lease.key,
        version=lease.version,
        identity=identity,
        note=SellerNote(words="Keripik singkong 😀\0"),
        photos=photos,
        score=None,
        suggestion=NOTHING_SUGGESTED,
        waits=waits,
    )


def publication(lease: Lease, publisher: str = "bundle", content: str | None = None) -> Publication:
    """What a lease's version says at a publisher; something new in each version, unless ``content`` is given."""
    return Publication(
        key=lease.key,
        version=lease.version,
        publisher=publisher,
        identity="recipe-1",
        content=content or f"says {lease.version}",
    )


def receipt(sent: Publication) -> Receipt:
    return Receipt(
        idempotency_key=sent.idempotency_key,
        publisher=sent.publisher,
        key=sent.key,
        version=sent.version,
        location=f"/there/{sent.key}",
        files={"a.jpg": "0" * 64},
    )


def let_pass(catalog: Catalog, table: type[Leasable], column: str) -> None:
    """Have all rows' ``due_at`` or ``expires_at`` lie a second back, as if the time had passed."""
    with catalog.write() as connection:
        past = read_clock(connection) - timedelta(seconds=1)
        moment = table.__table__.c[column]
        connection.execute(update(table).where(moment.is_not(None)).values({column: past}))


def now(catalog: Catalog) -> datetime:
    with catalog.read() as connection:
        return read_clock(connection)


def is_left(waiting: float, of: float, catalog: Catalog, begun: datetime) -> bool:
    """Say whether ``waiting`` is what is left of so many seconds since ``begun``, however slow the test is."""
    return of - (now(catalog) - begun).total_seconds() <= waiting <= of


@dataclass
class ListedStore:
    """An object store that only lists, whose files and their times a test sets as it likes."""

    objects: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def add(self, *keys: str, etag: str = "1", modified: datetime = LONG_AGO) -> None:
        self.objects |= dict.fromkeys(keys, (etag, modified))

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        for name in sorted(self.objects, key=lambda name: name.encode("utf-8", "surrogateescape")):
            if name.startswith(prefix) and name in self.objects:
                etag, modified = self.objects[name]
                yield ObjectInfo(key=name, size=1, modified=modified, etag=etag)

    def get(self, key: str, *, limit: int | None = None) -> bytes:
        raise NotImplementedError

    def put(self, key: str, data: bytes, *, media_type: str) -> None:
        raise NotImplementedError

    def put_file(self, key: str, file: BinaryIO, *, media_type: str) -> None:
        raise NotImplementedError

    def locate(self, key: str) -> str:
        raise NotImplementedError

    def delete(self, key: str) -> None:
        raise NotImplementedError

    def clear(self, folder: str) -> None:
        raise NotImplementedError

    def share(self, key: str, *, seconds: int) -> str:
        raise NotImplementedError


def names(leases: Sequence[Lease]) -> list[str]:
    return [str(lease.key) for lease in leases]
