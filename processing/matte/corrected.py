"""A photo's matte as a person has corrected it."""

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from models.matte import Doubt, Matte
from models.strokes import Stroke
from processing.extent import SOLID
from processing.matte.refine import SURE
from processing.matte.strokes import follow_strokes
from processing.resizing import resize

OUTLINE = 4
"""px: what is faint and farther than this from the product is no outline of it."""


def correct(pixels: NDArray[np.uint8], matte: Matte, strokes: tuple[Stroke, ...]) -> Matte:
    """Return a photo's matte as a person's strokes correct it, at its own size; the same one without strokes.

    ``pixels``, sRGB of shape (H, W, 3), show the whole photo at the matte's size or larger.

    Nothing faint is left that she cannot see, but the product would be framed by. Her word settles every doubt.
    Where she has removed everything there is no product, and nothing to trust.
    """
    if not strokes:
        return matte
    height, width = matte.alpha.shape
    alpha = _without_haze(follow_strokes(resize(pixels, (width, height)), matte.alpha, strokes))
    if not np.any(alpha > SOLID):
        return replace(matte, alpha=alpha, trust=0.0, doubts=(Doubt.NOTHING_FOUND,))
    return replace(matte, alpha=alpha, doubts=(), corrected=True)


def _without_haze(alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a matte without what refining takes for nothing, but for the product's own soft outline."""
    kernel = np.ones((2 * OUTLINE + 1, 2 * OUTLINE + 1), np.uint8)
    outlined = cv2.dilate((alpha > SOLID).astype(np.uint8), kernel) > 0
    return np.where(outlined | (alpha >= SURE), alpha, np.float32(0.0))
