"""Checks a person's edits, and requests a run for the version that they make."""

import logging
from collections.abc import Sequence

from config.marketplaces import load_known
from flows.request import RequestFailed, has_server, request_run
from models.edit import EditedField
from models.listing import ListingKey
from processing.suggest.edited import apply_edits
from processing.suggest.objections import Objection, object_to
from storage.catalog.connection import Catalog
from storage.catalog.edits import overrides_of
from storage.catalog.reading import newest_result

log = logging.getLogger(__name__)


def objections_to(
    catalog: Catalog, key: ListingKey, fields: Sequence[EditedField], marketplaces: Sequence[str]
) -> tuple[Objection, ...]:
    """Return what speaks against some fields of a listing as people have written them, where its seller sells.

    ``marketplaces`` are those of the installation, for where nobody has said. Nothing speaks against them as long
    as the listing was never processed. Raises CatalogError.
    """
    result = newest_result(catalog, key)
    if result is None:
        return ()
    overrides = overrides_of(catalog, key)
    profiles = load_known(overrides.marketplaces) or load_known(marketplaces)
    edited = apply_edits(result.suggestion, overrides.edits, profiles)
    return object_to(edited, fields, profiles, result.finished)


async def request_new_words(key: ListingKey, version: int) -> None:
    """Ask for a run that makes a version's words, where a Prefect server is named.

    If that fails, or there is none, the next run that looks for what is due finds it all the same.
    """
    if not has_server():
        return
    try:
        await request_run("ingest-listing", key.model_dump(), key=f"{key} version {version}")
    except RequestFailed as fault:
        log.warning("%s is processed by the next run, since Prefect was not asked: %s", key, fault)
