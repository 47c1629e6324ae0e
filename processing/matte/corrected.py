"""A photo's matte as a person has corrected it."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from models.matte import Doubt, Matte
from models.strokes import Stroke
from processing.extent import SOLID
from processing.matte.haze import without_haze
from processing.matte.strokes import follow_strokes
from processing.resizing import resize


def correct(pixels: NDArray[np.uint8], matte: Matte, strokes: tuple[Stroke, ...]) -> Matte:
    """Return a photo's matte as a person's strokes correct it, at its own size; the same one without strokes.

    ``pixels``, sRGB of shape (H, W, 3), show the whole photo at the matte's size or larger.

    Nothing faint is left that she cannot see, but the product would be framed by. Her word settles every doubt.
    Where she has removed everything there is no product, and nothing to trust.
    """
    if not strokes:
        return matte
    height, width = matte.alpha.shape
    alpha = without_haze(follow_strokes(resize(pixels, (width, height)), matte.alpha, strokes))
    if not np.any(alpha > SOLID):
        return replace(matte, alpha=alpha, trust=0.0, doubts=(Doubt.NOTHING_FOUND,))
    return replace(matte, alpha=alpha, doubts=(), corrected=True)
