"""Opening what a command needs: what cannot be opened is said in words, before anything starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cli.console import WRONG_USE, fail
from cli.words import words
from config.settings import Settings

if TYPE_CHECKING:
    from flows.photo_work import Bench
    from models.store import ObjectStore
    from processing.matte.estimator import MatteEstimator
    from storage.catalog.connection import Catalog


def ready_estimator(model: str) -> "MatteEstimator":
    """Return the matte network of this name, or say why it cannot be used and end the command."""
    from processing.matte.opening import open_estimator

    with _network_faults_told(model):
        return open_estimator(model)


def ready_bench(settings: Settings) -> "Bench":
    """Return store, recipe and network for photos, or say which cannot be used and end the command."""
    from flows.photo_work import open_bench

    try:
        with _network_faults_told(settings.matte):
            return open_bench(settings)
    except ValueError as fault:
        fail(str(fault), WRONG_USE)


def ready_catalog(settings: Settings) -> "Catalog":
    """Return the catalog, or say why it cannot be opened and end the command."""
    from storage.catalog.connection import CatalogError
    from storage.catalog.opening import open_catalog

    try:
        return open_catalog(settings.catalog)
    except ValueError as fault:
        fail(words.text("cli.catalog_failed", fault=fault), WRONG_USE)
    except CatalogError as fault:
        fail(words.text("cli.catalog_failed", fault=fault))


def ready_store(settings: Settings) -> "ObjectStore":
    """Return the object store, or say why it cannot be opened and end the command."""
    from storage.object_store.opening import open_store

    try:
        return open_store(settings.store)
    except ValueError as fault:
        fail(words.text("cli.store_failed", store=settings.store, fault=fault), WRONG_USE)


def require_ready(settings: Settings) -> None:
    """Open everything that a flow will need, so that problems show before the flow starts."""
    from models.store import StoreError

    bench = ready_bench(settings)
    try:
        next(iter(bench.store.list("raw/")), None)
    except StoreError as fault:
        fail(words.text("cli.store_failed", store=settings.store, fault=fault))
    ready_catalog(settings).close()


@contextmanager
def _network_faults_told(model: str) -> Iterator[None]:
    """Turn what can be wrong with a network into words that say what to do."""
    from processing.matte.opening import MODELS
    from processing.matte.rembg_weights import WeightsDamaged, WeightsMissing

    if model not in MODELS:
        fail(words.text("cli.unknown_model", model=model, known=", ".join(MODELS)), WRONG_USE)
    try:
        yield
    except WeightsMissing as missing:
        files = ", ".join(missing.files)
        fail(words.text("cli.weights_missing", model=model, files=files, folder=missing.folder), WRONG_USE)
    except WeightsDamaged as damaged:
        fail(words.text("cli.weights_damaged", model=model, file=damaged.file, fault=damaged.detail), WRONG_USE)
