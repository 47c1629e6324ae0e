"""Opening what a command needs: what cannot be opened is said in words, before anything starts."""

from typing import TYPE_CHECKING

from cli.console import WRONG_USE, fail
from cli.words import words
from config.settings import Settings

if TYPE_CHECKING:
    from flows.photo_work import Bench
    from storage.catalog.connection import Catalog


def ready_bench(settings: Settings) -> "Bench":
    """Return store, recipe and network for photos, or say which cannot be used and end the command."""
    from flows.photo_work import open_bench
    from processing.matte.weights import WeightsDamaged, WeightsMissing

    try:
        return open_bench(settings)
    except (ValueError, WeightsMissing, WeightsDamaged) as fault:
        fail(str(fault), WRONG_USE)


def ready_catalog(settings: Settings) -> "Catalog":
    """Return the catalog, or say why it cannot be opened and end the command."""
    from storage.catalog.connection import CatalogError
    from storage.catalog.opening import open_catalog

    try:
        return open_catalog(settings.catalog)
    except (ValueError, CatalogError) as fault:
        fail(words.text("cli.catalog_failed", fault=fault))


def require_ready(settings: Settings) -> None:
    """Open everything that a flow will need, once, so that no flow starts in vain."""
    from models.store import StoreError

    bench = ready_bench(settings)
    try:
        next(iter(bench.store.list("raw/")), None)
    except StoreError as fault:
        fail(words.text("cli.store_failed", store=settings.store, fault=fault))
    ready_catalog(settings).close()
