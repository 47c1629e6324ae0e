"""Photos and listings on which no work is done: what is measured beside it is everything else."""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

from config.settings import Settings
from models.listing import ListingKey, ListingResult
from models.note import SellerNote
from models.photo import Finished, PhotoKey, PhotoResult
from models.suggestion import Suggestion
from processing.listing import assemble_listing
from processing.suggest.suggest import suggest

RESULT = "ETALASE_BENCH_RESULT"
"""Names the file of a real photo's result as JSON, so that what is written has its real size."""


def no_work(settings: Settings, key: PhotoKey, said: object) -> PhotoResult:
    """Return what another photo came to, under this one's name, in place of ``flows.photo_work.work_on_photo``."""
    return _result().model_copy(update={"file": key.file, "sha256": hashlib.sha256(key.raw.encode()).hexdigest()})


@cache
def _result() -> Finished:
    return Finished.model_validate_json(Path(os.environ[RESULT]).read_bytes())


def no_words(note: SellerNote, *_: object, **__: object) -> Suggestion:
    """Return what the first note came to, in place of ``processing.suggest.suggest.suggest``."""
    if "first" not in _SUGGESTION:
        _SUGGESTION["first"] = suggest(note)
    return _SUGGESTION["first"]


def no_assembly(
    key: ListingKey,
    *,
    version: int,
    photos: tuple[PhotoResult, ...],
    **parts: Any,  # noqa: ANN401
) -> ListingResult:
    """Return what the first listing came to, under this one's name and with its photos."""
    if "first" not in _LISTING:
        _LISTING["first"] = assemble_listing(key, version=version, photos=photos, **parts)
    return _LISTING["first"].model_copy(update={"key": key, "version": version, "photos": photos})


_LISTING: dict[str, ListingResult] = {}
_SUGGESTION: dict[str, Suggestion] = {}
