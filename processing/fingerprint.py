"""Fingerprint: what a photo is known again by when it was saved anew, resized, cropped a little or brightened."""

from functools import cache
from io import BytesIO
from itertools import product
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.fingerprint import Fingerprint
from models.picture import Picture
from processing.resizing import resize, shrink

WORKING_SIDE = 256
"""px; longer side at which striking places are looked for."""

PICTURE_SIDE = 64
"""px; of the small picture that is kept."""

PICTURE_QUALITY = 90
"""WebP's; below it the faint detail of a dim photo is gone."""

PLACES = 32
"""The most striking places that count; 24 of them are kept as marks, but some marks are too common to tell."""

FEWEST = 4
"""Places under which a photo is too plain to be known again: a wall, a black frame."""

LEAST_SIZE = 5.0
"""px; diameter under which a place is grain."""

LEAST_CONTRAST = 0.01
"""SIFT's own measure; low, for dim photos. The strongest are taken anyway."""

BITS = 28
"""Of a mark, that describe the place; the rest says where it is."""

CELLS = 6
"""Of the photo's width and height, to tell where a place is."""

SLACK = 0.05
"""Share of width and height by which cropping can move a place."""

DOUBTFUL = 4
"""Bits of a mark that are nearest to turning, of which one may have turned on a copy."""

_DESCRIPTOR = 128
_SEED = 7
"""Of the fixed directions that descriptors are projected on: another one gives other marks."""


def take_fingerprint(picture: Picture) -> Fingerprint | None:
    """Return a photo's fingerprint, or ``None`` for one that is too plain to have one.

    Striking places are scale-space extrema [1]_, described upright, since a copy is not turned. The sign of each
    of :data:`BITS` random projections of the descriptor gives a bit [2]_, and the place's cell on the photo the
    rest: that the same place has the same mark on a copy is likely, not sure, and one of 24 is enough.

    References
    ----------
    .. [1] Lowe, "Distinctive image features from scale-invariant keypoints", IJCV 60(2), 2004; its root as by
       Arandjelovic and Zisserman, CVPR 2012.
    .. [2] Charikar, "Similarity estimation techniques from rounding algorithms", STOC 2002.
    """
    luma = np.asarray(cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    height, width = luma.shape
    scale = WORKING_SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    reduced = _spread(resize(luma, size))
    places = _striking(reduced)
    if len(places) < FEWEST:
        return None
    projected, where = _describe(reduced, places)
    marks = _marks(_codes(projected), where)
    near = [where + np.array(shift) for shift in product((-SLACK, 0.0, SLACK), repeat=2)]
    probes = {mark for codes in _likely(projected) for places in near for mark in _marks(codes, places)}
    return Fingerprint(picture=_small(luma), marks=tuple(dict.fromkeys(marks)), probes=tuple(sorted(probes)))


@cache
def _detector() -> cv2.SIFT:
    return cv2.SIFT.create(contrastThreshold=LEAST_CONTRAST, edgeThreshold=12)


@cache
def _directions() -> NDArray[np.float32]:
    drawn = np.random.default_rng(_SEED).standard_normal((_DESCRIPTOR, BITS))
    return np.asarray(drawn - drawn.mean(axis=0), dtype=np.float32)


def _striking(luma: NDArray[np.uint8]) -> list[cv2.KeyPoint]:
    """Return the strongest places, the strongest first, each once however many directions it has."""
    found = sorted(_detector().detect(luma, None), key=lambda place: -place.response * place.size)
    once: dict[tuple[int, ...], cv2.KeyPoint] = {}
    for place in found:
        if place.size >= LEAST_SIZE:
            place.angle = 0
            once.setdefault((round(place.pt[0]), round(place.pt[1]), round(place.size)), place)
    return list(once.values())[:PLACES]


def _describe(luma: Any, places: list[cv2.KeyPoint]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:  # noqa: ANN401 - as OpenCV's own types have it
    """Return the projected descriptors, shape (N, BITS), and the places in shares of width and height, (N, 2)."""
    kept, descriptors = _detector().compute(luma, places)
    root = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-6))
    where = np.array([place.pt for place in kept]) / np.array(luma.shape[::-1])
    return np.asarray(root @ _directions(), dtype=np.float32), np.asarray(where, dtype=np.float32)


def _codes(projected: NDArray[np.float32]) -> NDArray[np.int64]:
    return np.asarray((projected > 0) @ (1 << np.arange(BITS, dtype=np.int64)), dtype=np.int64)


def _likely(projected: NDArray[np.float32]) -> list[NDArray[np.int64]]:
    """Return the codes, and those with each of the most doubtful bits turned."""
    codes = _codes(projected)
    weakest = np.argsort(np.abs(projected), axis=1)[:, :DOUBTFUL]
    return [codes, *(codes ^ (1 << weakest[:, bit].astype(np.int64)) for bit in range(DOUBTFUL))]


def _marks(codes: NDArray[np.int64], where: NDArray[np.float32]) -> list[int]:
    cells = np.clip((where * CELLS).astype(np.int64), 0, CELLS - 1)
    return [int(mark) for mark in codes * CELLS**2 + cells[:, 1] * CELLS + cells[:, 0]]


def _small(luma: NDArray[np.uint8]) -> bytes:
    small = _spread(shrink(luma, (PICTURE_SIDE, PICTURE_SIDE)))
    out = BytesIO()
    Image.fromarray(small).save(out, "WEBP", quality=PICTURE_QUALITY, method=4)
    return out.getvalue()


def _spread(luma: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the same picture with its darkest pixel at 0 and its brightest at 255."""
    return np.asarray(cv2.normalize(luma, np.empty_like(luma), 0, 255, cv2.NORM_MINMAX), dtype=np.uint8)
