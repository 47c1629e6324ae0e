"""Bystanders: things that lie on the ground beside the product, which the cut-out has rightly left out."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from models.geometry import Box
from processing.assess.places import places_of

SIDE = 64
"""px of the photo's longer side: grain, weave and the joints of a floor vanish at it."""

LEAST_GROUND = 0.1
"""Share of the photo under which there is too little ground for anything to lie on."""

STEPS = (8.0, 6.0, 6.0)
"""CIELAB units between two levels at which the ground is parted, in lightness and in the two colours."""

SMALLEST, LARGEST = 0.006, 0.25
"""Share of the photo that a thing covers."""

COMPACT = 0.55
"""Share of its convex hull that a thing fills: shadows and gaps between patterns are ragged."""

UNLIKE = 15.0
"""CIELAB units by which a thing differs from nearly all that is around it."""

NEARLY_ALL = 0.15
"""Share of what is around it that may be nearer to it in colour than that."""

_NEXT, _AROUND = np.ones((3, 3), np.uint8), np.ones((7, 7), np.uint8)


def find_bystander(pixels: NDArray[np.uint8], product: NDArray[np.bool_]) -> tuple[float, Box | None]:
    """Return how large the largest thing beside the product is, as a share of the product's area, and its place.

    At every level of lightness and colour the ground falls into parts. One that reaches neither the product nor
    the photo's sides is enclosed, as by maximally stable extremal regions [1]_ of which no stability is asked; it
    is a thing where it also is compact and unlike what encloses it. What is between a product's legs, or shines
    beside it, touches the product.

    Parameters
    ----------
    pixels
        sRGB, shape (H, W, 3).
    product
        Shape (H, W).

    References
    ----------
    .. [1] Matas et al., "Robust wide-baseline stereo from maximally stable extremal regions", BMVC 2002.
    """
    scale = SIDE / max(product.shape)
    size = (max(8, round(product.shape[1] * scale)), max(8, round(product.shape[0] * scale)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.float32) / 255
    lab = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), np.float32)
    covered = cv2.resize(product.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
    near = np.asarray(cv2.dilate(covered.astype(np.uint8), _NEXT)) > 0
    if (~near).mean() < LEAST_GROUND:
        return 0.0, None
    things = (part for part in _enclosed(lab, near) if _is_thing(lab, part, near))
    largest = max(things, key=lambda part: int(part.sum()), default=None)
    if largest is None:
        return 0.0, None
    return int(largest.sum()) / int(covered.sum()), places_of(largest)[0]


def _enclosed(lab: NDArray[np.float32], near: NDArray[np.bool_]) -> Iterator[NDArray[np.bool_]]:
    """Yield the parts of the ground, shape (H, W), that reach neither the product nor the photo's sides."""
    outer = cv2.dilate(near.astype(np.uint8), _NEXT)
    outer[[0, -1]] = outer[:, [0, -1]] = 1
    reached, ground = outer > 0, ~near
    seen: set[tuple[int, ...]] = set()
    for channel, step in enumerate(STEPS):
        values = lab[..., channel]
        low, high = np.quantile(values[ground], (0.01, 0.99))
        for level in np.arange(low + step / 2, high, step):
            above = values > level
            for side in (above & ground, ~above & ground):
                _, parts, figures, _ = cv2.connectedComponentsWithStats(side.astype(np.uint8), connectivity=4)
                areas = figures[:, cv2.CC_STAT_AREA]
                fits = (areas >= SMALLEST * values.size) & (areas <= LARGEST * values.size)
                fits[0] = False
                if fits.any():
                    fits[parts[reached]] = False
                for part in np.flatnonzero(fits):
                    place = tuple(int(figure) // 2 for figure in figures[part, :4])
                    if place not in seen:
                        seen.add(place)
                        yield parts == part


def _is_thing(lab: NDArray[np.float32], part: NDArray[np.bool_], near: NDArray[np.bool_]) -> bool:
    mask = part.astype(np.uint8)
    ring = (cv2.dilate(mask, _AROUND) > 0) & (cv2.dilate(mask, _NEXT) == 0) & ~near
    core = np.asarray(cv2.erode(mask, _NEXT)) > 0
    if not core.any() or not ring.any():
        return False
    apart = np.linalg.norm(lab[ring] - lab[core].mean(axis=0), axis=1)
    if float(np.quantile(apart, NEARLY_ALL)) < UNLIKE:
        return False
    outline, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(max(outline, key=len))
    around = cv2.contourArea(hull) + cv2.arcLength(hull, closed=True) / 2  # px are squares, not their middles
    return int(part.sum()) >= COMPACT * around
