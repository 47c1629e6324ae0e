"""Previews a photo's cut-out as strokes would correct it, before they are saved."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from config.settings import Settings
from flows.deadline import killed_after
from flows.photo_work import open_photo_context
from models.matte import Matte
from models.photo import PhotoKey
from models.recipe import RenditionSpec
from models.rejection import PhotoRejected
from models.store import ObjectMissing
from models.strokes import Stroke
from processing.decode.limits import DecodeLimits
from processing.decode.photo import decode
from processing.encode import encode
from processing.matte.corrected import correct
from processing.matte.foreground import estimate_foreground
from processing.matte.refine import refine
from processing.resizing import fit, resize

PREVIEW_SECONDS: Final = 30
"""One that takes so long will never end."""
PREVIEW_SIDE: Final = 640
"""px, the longer side."""
MOST_OPEN: Final = 8
"""Photos that are kept ready for the next stroke: a megabyte each."""
QUALITY: Final = 80


@dataclass(frozen=True, slots=True)
class Trial:
    """Strokes that somebody tries on a photo, of which these are the bytes that she sees."""

    key: PhotoKey
    sha256: str
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What they come to: the whole upright photo as WebP, transparent where the product is not."""

    webp: bytes
    empty: bool
    """True: nothing of the product is left."""


@dataclass(frozen=True, slots=True)
class _Ready:
    matte: Matte
    seen: NDArray[np.uint8]
    """The photo at the matte's size."""
    shown: NDArray[np.uint8]
    """The photo at the preview's."""


def try_strokes(settings: Settings, trial: Trial) -> Preview | None:
    """Return what strokes come to on a photo of the store, ``None`` where these bytes are not there any more.

    Of a photo that was tried before only the strokes are new work. Raises StoreError.
    """
    with killed_after(PREVIEW_SECONDS):
        try:
            ready = _make_ready(settings, trial.key, trial.sha256)
        except (ObjectMissing, PhotoRejected):
            return None
        corrected = correct(ready.seen, ready.matte, trial.strokes)
        alpha = refine(corrected.alpha, ready.shown)
        height, width = alpha.shape
        spec = RenditionSpec(
            name="preview.webp", format="WEBP", width=width, height=height, view="cutout", quality=QUALITY
        )
        rendition = encode(estimate_foreground(ready.shown, alpha), alpha, spec)
    return Preview(rendition.data, empty=bool(trial.strokes) and not corrected.corrected)


@lru_cache(maxsize=MOST_OPEN)
def _make_ready(settings: Settings, key: PhotoKey, sha256: str) -> _Ready:
    """Return a photo as it is cut out without strokes. Raises ObjectMissing, PhotoRejected, StoreError."""
    context = open_photo_context(settings)
    data = context.store.get(key.raw, limit=DecodeLimits().max_bytes)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ObjectMissing(f"{key.raw} has other bytes")
    picture = decode(data, name=key.file, min_side=context.recipe.decode_side)
    matte = context.estimator.estimate(picture)
    height, width = matte.alpha.shape
    return _Ready(
        matte,
        seen=resize(picture.pixels, (width, height)),
        shown=resize(picture.pixels, fit(picture.width, picture.height, PREVIEW_SIDE)),
    )
