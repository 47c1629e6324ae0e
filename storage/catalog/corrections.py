"""Stores strokes that correct cut-outs; each correction makes a new version of the listing."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select

from models.audit import Act
from models.listing import ListingKey
from models.strokes import STROKES, Correction, CorrectionConflict, Stroke
from storage.catalog.arrivals import folder_of
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.edit_schema import Corrections
from storage.catalog.new_version import create_version, lock_listing
from storage.catalog.schema import Listings

# Made once: they are asked for with every task.
_OF_THESE = Listings.folder.in_(bindparam("folders", expanding=True))
_NEWEST = (
    select(func.max(Corrections.id))
    .join(Listings, Listings.id == Corrections.listing_id)
    .where(_OF_THESE)
    .group_by(Corrections.listing_id, Corrections.sha256)
)
CORRECTED = select(Listings.folder, Corrections).join(Listings, Listings.id == Corrections.listing_id)
CORRECTED = CORRECTED.where(Corrections.id.in_(_NEWEST)).order_by(Corrections.id)
"""The newest of each photo, those that were taken back too."""


def correct_cutout(
    catalog: Catalog,
    key: ListingKey,
    sha256: str,
    strokes: tuple[Stroke, ...],
    *,
    by: str,
    seen: int = 0,
) -> int:
    """Keep the strokes that a photo is to be cut out with, none to take all back; return the listing's version.

    It is a new one, due at once, unless just this stood there already, so that who has had no answer may send the
    same again. ``seen`` is the number of the correction that she went on from, 0 where there was none: newer
    strokes of somebody else are not painted over.

    Raises LookupError for a listing that is not known, has no file any more or is just being forgotten;
    CorrectionConflict, CatalogError.
    """
    with catalog.write() as connection:
        row = lock_listing(connection, key)
        rows = connection.execute(CORRECTED, {"folders": [folder_of(key)]}).all()
        newest = next((_correction(one) for one in rows if one.sha256 == sha256), None)
        if strokes == (newest.strokes if newest else ()):
            return row.version
        if newest and newest.number > seen and newest.by != by:
            raise CorrectionConflict(newest)
        connection.execute(
            insert(Corrections).values(
                listing_id=row.id,
                sha256=sha256,
                strokes=STROKES.dump_json(strokes).decode(),
                author=by,
                corrected_at=read_clock(connection),
            )
        )
        return create_version(connection, row, key, Act.CUTOUT_CORRECTED, by, f"{len(strokes)} strokes")


def standing_correction(catalog: Catalog, key: ListingKey, sha256: str) -> Correction | None:
    """Return the newest correction of a photo, one that takes all back too. Raises CatalogError."""
    with catalog.read() as connection:
        rows = connection.execute(CORRECTED, {"folders": [folder_of(key)]}).all()
    return next((_correction(row) for row in rows if row.sha256 == sha256), None)


def standing_corrections(rows: Sequence[Row[Any]]) -> tuple[Correction, ...]:
    """Return what of :data:`CORRECTED` is to be followed."""
    return tuple(one for one in map(_correction, rows) if one.strokes)


def _correction(row: Row[Any]) -> Correction:
    return Correction(
        number=row.id,
        sha256=row.sha256,
        strokes=STROKES.validate_json(row.strokes),
        by=row.author,
        at=row.corrected_at,
    )
