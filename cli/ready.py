"""Opening what a command needs: what cannot be opened is said in words, before anything starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from cli.console import WRONG_USE, fail
from cli.words import words
from config.settings import LOCAL_RUNNER, Settings

if TYPE_CHECKING:
    from drafting.drafter import Drafter
    from flows.photo_work import PhotoContext
    from models.store import ObjectStore
    from processing.matte.estimator import MatteEstimator
    from storage.catalog.connection import Catalog


def ready_estimator(model: str) -> "MatteEstimator":
    """Return the matte network of this name, or say why it cannot be used and end the command."""
    from processing.matte.opening import open_estimator

    with _network_faults_told(model):
        return open_estimator(model)


def ready_context(settings: Settings) -> "PhotoContext":
    """Return store, recipe and network for photos, or say which cannot be used and end the command."""
    from flows.photo_work import open_photo_context

    try:
        with _network_faults_told(settings.matte):
            return open_photo_context(settings)
    except ValueError as fault:
        fail(str(fault), WRONG_USE)


def ready_drafter(settings: Settings) -> "Drafter | None":
    """Return what drafts listings, if a model is set, or say why it cannot and end the command."""
    from drafting.opening import ModelUnusable, open_drafter

    try:
        return open_drafter(settings)
    except ModelUnusable as fault:
        fail(words.text("cli.model_unusable", model=settings.model, fault=fault), WRONG_USE)


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


def require_publishers(settings: Settings) -> None:
    """Open every publisher, or say which one is declared wrongly or lacks its secret and end the command."""
    from config.publishers import load_publishers
    from publishing.publishers import open_publishers

    store = ready_store(settings)
    try:
        declared = load_publishers(settings.publishers)
        open_publishers(declared, store=store, language=settings.language, secrets_of=settings.secrets_of)
    except ValueError as fault:
        fail(words.text("cli.publishers_failed", file=settings.publishers, fault=fault), WRONG_USE)


def require_runner(settings: Settings) -> None:
    """Look whether the cluster is there that is to work on photos, or say what is missing and end the command."""
    from flows.cluster import answers, is_installed

    if settings.runner == LOCAL_RUNNER:
        return
    kind = settings.runner.partition(":")[0]
    if not is_installed(kind):
        fail(words.text("cli.runner_missing", runner=settings.runner, kind=kind), WRONG_USE)
    if not answers(settings.runner):
        fail(words.text("cli.runner_failed", runner=settings.runner))


def require_ready(settings: Settings) -> None:
    """Open everything that a flow will need, so that problems show before the flow starts."""
    from models.store import StoreError

    require_publishers(settings)
    require_runner(settings)
    ready_drafter(settings)
    context = ready_context(settings)
    try:
        next(iter(context.store.list("raw/")), None)
    except StoreError as fault:
        fail(words.text("cli.store_failed", store=settings.store, fault=fault))
    ready_catalog(settings).close()


def require_ready_elsewhere(settings: Settings) -> None:
    """Do the same in a process of its own, for a command that stands long: the network's memory is given back."""
    from multiprocessing import get_context

    check = get_context("spawn").Process(target=_require_ready, args=(settings,))
    check.start()
    check.join()
    if check.exitcode:
        raise typer.Exit(check.exitcode)


def first_link_elsewhere(settings: Settings, address: str) -> str | None:
    """Return the link by which the first administrator comes in, if there is none; in a process of its own too."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(_first_link, settings.catalog, address).result()


def _first_link(catalog: str, address: str) -> str | None:
    from storage.catalog.links import link_to, make_first_link
    from storage.catalog.opening import open_catalog

    secret = make_first_link(open_catalog(catalog))
    return link_to(address, secret) if secret else None


def _require_ready(settings: Settings) -> None:
    try:
        require_ready(settings)
    except typer.Exit as end:
        raise SystemExit(end.exit_code) from None


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
