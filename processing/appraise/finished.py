"""What is known of a finished file: the pipeline has made it, so most of it by how it was made."""

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from models.assessment import Assessment, DefectCode
from models.recipe import RenditionSpec
from models.rendition import Rendition
from processing.appraise.facts import PhotoFacts, Shown
from processing.decode.extension import FORMAT_OF
from processing.extent import SOLID, outer_corners

Level = TypeVar("Level", np.uint8, np.float32)

EDGE = 0.01
"""Share of the picture's side, along each of its sides, that its background is judged by."""

NOTHING = 1 / 255
"""Alpha below this leaves no trace of the product in 8 bits."""

PLAIN = 8
"""Levels that a background of one colour may differ by."""


def look_at(
    composed: NDArray[np.uint8],
    alpha: NDArray[np.float32],
    assessment: Assessment,
    *,
    trusted: bool,
    fully_framed: bool,
) -> Shown:
    """Return what a finished picture shows.

    A cut-out has lost what lay beside the product: whatever is laid over the photo is either gone with it or still
    there, on the product. The cleaned original has lost nothing, and where its product is nobody knows. What fills
    the picture up beside a photo of another shape may pass for a border, or not.

    Parameters
    ----------
    composed
        sRGB, shape (H, W, 3).
    alpha
        Shape (H, W), in [0, 1]: where on it the product is; of the cleaned original, where the whole photo is.
    assessment
        Of the photo as it was sent.
    fully_framed
        False where the product is smaller than the recipe wants it.
    """
    there = {defect.code for defect in assessment.defects}
    found = {code.value: code in there for code in assessment.looked_for if not (trusted and code in there)}
    if not trusted:
        if DefectCode.BORDER not in there and alpha.min() < SOLID:
            found.pop(DefectCode.BORDER, None)
        return Shown(found=found)
    corners = outer_corners(alpha, SOLID)
    ground = _edge(composed)[_edge(alpha) < NOTHING].T.copy()  # by channel: twenty times faster to look through
    return Shown(
        fill=float(np.ptp(corners, axis=0).max()) if len(corners) else None,
        fill_is_recipes=fully_framed,
        whiteness=float(ground.min()) if ground.size else None,
        plain_background=bool(np.ptp(ground, axis=1).max() <= PLAIN) if ground.size else None,
        background_is_recipes=True,
        found=found,
    )


def facts_of(rendition: Rendition, spec: RenditionSpec, shown: Shown) -> PhotoFacts:
    """Return the facts of a finished file, of which ``shown`` is what the composed picture shows."""
    transparent = spec.view == "cutout"
    return PhotoFacts(
        width=rendition.width,
        height=rendition.height,
        bytes=len(rendition.data),
        format=spec.format,
        colours="RGB",
        moves=False,
        extension_fits=FORMAT_OF.get(PurePosixPath(spec.name).suffix.lower()) == spec.format,
        quality=rendition.quality if spec.format == "JPEG" else None,
        finished=True,
        shown=replace(shown, whiteness=None, plain_background=None) if transparent else shown,
    )


def _edge(pixels: NDArray[Level]) -> NDArray[Level]:
    """Return the pixels along the four sides, shape (N,) or (N, channels)."""
    deep = max(1, round(EDGE * max(pixels.shape[:2])))
    inner = pixels[deep:-deep]
    strips = (pixels[:deep], pixels[-deep:], inner[:, :deep], inner[:, -deep:])
    return np.concatenate([strip.reshape(-1, *pixels.shape[2:]) for strip in strips])
