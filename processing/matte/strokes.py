"""A person's strokes on a matte: what she painted over is as she says, and around it what goes with it."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.strokes import Mark, Stroke
from processing.matte.crumbs import CRUMB
from processing.resizing import enlarge, fit, shrink

WORKING_SIDE = 256
"""px, the longer side at which the outline is looked for; at 384 it is no better, and takes twice the time."""
REACH = 0.25
"""Share of the photo's longer side: what lies farther from every stroke than this stays as it was."""
ROUNDS = 2
PRODUCT = 0.5
"""The alpha from which a pixel counts as the product."""
SOFT = 0.05
"""The alpha from which a pixel that goes with what is removed has to go too."""
EDGE = 2
"""px at the working size: what is soft so close to what stays is its outline."""
FRACTION_BITS = 3
"""Of a pixel's place, for OpenCV's drawing."""
NOWHERE, KEPT, REMOVED = 0, 1, 2
LABEL = {Mark.KEEP: KEPT, Mark.REMOVE: REMOVED}


def paint(strokes: tuple[Stroke, ...], size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return what is painted over at ``size`` (width, height): KEPT, REMOVED or NOWHERE, shape (H, W)."""
    painted = np.zeros((size[1], size[0]), np.uint8)
    for stroke in strokes:
        # The right and lower edges are half a pixel beyond the last one.
        places = np.minimum(np.array(stroke.points, np.float64) * size - 0.5, np.array(size) - 1)
        thickness = max(1, round(stroke.width * max(size)))
        # A line to where it began, so that a single touch is a dot.
        line = np.round(np.concatenate([places, places[-1:]]) * (1 << FRACTION_BITS)).astype(np.int32)
        cv2.polylines(painted, [line], False, LABEL[stroke.mark], thickness, cv2.LINE_8, FRACTION_BITS)
    return painted


def follow_strokes(
    pixels: NDArray[np.uint8], alpha: NDArray[np.float32], strokes: tuple[Stroke, ...]
) -> NDArray[np.float32]:
    """Return a matte as a few strokes correct it.

    GrabCut [1]_ within reach of the strokes: it starts from the matte that there was, holds on to what is painted,
    and learns its colours from what lies around. Of what it would change, only what hangs together with a stroke
    that says so is changed: a stroke that removes never adds anything elsewhere. Takes about 50 ms of one core.

    Parameters
    ----------
    pixels
        Shape (H, W, 3), sRGB.
    alpha
        Shape (H, W), in [0, 1].
    strokes
        Without any, ``alpha`` itself is returned.

    Returns
    -------
    ndarray
        Shape (H, W), float32 in [0, 1]: exactly 1 where a stroke keeps, 0 where one removes, and as it was
        farther than :data:`REACH` from all of them. The same input gives the same bytes.

    References
    ----------
    .. [1] Rother, Kolmogorov, Blake, "GrabCut: interactive foreground extraction using iterated graph cuts",
       ACM TOG 23(3), 2004.
    """
    if not strokes:
        return alpha
    size = (alpha.shape[1], alpha.shape[0])
    small = fit(*size, WORKING_SIDE)
    before = shrink(alpha, small)
    was, painted = before > PRODUCT, paint(strokes, small)
    near = _within_reach(painted)
    found = _cut(shrink(pixels, small), was, painted, near)
    faint = (before > SOFT) & near & ~_widened(found)
    takes = _hanging_together((was & ~found) | faint, painted == REMOVED)
    gives = _hanging_together(~was & found, painted == KEPT)
    takes |= _crumbs((was & ~takes) | gives, takes, painted == KEPT) & near
    taken, given = (enlarge(change.astype(np.float32), size) for change in (takes, gives))
    corrected = np.asarray(np.clip(alpha * (1.0 - taken - given) + given, 0.0, 1.0), dtype=np.float32)
    at_size = paint(strokes, size)
    corrected[at_size == KEPT] = 1.0
    corrected[at_size == REMOVED] = 0.0
    return corrected


def _within_reach(painted: NDArray[np.uint8]) -> NDArray[np.bool_]:
    nowhere = (painted == NOWHERE).astype(np.uint8)
    away = cv2.distanceTransform(nowhere, cv2.DIST_L2, cv2.DIST_MASK_5)
    return np.asarray(away <= REACH * max(painted.shape))


def _cut(
    pixels: NDArray[np.uint8], was: NDArray[np.bool_], painted: NDArray[np.uint8], near: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return the product (H, W) as it is found anew where it is ``near`` to what is painted."""
    kinds = np.where(near, np.where(was, cv2.GC_PR_FGD, cv2.GC_PR_BGD), np.where(was, cv2.GC_FGD, cv2.GC_BGD))
    kinds[painted == KEPT] = cv2.GC_FGD
    kinds[painted == REMOVED] = cv2.GC_BGD
    rows, columns = (np.flatnonzero(near.any(axis=axis)) for axis in (1, 0))
    around = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    window = np.ascontiguousarray(kinds[around], dtype=np.uint8)
    found = _is_product(kinds)
    # With nothing of the one kind in sight there is nothing to learn it from.
    if _is_product(window).any() and not _is_product(window).all():
        # It draws lots for the first guess at the colours.
        cv2.setRNGSeed(0)
        models = np.zeros((1, 65)), np.zeros((1, 65))
        seen = np.ascontiguousarray(pixels[around])
        cv2.grabCut(seen, window, (0, 0, 1, 1), *models, ROUNDS, cv2.GC_INIT_WITH_MASK)
        found[around] = _is_product(window)
    return found


def _is_product(kinds: NDArray[np.integer]) -> NDArray[np.bool_]:
    return np.asarray((kinds == cv2.GC_FGD) | (kinds == cv2.GC_PR_FGD))


def _hanging_together(change: NDArray[np.bool_], painted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return what of a change (H, W) touches what is painted, directly or through more of it."""
    _, parts = cv2.connectedComponents((change | painted).astype(np.uint8), connectivity=4)
    return change & np.isin(parts, np.unique(parts[painted]))


def _crumbs(product: NDArray[np.bool_], takes: NDArray[np.bool_], kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return small parts of the product (H, W) that what is taken has cut off, and that nobody said to keep."""
    _, parts, stats, _ = cv2.connectedComponentsWithStats(product.astype(np.uint8), connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    small = 1 + np.flatnonzero(areas[1:] < CRUMB * areas[1:].max(initial=0))
    cut_off = np.setdiff1d(np.intersect1d(small, parts[_widened(takes)]), parts[kept])
    return np.isin(parts, cut_off)


def _widened(area: NDArray[np.bool_]) -> NDArray[np.bool_]:
    kernel = np.ones((2 * EDGE + 1, 2 * EDGE + 1), np.uint8)
    return np.asarray(cv2.dilate(area.astype(np.uint8), kernel) > 0)
