"""Counts finished listings and photos by the hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, func, select, type_coerce

from storage.catalog.clock import EPOCH, read_clock
from storage.catalog.connection import Catalog
from storage.catalog.schema import Listings

HOUR_MS = 3_600_000
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Amount:
    """What was finished in some time."""

    listings: int = 0
    photos: int = 0
    """Of those listings."""

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.listings + other.listings, self.photos + other.photos)


def finished_by_hour(catalog: Catalog, *, days: int) -> tuple[datetime, Mapping[datetime, Amount]]:
    """Return the catalog's time, and what was finished in each hour of the last days, hours of nothing left out.

    An hour is known by its beginning. A listing that was processed several times counts in its last hour alone.
    Raises CatalogError.
    """
    hour = (type_coerce(Listings.finished_at, BigInteger) // HOUR_MS).label("hour")
    with catalog.read() as connection:
        now = read_clock(connection)
        query = (
            select(hour, func.count(), func.sum(Listings.photo_count))
            .where(Listings.finished_at >= now - timedelta(days=days))
            .group_by(hour)
        )
        found = connection.execute(query).all()
    return now, {EPOCH + number * HOUR: Amount(listings, int(photos)) for number, listings, photos in found}
