"""Forgets a seller: takes her listings down at every publisher first, then removes what is stored of her."""

from collections.abc import Collection
from contextlib import ExitStack

from config.settings import Settings
from flows.feed_work import held_feed
from flows.outbox_work import drain_outbox
from models.forgetting import ForgettingOutstanding, ForgettingReceipt, Outstanding
from models.listing import ListingKey
from models.store import InvalidKey, ObjectStore
from models.value import Value
from publishing.feed_parts import files_of_hers, take_out
from storage.catalog.connection import Catalog
from storage.catalog.forgetting import begin_forgetting, finish_forgetting, note_objects, what_is_outstanding
from storage.catalog.forgotten import knows
from storage.catalog.reading import list_listings
from storage.object_store.keys import check_key

HOMES = ("uploads/", "raw/", "retakes/", "renditions/", "listings/", "drafts/", "published/")
"""Where a seller has a folder."""
FEEDS = "feeds/"
"""What is shown of her here goes with the withdrawals, and where one is not waited for, without it."""


class Forgetting(Value):
    """How far a seller's forgetting has come; without receipt and outstanding, there was nothing of hers."""

    receipt: ForgettingReceipt | None = None
    outstanding: tuple[Outstanding, ...] = ()


def forget_seller(
    settings: Settings,
    store: ObjectStore,
    catalog: Catalog,
    seller: str,
    *,
    by: str,
    without: Collection[str] = (),
) -> Forgetting:
    """Take a seller's listings down wherever they are published, then remove all that is hers.

    As long as a publisher, unless it is among ``without``, has not confirmed, her photos stay and nothing new of
    hers is taken in; to call this again goes on from there, as it does after a crash at any point. Raises
    InvalidKey for what cannot be a seller's name; StoreError, CatalogError; ValueError where a publisher is
    declared wrongly.
    """
    check_key(seller)
    if "/" in seller:
        raise InvalidKey(f"{seller!r}: a seller's name has no slash")
    if not knows(catalog, seller) and not any(_count_objects(store, seller).values()):
        return Forgetting()
    code = begin_forgetting(catalog, seller, by=by)
    counts = _count_objects(store, seller) | {FEEDS: _count_in_feeds(store, catalog, seller)}
    note_objects(catalog, code, counts)
    if what_is_outstanding(catalog, seller, without=without):
        drain_outbox(settings)
    if outstanding := what_is_outstanding(catalog, seller, without=without):
        return Forgetting(outstanding=outstanding)
    for home in HOMES:
        store.clear(f"{home}{seller}/")
    with ExitStack() as holds:
        if busy := _take_out_of_feeds(store, catalog, seller, holds):
            return Forgetting(outstanding=busy)
        try:
            return Forgetting(receipt=finish_forgetting(catalog, seller, by=by, without=without))
        except ForgettingOutstanding as late:
            return Forgetting(outstanding=late.outstanding)


def _take_out_of_feeds(
    store: ObjectStore, catalog: Catalog, seller: str, holds: ExitStack
) -> tuple[Outstanding, ...]:
    """Remove her part of those feeds that have not confirmed; return what stands in the way of it.

    ``holds`` keeps others from writing her into the files again, as long as there are rows of hers. A feed that is
    declared somewhere is written anew then, since its file is not as it was left.
    """
    unconfirmed = what_is_outstanding(catalog, seller)
    keys = _listings_of(catalog, seller)
    for name in sorted({each.publisher for each in unconfirmed if each.publisher is not None}):
        if holds.enter_context(held_feed(catalog, name)) is None:
            busy = {"error": f"another process is just writing {FEEDS}{name}/"}
            return tuple(each.model_copy(update=busy) for each in unconfirmed if each.publisher == name)
        take_out(store, name, seller, keys)
    return ()


def _count_in_feeds(store: ObjectStore, catalog: Catalog, seller: str) -> int:
    """Return how many files of hers lie in the folders of feeds that are to take her listings down."""
    names = {each.publisher for each in what_is_outstanding(catalog, seller) if each.publisher is not None}
    keys = _listings_of(catalog, seller)
    return sum(1 for name in names for _ in files_of_hers(store, name, seller, keys))


def _listings_of(catalog: Catalog, seller: str) -> tuple[ListingKey, ...]:
    return tuple(row.key for row in list_listings(catalog, seller=seller))


def _count_objects(store: ObjectStore, seller: str) -> dict[str, int]:
    return {home: sum(1 for _ in store.list(f"{home}{seller}/")) for home in HOMES}
