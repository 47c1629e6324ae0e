"""A seller's right to be forgotten: taken down at every publisher first, then removed here."""

from collections.abc import Collection

from config.settings import Settings
from flows.outbox_work import drain_outbox
from models.forgetting import ForgettingOutstanding, ForgettingReceipt, Outstanding
from models.store import InvalidKey, ObjectStore
from models.value import Value
from storage.catalog.connection import Catalog
from storage.catalog.forgetting import begin_forgetting, finish_forgetting, note_objects, what_is_outstanding
from storage.catalog.forgotten import knows
from storage.object_store.keys import check_key

HOMES = ("uploads/", "raw/", "retakes/", "renditions/", "listings/", "drafts/", "published/")
"""Where a seller has a folder. What feeds show of her goes with their withdrawals."""


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
    note_objects(catalog, begin_forgetting(catalog, seller, by=by), _count_objects(store, seller))
    if what_is_outstanding(catalog, seller, without=without):
        drain_outbox(settings)
    if outstanding := what_is_outstanding(catalog, seller, without=without):
        return Forgetting(outstanding=outstanding)
    for home in HOMES:
        store.clear(f"{home}{seller}/")
    try:
        return Forgetting(receipt=finish_forgetting(catalog, seller, by=by, without=without))
    except ForgettingOutstanding as late:
        return Forgetting(outstanding=late.outstanding)


def _count_objects(store: ObjectStore, seller: str) -> dict[str, int]:
    return {home: sum(1 for _ in store.list(f"{home}{seller}/")) for home in HOMES}
