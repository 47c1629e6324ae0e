"""Resumable uploads: how far each has come."""

import json
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from models.audit import Act
from models.listing import ListingKey
from models.upload import Upload, UploadGone, UploadMoved, UploadRefusal, UploadRefused
from storage.catalog.arrival_schema import Takes, Uploads
from storage.catalog.arrivals import folder_of
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.forgotten import welcome_sellers
from storage.catalog.schema import Listings, Photos, Sellers

LASTS = timedelta(days=3)
"""A photo whose pieces stay away so long is given up: a lid may be closed over a weekend."""
MOST_PHOTOS = 30
"""Of one listing."""
MOST_RETAKES = 120
"""Of all photos of one listing together."""
MOST_OPEN = 60
"""That one sender has begun and not ended."""
MOST_PIECES = 4000
"""Of one photo: many more than its size needs in pieces of 256 kB, however often the line is cut."""
ID_BYTES = 16


def begin_upload(
    catalog: Catalog,
    key: ListingKey,
    *,
    sender_key: str,
    stem: str,
    size: int,
    by: str,
    replaces: str | None = None,
) -> Upload:
    """Return the upload that a sender knows as ``sender_key``, begun now or before.

    ``stem`` is the file's own name, plain and without extension; what is kept has the photo's number before it, so
    that her order stays and two of one name are two. One that ``replaces`` a photo is named as that is.

    Raises UploadRefused where there are too many, or where the listing has no such photo; UploadGone for a seller
    whom nobody knows, or who is just being forgotten; CatalogError.
    """
    with catalog.write() as connection:
        # Two photos that begin at once would both be the next one.
        mine = select(Sellers.name).where(Sellers.name == key.seller, Sellers.forgetting.is_(None))
        if connection.execute(mine.with_for_update()).first() is None:
            raise UploadGone(key.seller)
        known = select(Uploads).where(Uploads.seller == key.seller, Uploads.listing == key.listing)
        if row := connection.execute(known.where(Uploads.sender_key == sender_key)).first():
            return _upload(row)
        photos, again, last = connection.execute(
            select(func.count(), func.count(Uploads.replaces), func.coalesce(func.max(Uploads.ordinal), 0)).where(
                Uploads.seller == key.seller, Uploads.listing == key.listing
            )
        ).one()
        if replaces is None and photos - again >= MOST_PHOTOS:
            raise UploadRefused(UploadRefusal.TOO_MANY_PHOTOS)
        if replaces is not None and again >= MOST_RETAKES:
            raise UploadRefused(UploadRefusal.TOO_MANY_RETAKES)
        if replaces is not None and not _has_photo(connection, key, replaces):
            raise UploadRefused(UploadRefusal.NO_SUCH_PHOTO)
        begun = select(func.count()).where(Uploads.sender == by, Uploads.file.is_(None))
        if connection.execute(begun).scalar_one() >= MOST_OPEN:
            raise UploadRefused(UploadRefusal.TOO_MANY_OPEN)
        values = {
            "id": secrets.token_hex(ID_BYTES),
            "seller": key.seller,
            "listing": key.listing,
            "ordinal": last + 1,
            "sender_key": sender_key,
            "sender": by,
            "stem": f"{last + 1:02}-{stem}" if stem else f"{last + 1:02}",
            "size": size,
            "replaces": replaces,
            "expires_at": read_clock(connection) + LASTS,
        }
        return _upload(connection.execute(insert(Uploads).values(values).returning(Uploads)).one())


def read_upload(catalog: Catalog, upload: str) -> Upload:
    """Return an upload by its id. Raises UploadGone, CatalogError."""
    with catalog.read() as connection:
        row = connection.execute(select(Uploads).where(Uploads.id == upload)).first()
        if row is None or not welcome_sellers(connection, [row.seller]):
            raise UploadGone(upload)
    return _upload(row)


def uploads_of(catalog: Catalog, key: ListingKey) -> tuple[Upload, ...]:
    """Return a listing's photos that are arriving or have arrived, in her order, without what replaces another.

    Raises CatalogError.
    """
    query = select(Uploads).where(Uploads.seller == key.seller, Uploads.listing == key.listing)
    query = query.where(Uploads.replaces.is_(None))
    with catalog.read() as connection:
        return tuple(_upload(row) for row in connection.execute(query.order_by(Uploads.ordinal)))


def has_photo(catalog: Catalog, key: ListingKey, file: str) -> bool:
    """Return whether a listing has a photo of this name, or has had it until it was taken again.

    Raises CatalogError.
    """
    # No folder has this sign in its name, and PostgreSQL takes no text that has.
    if "\0" in key.listing + file:
        return False
    with catalog.read() as connection:
        return _has_photo(connection, key, file)


def listings_sent(catalog: Catalog, seller: str) -> tuple[str, ...]:
    """Return the names of a seller's listings that photos were sent for, in their order. Raises CatalogError."""
    query = select(Uploads.listing).where(Uploads.seller == seller).distinct().order_by(Uploads.listing)
    with catalog.read() as connection:
        return tuple(connection.scalars(query))


def keep_piece(catalog: Catalog, upload: Upload, end: int) -> Upload:
    """Count a piece, whose bytes lie in the object store, as kept; return how the upload stands now.

    Raises UploadMoved where it is no longer as it was read, UploadGone, CatalogError; UploadRefused for crumbs.
    """
    ends = (*upload.ends, end)
    if len(ends) > MOST_PIECES:
        raise UploadRefused(UploadRefusal.TOO_MANY_PIECES)
    with catalog.write() as connection:
        _stay_welcome(connection, upload)
        counted = connection.execute(
            update(Uploads)
            .where(Uploads.id == upload.id, Uploads.received == upload.received, Uploads.file.is_(None))
            .values(received=end, ends=json.dumps(ends), expires_at=read_clock(connection) + LASTS)
            .returning(Uploads)
        ).first()
        if counted is None:
            there = connection.execute(select(Uploads.id).where(Uploads.id == upload.id)).first()
            raise UploadMoved(upload.id) if there else UploadGone(upload.id)
    return _upload(counted)


def finish_upload(catalog: Catalog, upload: Upload, file: str) -> Upload:
    """Note that a photo lies in its place under ``raw/``; to do so again changes nothing.

    Raises UploadGone, CatalogError.
    """
    with catalog.write() as connection:
        _stay_welcome(connection, upload)
        mine = update(Uploads).where(Uploads.id == upload.id, Uploads.file.is_(None))
        if connection.execute(mine.values(file=file)).rowcount:
            record(connection, Act.PHOTO_UPLOADED, by=upload.by, key=upload.key, detail={"bytes": upload.size})
        elif connection.execute(select(Uploads.id).where(Uploads.id == upload.id)).first() is None:
            raise UploadGone(upload.id)
    return upload.model_copy(update={"file": file})


def note_cleared(catalog: Catalog, upload: Upload) -> None:
    """Note that an upload's pieces are gone from the object store: one that is whole stays on record.

    Raises CatalogError.
    """
    with catalog.write() as connection:
        connection.execute(delete(Uploads).where(Uploads.id == upload.id, Uploads.file.is_(None)))
        connection.execute(update(Uploads).where(Uploads.id == upload.id).values(expires_at=None))


def uploads_to_end(catalog: Catalog, *, limit: int = 100) -> tuple[Upload, ...]:
    """Return uploads that await nothing from their senders: given up, or whole. Raises CatalogError."""
    with catalog.read() as connection:
        expired = Uploads.expires_at < read_clock(connection)
        whole = Uploads.expires_at.is_not(None) & (Uploads.received == Uploads.size)
        rows = connection.execute(select(Uploads).where(expired | whole).limit(limit)).all()
    return tuple(_upload(row) for row in rows)


def _stay_welcome(connection: Connection, upload: Upload) -> None:
    """Keep a seller from being forgotten until the transaction ends. Raises UploadGone."""
    if not welcome_sellers(connection, [upload.key.seller], keep=True):
        raise UploadGone(upload.id)


def _has_photo(connection: Connection, key: ListingKey, file: str) -> bool:
    listing = select(Listings.id).where(Listings.folder == folder_of(key)).scalar_subquery()
    there = select(Photos.file).where(Photos.listing_id == listing, Photos.file == file, Photos.present)
    taken = select(Takes.file).where(Takes.listing_id == listing, Takes.file == file)
    return connection.execute(there.union_all(taken)).first() is not None


def _upload(row: Row[Any]) -> Upload:
    return Upload(
        id=row.id,
        key=ListingKey(seller=row.seller, listing=row.listing),
        stem=row.stem,
        size=row.size,
        ends=tuple(json.loads(row.ends)),
        expires_at=row.expires_at,
        by=row.sender,
        file=row.file,
        replaces=row.replaces,
    )
