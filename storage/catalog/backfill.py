"""Queues what is published already for a publisher that is declared later than others."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, or_, select, update

from models.listing import ListingResult
from models.publication import Publication
from models.state import ListingState
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.outbox import enqueue, publishing_state
from storage.catalog.publishers import know_publisher
from storage.catalog.schema import Listings, Publications, Publishers, Results

PAGE = 200
"""Listings to a transaction."""
AGAIN = timedelta(days=1)
"""How long a publisher counts as caught up: workers that were started before it was declared pass it over."""


def backfill(catalog: Catalog, publishers: Sequence[str]) -> int:
    """Have published listings go to those publishers too that never had them; return how many listings do.

    Every published listing is looked at, so this is done once a day for each publisher. Raises CatalogError.
    """
    with catalog.read() as connection:
        recent = Publishers.caught_up_at > read_clock(connection) - AGAIN
        done = set(connection.scalars(select(Publishers.name).where(recent)))
    late = [name for name in publishers if name not in done]
    if not late:
        return 0
    listings = _backfill(catalog, publishers, late)
    with catalog.write() as connection:
        for name in late:
            know_publisher(connection, name)
        now = read_clock(connection)
        connection.execute(update(Publishers).where(Publishers.name.in_(late)).values(caught_up_at=now))
    return listings


def _backfill(catalog: Catalog, publishers: Sequence[str], late: Sequence[str]) -> int:
    lacking = or_(
        *(~exists().where(Publications.listing_id == Listings.id, Publications.publisher == name) for name in late)
    )
    query = (
        select(Listings.id, Listings.folder, Listings.version, Results.result)
        .join(Results, (Results.listing_id == Listings.id) & (Results.version == Listings.version))
        .where(Listings.state == ListingState.PUBLISHED, lacking)
        .order_by(Listings.folder)
        .limit(PAGE)
        .with_for_update(of=Listings)
    )
    caught_up, after = 0, ""
    while True:
        with catalog.write() as connection:
            page = connection.execute(query.where(Listings.folder > after)).all()
            for row in page:
                result = ListingResult.model_validate_json(row.result)
                publications = [Publication.of(result, name) for name in publishers]
                enqueue(connection, row.id, row.version, publications)
                state = publishing_state(connection, row.id, row.version)
                connection.execute(update(Listings).where(Listings.id == row.id).values(state=state))
        caught_up += len(page)
        if len(page) < PAGE:
            return caught_up
        after = page[-1].folder
