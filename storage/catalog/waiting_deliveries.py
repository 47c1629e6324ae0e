"""Lists queued events that wait for a worker or, after a failed fetch, for a person."""

from collections.abc import Iterator

from sqlalchemy import select, update

from models.audit import Act
from models.event import Delivery
from models.listing import ListingKey
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.deliveries import EVENT
from storage.catalog.schema import Deliveries
from storage.catalog.states import DeliveryState

PAGE = 200
"""Deliveries that are held in memory at a time."""


def waiting_deliveries(catalog: Catalog, *, failed_only: bool = False) -> Iterator[Delivery]:
    """Yield the events that are still to be worked on and those that failed, in the order in which they came.

    Raises CatalogError. A page is read at a time, and no transaction is open in between.
    """
    wanted = {DeliveryState.FAILED} if failed_only else {DeliveryState.FAILED, DeliveryState.QUEUED}
    query = select(Deliveries).where(Deliveries.state.in_(wanted)).order_by(Deliveries.id).limit(PAGE)
    after = 0
    while True:
        with catalog.read() as connection:
            page = connection.execute(query.where(Deliveries.id > after)).all()
        for row in page:
            yield Delivery(
                id=row.id,
                event=EVENT.validate_json(row.event),
                failed=row.state == DeliveryState.FAILED,
                received_at=row.received_at,
                attempts=row.attempts,
                error=row.error,
            )
        if len(page) < PAGE:
            return
        after = page[-1].id


def retry_deliveries(catalog: Catalog, number: int | None = None, *, by: str) -> int:
    """Queue an event that failed once more, or all that failed, due at once; return how many there are.

    An older event still overwrites nothing of a newer one. Raises CatalogError.
    """
    with catalog.write() as connection:
        wanted = (
            select(Deliveries.id, Deliveries.seller, Deliveries.listing)
            .where(Deliveries.state == DeliveryState.FAILED)
            .order_by(Deliveries.id)
            .with_for_update()
        )
        if number is not None:
            wanted = wanted.where(Deliveries.id == number)
        rows = connection.execute(wanted).all()
        for row in rows:
            key = ListingKey(seller=row.seller, listing=row.listing)
            record(connection, Act.DELIVERY_RETRIED, by=by, key=key, detail={"delivery": row.id})
            connection.execute(
                update(Deliveries)
                .where(Deliveries.id == row.id)
                # Its calls are counted on: a worker is called once for each number.
                .values(
                    state=DeliveryState.QUEUED,
                    due_at=read_clock(connection),
                    finished_at=None,
                    attempts=0,
                    error=None,
                )
            )
    return len(rows)
