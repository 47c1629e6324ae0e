"""Photos that are taken again: which takes there are, and which of them is in the listing."""

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Row, Select, func, select, update

from models.audit import Act
from models.listing import ListingKey
from models.photo import Finished, FirstLook, PhotoKey, SetAside
from models.take import Take
from storage.catalog.arrival_schema import Takes, Uploads
from storage.catalog.arrivals import folder_of
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.edits import rename_in_order
from storage.catalog.forgotten import welcome_sellers
from storage.catalog.new_version import lock_listing
from storage.catalog.schema import Listings, Photos
from storage.catalog.upsert import insert_missing

LOOK: TypeAdapter[FirstLook | SetAside] = TypeAdapter(FirstLook | SetAside)
TELLING = 8
"""Hexadecimal digits of its SHA-256, by which a take is told from another photo of the same name."""


class Replaced(NamedTuple):
    """What lay in a photo's place before another take was chosen."""

    sha256: str
    made: Finished | None
    """What had become of it, if it was processed."""


def takes_of(catalog: Catalog, key: ListingKey) -> tuple[Take, ...]:
    """Return all takes of a listing's photos that were taken again, in the order in which they came.

    Raises CatalogError.
    """
    with catalog.read() as connection:
        rows = connection.execute(_known(key).order_by(Takes.taken_at, Takes.id)).all()
    return tuple(_take(key, row) for row in rows)


def takes_of_photo(takes: Sequence[Take], file: str) -> tuple[Take, ...]:
    """Return those of a listing's takes that are of the photo which has this file, or had it last."""
    slots = {take.slot for take in takes if take.file == file and not take.left}
    slots = slots or {take.slot for take in takes if take.file == file}
    return tuple(take for take in takes if take.slot in slots)


def standing(takes: Sequence[Take]) -> Take | None:
    """Return which of a photo's takes is in the listing, ``None`` where none was ever chosen over another."""
    return max((take for take in takes if take.turn), key=lambda take: take.turn, default=None)


def choose_take(
    catalog: Catalog,
    photo: PhotoKey,
    sha256: str,
    replaced: Replaced | None,
    *,
    file: str,
    by: str,
    upload: str | None = None,
) -> bool:
    """Have a take be the one that is in the listing, as far as the catalog is concerned.

    ``photo`` is where the photo lies now, ``replaced`` what lies there, and ``file`` the name that the take is to
    have; if another photo has that name it is given one of its own. With ``upload`` the take is new, and chosen
    once: to do so again changes nothing, and is ``False``. Raises LookupError for a listing that is not known or
    is just being forgotten, and for an upload that is gone; CatalogError.
    """
    key = ListingKey.of(photo)
    with catalog.write() as connection:
        listing = lock_listing(connection, key).id
        file = _own_name(connection, listing, file, sha256, is_now=photo.file)
        if upload is not None and not _note_arrival(connection, upload, file):
            return False
        slot = _slot_of(connection, listing, photo.file, replaced.sha256 if replaced else None)
        place = _keep_takes(connection, listing, slot, photo.file, replaced, file, sha256, by)
        if file != photo.file:
            left = update(Takes).where(*slot.takes, Takes.file == photo.file)
            connection.execute(left.values(left_etag=place))
            rename_in_order(connection, listing, photo.file, file, by=by)
        passed_over = update(Takes).where(*slot.takes, Takes.left_etag.is_not(None))
        connection.execute(passed_over.where(Takes.file != file).values(left_for=file))
        back = update(Takes).where(*slot.takes, Takes.file == file)
        connection.execute(back.values(left_for=None, left_etag=None))
        chosen = update(Takes).where(*slot.takes, Takes.sha256 == sha256)
        connection.execute(chosen.values(turn=slot.turn + 1, placed=False, file=file))
        act = Act.PHOTO_RETAKEN if upload is not None else Act.TAKE_CHOSEN
        record(connection, act, by=by, key=key, detail={"turn": slot.turn + 1})
    return True


def note_placed(catalog: Catalog, take: Take, placed: Take) -> bool:
    """Note that a photo's place holds what was chosen last, which ends the placing of ``take``.

    ``False`` where another one than ``placed`` has been chosen meanwhile. Raises LookupError where its seller is
    forgotten, or is just being; CatalogError.
    """
    with catalog.write() as connection:
        welcome = welcome_sellers(connection, [take.key.seller], keep=True)
        mine = select(Takes.listing_id, Takes.slot).where(Takes.id == take.id).with_for_update()
        row = connection.execute(mine).first()
        if row is None or not welcome:
            raise LookupError(f"there is no photo {take.photo.raw}")
        of_photo = Takes.listing_id == row.listing_id, Takes.slot == row.slot
        if connection.execute(select(func.max(Takes.turn)).where(*of_photo)).scalar_one() != placed.turn:
            return False
        connection.execute(update(Takes).where(Takes.id == take.id).values(placed=True))
    return True


def lies_there(catalog: Catalog, photo: PhotoKey) -> bool:
    """Return whether a listing has a photo of this name now, as far as is known. Raises CatalogError."""
    folder = folder_of(ListingKey.of(photo))
    query = select(Photos.file).join(Listings, Listings.id == Photos.listing_id)
    with catalog.read() as connection:
        there = query.where(Listings.folder == folder, Photos.file == photo.file, Photos.present)
        return connection.execute(there).first() is not None


def unplaced_takes(catalog: Catalog, key: ListingKey | None = None) -> tuple[Take, ...]:
    """Return takes that were chosen, and may not lie in their places yet; of one listing if one is named.

    Raises CatalogError.
    """
    query = select(Takes, Listings.seller, Listings.listing).join(Listings, Listings.id == Takes.listing_id)
    if key is not None:
        query = query.where(Listings.folder == folder_of(key))
    with catalog.read() as connection:
        rows = connection.execute(query.where(~Takes.placed)).all()
    return tuple(_take(ListingKey(seller=row.seller, listing=row.listing), row) for row in rows)


def note_look(catalog: Catalog, photo: PhotoKey, look: FirstLook | SetAside) -> None:
    """Keep what was seen of the take that lies in a photo's place. Raises CatalogError."""
    key = ListingKey.of(photo)
    now = standing(takes_of_photo(takes_of(catalog, key), photo.file))
    if now is not None:
        with catalog.write() as connection:
            text = LOOK.dump_json(look).decode()
            connection.execute(update(Takes).where(Takes.id == now.id).values(look=text))


class _Slot(NamedTuple):
    name: str
    turn: int
    """The highest so far."""
    takes: tuple[ColumnElement[bool], ...]
    """The condition of its rows."""


def _slot_of(connection: Connection, listing: int, file: str, sha256: str | None) -> _Slot:
    of_listing = Takes.listing_id == listing
    named = select(Takes.slot, Takes.sha256, Takes.left_for).where(of_listing, Takes.file == file)
    known = connection.execute(named.order_by(Takes.left_for.is_not(None), Takes.id)).all()
    ours = [row.slot for row in known if row.left_for is None or sha256 in {row.sha256, None}]
    # A photo that came by the name of one that has another name since is a photo of its own.
    name = ours[0] if ours else f"{file} {sha256}" if known else file
    takes = of_listing, Takes.slot == name
    turn = connection.execute(select(func.coalesce(func.max(Takes.turn), 0)).where(*takes)).scalar_one()
    return _Slot(name, turn, takes)


def _keep_takes(
    connection: Connection,
    listing: int,
    slot: _Slot,
    was: str,
    replaced: Replaced | None,
    file: str,
    sha256: str,
    by: str,
) -> str | None:
    """Note what lies in the photo's place and what is to lie there; return how the store knew the first."""
    now = read_clock(connection)
    place = connection.execute(
        select(Photos.etag, Photos.modified_at).where(Photos.listing_id == listing, Photos.file == was)
    ).first()
    row = {"listing_id": listing, "slot": slot.name, "turn": 0, "placed": True}
    if replaced is not None:
        came = min(place.modified_at, now) if place else now
        first = {"file": was, "sha256": replaced.sha256, "sender": None, "taken_at": came}
        insert_missing(connection, Takes, [row | first])
    insert_missing(connection, Takes, [row | {"file": file, "sha256": sha256, "sender": by, "taken_at": now}])
    if replaced is not None and replaced.made is not None:
        known = update(Takes).where(*slot.takes, Takes.sha256 == replaced.sha256)
        connection.execute(known.values(made=replaced.made.model_dump_json()))
    return place.etag if place else None


def _known(key: ListingKey) -> Select[Any]:
    listing = select(Listings.id).where(Listings.folder == folder_of(key)).scalar_subquery()
    return select(Takes).where(Takes.listing_id == listing)


def _own_name(connection: Connection, listing: int, file: str, sha256: str, *, is_now: str) -> str:
    others = select(Photos.file).where(Photos.listing_id == listing, Photos.present, Photos.file != is_now)
    if file not in set(connection.scalars(others)):
        return file
    path = PurePosixPath(file)
    return str(path.with_name(f"{path.stem}-{sha256[:TELLING]}{path.suffix}"))


def _note_arrival(connection: Connection, upload: str, file: str) -> bool:
    """Note under which name an upload has come; ``False`` where that is noted already. Raises LookupError."""
    mine = update(Uploads).where(Uploads.id == upload, Uploads.file.is_(None))
    if connection.execute(mine.values(file=file)).rowcount:
        return True
    if connection.execute(select(Uploads.id).where(Uploads.id == upload)).first() is None:
        raise LookupError(f"there is no upload {upload}")
    return False


def _take(key: ListingKey, row: Row[Any]) -> Take:
    return Take(
        id=row.id,
        key=key,
        slot=row.slot,
        file=row.file,
        sha256=row.sha256,
        by=row.sender,
        at=row.taken_at,
        turn=row.turn,
        left=row.left_for is not None,
        placed=row.placed,
        look=LOOK.validate_json(row.look) if row.look else None,
        made=Finished.model_validate_json(row.made) if row.made else None,
    )
