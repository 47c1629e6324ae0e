"""The matte at output resolution: its soft outline moved onto the photo's own edges."""

import cv2
import numpy as np
from numpy.typing import NDArray

from processing.matte.resizing import enlarge, fit, shrink

GUIDE_SIDE = 400
"""px, the longer side at which the filter's coefficients are computed; this bounds its time."""
EPSILON = 1e-3
"""Colour variance below which a window counts as flat, for colours in [0, 1]: a spread of about 8 levels."""
CERTAIN = 0.04
"""An alpha closer to 0 or 1 than this, together with all its neighbours, is taken as exactly that."""
REACH = 2
"""How many pixels of the small matte the true edge may lie from the estimated one."""
LEAST_RADIUS = 4
"""px of the guide: smaller windows cannot see past a misplaced outline."""
SURE = 0.35
"""What lies closer than this to 0 or 1 after filtering becomes exactly that: a small matte is soft because it does
not know, hardly ever because the product is. Chosen on rendered photos whose true alpha is known."""


def refine(alpha_small: NDArray[np.float32], pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the matte at the size of ``pixels``, following their edges.

    A colour-guided filter [1]_ in its fast form [2]_: around the uncertain outline, alpha is explained as a linear
    function of colour in small windows. As far as colour does not explain it, the enlarged matte stands. Takes at
    most about 60 ms of one core for 1200x1200 px, whatever they show.

    Parameters
    ----------
    alpha_small
        Shape (h, w), in [0, 1]: a matte of the same scene, smaller or as large.
    pixels
        Shape (H, W, 3), sRGB.

    Returns
    -------
    ndarray
        Shape (H, W), float32 in [0, 1]; exactly 0 or 1 wherever ``alpha_small`` is certain all around.

    References
    ----------
    .. [1] He, Sun, Tang, "Guided image filtering", IEEE TPAMI 35(6), 2013.
    .. [2] He, Sun, "Fast guided filter", arXiv:1505.00996, 2015.
    """
    size = (pixels.shape[1], pixels.shape[0])
    kernel = np.ones((2 * REACH + 1, 2 * REACH + 1), np.uint8)
    never = cv2.dilate(alpha_small, kernel) <= CERTAIN
    always = cv2.erode(alpha_small, kernel) >= 1.0 - CERTAIN
    certain = enlarge(np.asarray(always, dtype=np.float32), size)
    uncertain = enlarge(np.asarray(~(never | always), dtype=np.float32), size)

    middle = fit(*size, GUIDE_SIDE)
    guide = shrink(pixels, middle).astype(np.float32) / np.float32(255.0)
    radius = max(LEAST_RADIUS, round(REACH * max(middle) / max(alpha_small.shape)))
    slopes, offset, share = _explain(guide, enlarge(alpha_small, middle), radius)
    products = cv2.multiply(enlarge(slopes, size), pixels, dtype=cv2.CV_32F)
    explained = cv2.transform(products, np.ones((1, 3), np.float32)) + enlarge(offset, size)
    plain = enlarge(alpha_small, size)
    blended = plain + enlarge(share, size) * (explained - plain)

    sharpened = np.clip((blended - SURE) / (1.0 - 2.0 * SURE), 0.0, 1.0)
    # Enlarged alike, the shares of certain product, certain background and uncertain outline still add up to 1.
    mixed = np.clip(certain + uncertain * sharpened, 0.0, 1.0)
    return np.where(uncertain > 0.0, mixed, np.rint(certain)).astype(np.float32, copy=False)


def _explain(
    guide: NDArray[np.float32], alpha: NDArray[np.float32], radius: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return alpha as a linear function of colour around each pixel, and how much of it that explains.

    The slopes (H, W, 3) are per grey level; with them come the offset (H, W) and the explained share of alpha's
    variance (H, W), in [0, 1].
    """
    window = (2 * radius + 1, 2 * radius + 1)
    mean = cv2.blur(guide, window)
    mean_alpha = cv2.blur(alpha, window)
    cross = cv2.blur(guide * alpha[..., None], window) - mean * mean_alpha[..., None]
    # The colour covariance of each window is symmetric: its three squares, then its three mixed products.
    turned = [1, 2, 0]
    squares = cv2.blur(guide * guide, window) - mean * mean + np.float32(EPSILON)
    mixed = cv2.blur(guide * guide[..., turned], window) - mean * mean[..., turned]
    rr, gg, bb = cv2.split(squares)
    rg, gb, br = cv2.split(mixed)
    # Its inverse by cofactors, which is exact for 3x3 and needs no solver per pixel.
    c_rr, c_rg, c_rb = gg * bb - gb * gb, br * gb - rg * bb, rg * gb - br * gg
    c_gg, c_gb, c_bb = rr * bb - br * br, rg * br - rr * gb, rr * gg - rg * rg
    determinant = rr * c_rr + rg * c_rg + br * c_rb
    xr, xg, xb = cv2.split(cross)
    slopes = cv2.merge(
        [
            (c_rr * xr + c_rg * xg + c_rb * xb) / determinant,
            (c_rg * xr + c_gg * xg + c_gb * xb) / determinant,
            (c_rb * xr + c_gb * xg + c_bb * xb) / determinant,
        ]
    )
    offset = mean_alpha - np.einsum("hwc,hwc->hw", slopes, mean)
    spread = np.maximum(cv2.blur(alpha * alpha, window) - mean_alpha * mean_alpha, np.float32(1e-4))
    share = np.clip(np.einsum("hwc,hwc->hw", slopes, cross) / spread, 0.0, 1.0)
    return (
        np.asarray(cv2.blur(slopes, window) / np.float32(255.0), dtype=np.float32),
        np.asarray(cv2.blur(offset, window), dtype=np.float32),
        np.asarray(cv2.blur(share, window), dtype=np.float32),
    )
