"""Events that are told to the catalog, and what it says of them."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from models.event import DeliveryLease, Event, ObjectChanged, PhotoLink, PhotosUploaded, Received
from models.note import SellerNote
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.calling import call_due
from storage.catalog.deliveries import newest_delivery
from storage.catalog.delivery_leases import lease_deliveries
from storage.catalog.event_queue import Queued, queue
from storage.catalog.holders import this_process
from storage.catalog.schema import Deliveries
from tests.storage.made import arrival, key

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def changed(name: str, *, file: str = "1.jpg", sequencer: str = "", complete: bool = False) -> ObjectChanged:
    return ObjectChanged(key=key(name), file=file, sequencer=sequencer, complete=complete)


def uploaded(name: str, *files: str, minutes: int = 0, note: SellerNote | None = None) -> PhotosUploaded:
    photos = tuple(PhotoLink(file=file, url=f"https://photos.example/{file}") for file in files)
    return PhotosUploaded(key=key(name), at=NOON + timedelta(minutes=minutes), photos=photos, note=note)


def tell(catalog: Catalog, *events: Event, name: str = "") -> tuple[Queued, ...]:
    """Queue events, each under a name of its own unless ``name`` is given."""
    first = newest_delivery(catalog)
    return queue(
        catalog,
        [Received(identity=name or f"{first}-{place}", event=event) for place, event in enumerate(events)],
    )


def states(catalog: Catalog) -> list[str]:
    with catalog.read() as connection:
        return list(connection.scalars(select(Deliveries.state).order_by(Deliveries.id)))


def lease(catalog: Catalog, name: str = "a/b") -> tuple[DeliveryLease, ...]:
    return lease_deliveries(catalog, this_process(), key(name))


def called(catalog: Catalog, limit: int = 100) -> list[str]:
    return [str(call.key) for call in call_due(catalog, limit=limit)]


def know(catalog: Catalog, *sellers: str) -> None:
    record_arrivals(catalog, [arrival(f"{seller}/first") for seller in sellers])
