"""The old background's tint on the product's edge, taken off."""

import cv2
import numpy as np
from numpy.typing import NDArray

from processing.channels import over_channels
from processing.resizing import enlarge, fit, shrink

SIDE = 400
"""px: the longer side at which colours are compared; a tint is smooth, so nothing is lost."""
REACH = 4
"""px of ``SIDE`` that a tint reaches inside the outline. It and the figures below are by eye, not measured."""
APART = 2
"""px of ``SIDE`` beyond the outline from which the background has no more of the product."""
AROUND = 6
"""px of ``SIDE``: the radius over which the product's own colour and the background's are averaged."""
SUPPORT = 0.02
"""Share of that neighbourhood from which a mean stands for something."""
MIDDLE = 0.5
"""Coverage at the outline."""
DISTINCT = 8.0
"""Levels of chroma between the two means from which a tint can be told from the product's own colour."""


def take_off_spill(
    colours: NDArray[np.uint8], photo: NDArray[np.uint8], alpha: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """Return the product's colours without the background's tint along the outline.

    A phone keeps colour at half the resolution of brightness, and its lens spreads it further: a line of pixels
    that are wholly the product's is tinted all the same. There, what chroma departs from the product's own mean
    in the background's direction is taken back. Brightness, and with it every pattern and edge, stays.

    Parameters
    ----------
    colours
        Shape (H, W, 3), sRGB: the product's, from :func:`processing.matte.foreground.estimate_foreground`.
    photo
        Shape (H, W, 3), sRGB.
    alpha
        Shape (H, W), in [0, 1].

    Returns
    -------
    ndarray
        Shape (H, W, 3), uint8: equal to ``colours`` where alpha is 0, and further inside than about 1/100 of the
        longer side.
    """
    size = (alpha.shape[1], alpha.shape[0])
    near = fit(*size, SIDE)
    cover = shrink(alpha, near)
    chroma = cv2.cvtColor(shrink(photo, near), cv2.COLOR_RGB2YCrCb)[..., 1:].astype(np.float32)
    within = np.asarray(cv2.erode(cover, _disc(REACH)), np.float32)
    beyond = np.asarray(1.0 - cv2.dilate(cover, _disc(APART)), np.float32)
    own, is_own = _mean(chroma, within)
    other, is_other = _mean(chroma, beyond)
    step = other - own
    length = np.einsum("hwc,hwc->hw", step, step)
    told = is_own & is_other & (length > DISTINCT**2)

    inside = cv2.distanceTransform((cover > MIDDLE).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_3)
    strength = enlarge(np.where(told, np.clip((REACH + 1 - inside) / 2.0, 0.0, 1.0), 0.0).astype(np.float32), size)
    edge = np.flatnonzero((strength > 0.0) & (alpha > 0.0))
    if not len(edge):
        return colours
    # The means are smooth: the nearest will do, and only the edge's are needed.
    (height, width), (rows, columns) = cover.shape, np.divmod(edge, size[0])
    nearest = rows * height // size[1] * width + columns * width // size[0]
    own, step = (np.take(means.reshape(-1, 2), nearest, axis=0) for means in (own, step))
    # One row of pixels: OpenCV converts pictures, not lists.
    tinted = cv2.cvtColor(np.take(colours.reshape(-1, 3), edge, axis=0)[None], cv2.COLOR_RGB2YCrCb)[0]
    departs = np.sum((tinted[:, 1:] - own) * step, axis=1) / np.maximum(np.sum(step * step, axis=1), 1.0)
    taken = np.clip(departs, 0.0, 1.0) * np.take(strength, edge)
    tinted[:, 1:] = np.clip(np.rint(tinted[:, 1:] - taken[:, None] * step), 0.0, 255.0).astype(np.uint8)
    freed = colours.copy()
    freed.reshape(-1, 3)[edge] = cv2.cvtColor(tinted[None], cv2.COLOR_YCrCb2RGB)[0]
    return freed


def _disc(radius: int) -> NDArray[np.uint8]:
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
    return np.asarray(disc, np.uint8)


def _mean(
    chroma: NDArray[np.float32], weight: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return the weighted mean (H, W, 2) around each pixel, and where there is enough for one."""
    window = (2 * AROUND + 1, 2 * AROUND + 1)
    share = np.asarray(cv2.blur(weight, window), np.float32)
    mean = cv2.blur(chroma * over_channels(weight, 2), window) / over_channels(np.maximum(share, 1e-5), 2)
    return np.asarray(mean, np.float32), share > SUPPORT
