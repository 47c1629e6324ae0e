"""What can be measured about how likely a classical matte is right."""

import cv2
import numpy as np
from numpy.typing import NDArray

from processing.matte.outline import contrast_across
from processing.matte.parts import share_of_strangers
from processing.matte.shape import measure_shape

UNLIKE = 3.0
"""Standard deviations from the background at which the frame's colours alone would call a pixel product."""
SALIENT = 0.4
CLEAR_CONTRAST = 30.0
"""CIELAB units of contrast beyond which more tells nothing."""
NEARLY_BOX = 0.9
"""Share of its bounding box from which a product begins to look like a picture within a picture."""


def weigh(
    lab: NDArray[np.float32],
    saliency: NDArray[np.float32],
    unlikeness: NDArray[np.float32],
    product: NDArray[np.bool_],
) -> dict[str, float]:
    """Return the evidence for and against ``product`` (H, W), each figure in [0, 1].

    ``lab`` (H, W, 3) is the photo in CIELAB; ``saliency`` (H, W) comes from
    :func:`processing.matte.saliency.find_salient`, ``unlikeness`` (H, W) from
    :func:`processing.matte.border.border_distance`.

    Besides the figures of :func:`processing.matte.shape.measure_shape`:

    ``agrees_saliency``
        Overlap (intersection over union) with what saliency alone calls the product.
    ``weakest``
        Colour contrast across the outline where it is low: its lowest tenth.
    ``stray``
        Share of what is outside the product that the frame's colours do not explain.
    ``ragged``
        Share of their convex hulls that the product's parts leave empty, as far as what the frame's colours call
        the product does not overlap with it: a star is as right as a disc where both estimates agree on it.
    ``boxed``
        How nearly the product is an upright rectangle, as a picture in a white frame is, times its share of the
        photo.
    ``strangers``
        Share of the product in parts that do not look like its largest.
    """
    odd = cv2.medianBlur((unlikeness > UNLIKE).astype(np.uint8), 5) > 0
    contrast = np.minimum(contrast_across(lab, product), CLEAR_CONTRAST)
    return {
        **measure_shape(product.astype(np.float32)),
        "agrees_saliency": _overlap(product, saliency > SALIENT),
        "weakest": float(np.quantile(contrast, 0.1)) / CLEAR_CONTRAST,
        "stray": float(np.mean(odd[~product])) if not product.all() else 0.0,
        "ragged": (1.0 - _solidity(product)) * (1.0 - _overlap(product, np.asarray(odd))),
        "boxed": _boxed(product),
        "strangers": share_of_strangers(lab, product),
    }


def _overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    union = np.count_nonzero(one | other)
    return float(np.count_nonzero(one & other)) / union if union else 0.0


def _solidity(product: NDArray[np.bool_]) -> float:
    contours, _ = cv2.findContours(product.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hulls = sum(cv2.contourArea(cv2.convexHull(contour)) for contour in contours)
    return sum(cv2.contourArea(contour) for contour in contours) / hulls if hulls > 0.0 else 0.0


def _boxed(product: NDArray[np.bool_]) -> float:
    _, _, width, height = cv2.boundingRect(product.astype(np.uint8))
    extent = np.count_nonzero(product) / max(1, width * height)
    return max(0.0, (extent - NEARLY_BOX) / (1.0 - NEARLY_BOX)) * width * height / product.size
