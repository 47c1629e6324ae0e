"""What can be measured about how likely a network's matte is right."""

import cv2
import numpy as np
from numpy.typing import NDArray

from processing.matte.parts import share_of_strangers
from processing.matte.shape import INSIDE, measure_shape
from processing.matte.surroundings import measure_surroundings


def weigh(pixels: NDArray[np.uint8], alpha: NDArray[np.float32]) -> dict[str, float]:
    """Return the evidence for and against ``alpha`` (H, W) of a photo, sRGB (H, W, 3); each figure in [0, 1].

    Besides the figures of :func:`processing.matte.shape.measure_shape` and, in their own units, those of
    :func:`processing.matte.surroundings.measure_surroundings`:

    ``hesitant``
        How undecided the network is over the whole photo: 4 a (1 - a) summed, relative to the product's area.
    ``timid``
        What alpha lacks of 1 inside the product, on average.
    ``strangers``
        Share of the product in parts that do not look like its largest.
    """
    shape = measure_shape(alpha)
    product = alpha >= INSIDE
    area = float(np.count_nonzero(product))
    if area == 0.0:
        return {**shape, "hesitant": 1.0, "timid": 1.0, "strangers": 0.0, "apart": 100.0, "clutter": 0.0}
    lab = np.asarray(cv2.cvtColor(pixels.astype(np.float32) / np.float32(255.0), cv2.COLOR_RGB2LAB), np.float32)
    return {
        **shape,
        **measure_surroundings(lab, product),
        "hesitant": min(1.0, float((4.0 * alpha * (1.0 - alpha)).sum()) / area),
        "timid": 1.0 - float(alpha[product].mean()),
        "strangers": share_of_strangers(lab, product),
    }


def disagreement(alpha: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Return one less the overlap (IoU) of what two mattes (H, W) of a photo hold for the product, in [0, 1]."""
    one, two = alpha >= INSIDE, other >= INSIDE
    either = np.count_nonzero(one | two)
    return 1.0 - np.count_nonzero(one & two) / either if either else 0.0
