"""The matte at output resolution: its soft outline moved onto the photo's own edges."""

import cv2
import numpy as np
from numpy.typing import NDArray

from processing.resizing import enlarge, fit, shrink

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
    function of colour in small windows. As far as colour does not explain it, the enlarged matte stands. Takes
    about 25 ms of one core for 1200x1200 px.

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
    alpha = np.rint(certain)
    # Only the band around the outline, a small part of the picture, needs the equation at full resolution.
    band = np.flatnonzero(uncertain > 0.0)
    if not len(band):
        return alpha

    middle = fit(*size, GUIDE_SIDE)
    guide = shrink(pixels, middle).astype(np.float32) / np.float32(255.0)
    radius = max(LEAST_RADIUS, round(REACH * max(middle) / max(alpha_small.shape)))
    slopes, offset, share = _explain(guide, enlarge(alpha_small, middle), radius)
    colours = np.take(pixels.reshape(-1, 3), band, axis=0)
    explained = np.einsum("nc,nc->n", _at(band, slopes, size), colours) + _at(band, offset, size)
    plain = _at(band, alpha_small, size)
    blended = plain + _at(band, share, size) * (explained - plain)

    sharpened = np.clip((blended - SURE) / (1.0 - 2.0 * SURE), 0.0, 1.0)
    # Enlarged alike, the shares of certain product, certain background and uncertain outline still add up to 1.
    mixed = np.take(certain, band) + np.take(uncertain, band) * sharpened
    np.put(alpha, band, np.clip(mixed, 0.0, 1.0))
    return alpha


def _at(places: NDArray[np.intp], array: NDArray[np.float32], size: tuple[int, int]) -> NDArray[np.float32]:
    """Return what ``array`` has at ``places`` (N), counted row by row, once it is enlarged to ``size``."""
    enlarged = enlarge(array, size)
    return np.take(enlarged.reshape(-1, *enlarged.shape[2:]), places, axis=0)


def _explain(
    guide: NDArray[np.float32], alpha: NDArray[np.float32], radius: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return alpha as a linear function of colour around each pixel, and how much of it that explains.

    The slopes (H, W, 3) are per grey level; with them come the offset (H, W) and the explained share of alpha's
    variance (H, W), in [0, 1].
    """
    window = (2 * radius + 1, 2 * radius + 1)
    # Plane by plane: interleaved colours would cost twice the time.
    r, g, b = cv2.split(guide)
    mean_r, mean_g, mean_b, mean_alpha = (cv2.blur(plane, window) for plane in (r, g, b, alpha))
    xr = cv2.blur(r * alpha, window) - mean_r * mean_alpha
    xg = cv2.blur(g * alpha, window) - mean_g * mean_alpha
    xb = cv2.blur(b * alpha, window) - mean_b * mean_alpha
    # The colour covariance of each window is symmetric: its three squares, then its three mixed products.
    rr = cv2.blur(r * r, window) - mean_r * mean_r + np.float32(EPSILON)
    gg = cv2.blur(g * g, window) - mean_g * mean_g + np.float32(EPSILON)
    bb = cv2.blur(b * b, window) - mean_b * mean_b + np.float32(EPSILON)
    rg = cv2.blur(r * g, window) - mean_r * mean_g
    gb = cv2.blur(g * b, window) - mean_g * mean_b
    br = cv2.blur(b * r, window) - mean_b * mean_r
    # Its inverse by cofactors, which is exact for 3x3 and needs no solver per pixel.
    c_rr, c_rg, c_rb = gg * bb - gb * gb, br * gb - rg * bb, rg * gb - br * gg
    c_gg, c_gb, c_bb = rr * bb - br * br, rg * br - rr * gb, rr * gg - rg * rg
    determinant = rr * c_rr + rg * c_rg + br * c_rb
    slope_r = (c_rr * xr + c_rg * xg + c_rb * xb) / determinant
    slope_g = (c_rg * xr + c_gg * xg + c_gb * xb) / determinant
    slope_b = (c_rb * xr + c_gb * xg + c_bb * xb) / determinant
    offset = mean_alpha - (slope_r * mean_r + slope_g * mean_g + slope_b * mean_b)
    spread = np.maximum(cv2.blur(alpha * alpha, window) - mean_alpha * mean_alpha, np.float32(1e-4))
    share = np.clip((slope_r * xr + slope_g * xg + slope_b * xb) / spread, 0.0, 1.0)
    slopes = cv2.merge([slope_r, slope_g, slope_b])
    return (
        np.asarray(cv2.blur(slopes, window) / np.float32(255.0), dtype=np.float32),
        np.asarray(cv2.blur(offset, window), dtype=np.float32),
        np.asarray(cv2.blur(share, window), dtype=np.float32),
    )
