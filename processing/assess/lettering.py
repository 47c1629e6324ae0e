"""Lettering: how one line of text lies on a photo, which tells print on a product from what was laid over it."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading import TextLine

HEIGHT = 24
"""px; letters are looked at no higher than this."""

AROUND = 0.4
"""Share of a line's height that is looked at around it."""

STRETCHES = 8
"""Parts of a line's length whose colours are compared."""

FEWEST = 12
"""px of ink or ground under which its core is not told from its rim."""

_QUARTER = 90.0


@dataclass(frozen=True, slots=True)
class Lettering:
    """One line of text and its figures."""

    line: TextLine
    angle: float
    """Degrees clockwise from level, in (-90, 90]."""
    off_axis: float
    """Degrees between it and the nearer of the photo's axes."""
    length: float
    """Share of the photo's longer side."""
    height: float
    """Share of the photo's longer side."""
    row: float
    """How far its middle lies down the page for whoever reads it, as a share of the photo's longer side."""
    margin: float
    """Distance to the nearer of the two sides that it runs along, as a share of the photo's longer side."""
    on_product: float | None
    """Share of its words that lies on the product; ``None`` where that is not known."""
    contrast: float
    """CIELAB units between ink and ground."""
    ground_spread: float
    """CIELAB units by which the ground between the letters varies from pixel to pixel."""
    ground_drift: float
    """CIELAB units by which the ground varies along the line."""

    @property
    def letters(self) -> int:
        """How many letters and digits it has."""
        return sum(character.isalnum() for character in self.line.text)

    @property
    def centre(self) -> tuple[float, float]:
        """Fractions of the photo's width and height."""
        across, down = zip(*self.line.corners, strict=True)
        return sum(across) / len(across), sum(down) / len(down)


def look_at(
    line: TextLine,
    pixels: NDArray[np.uint8],
    product: NDArray[np.bool_] | None,
    words: Sequence[TextLine] = (),
) -> Lettering:
    """Return a line's figures.

    Parameters
    ----------
    pixels
        sRGB, shape (H, W, 3), at the size that the line was read at.
    product
        Shape (h, w) of any size, or ``None`` where the product is not known.
    words
        From which the line was joined, if it was, and others: what lies between two words is none of it.
    """
    height, width = pixels.shape[:2]
    longer = max(height, width)
    corners = np.array(line.corners) * (width, height)
    along, across = corners[1] - corners[0], corners[3] - corners[0]
    if np.hypot(*across) > np.hypot(*along):
        corners = np.roll(corners, -1, axis=0)
        along, across = corners[1] - corners[0], corners[3] - corners[0]
    angle = float(np.degrees(np.arctan2(along[1], along[0])))
    aside = abs(angle) % _QUARTER
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    margins = (top, height - bottom) if abs(along[0]) >= abs(along[1]) else (left, width - right)
    contrast, spread, drift = _colours(_levelled(pixels, corners))
    return Lettering(
        line=line,
        angle=angle,
        off_axis=min(aside, _QUARTER - aside),
        length=float(np.hypot(*along)) / longer,
        height=float(np.hypot(*across)) / longer,
        row=float(corners.mean(axis=0) @ across / max(1.0, float(np.hypot(*across)))) / longer,
        margin=float(min(margins)) / longer,
        on_product=None if product is None else _share_on(product, line, words or (line,)),
        contrast=contrast,
        ground_spread=spread,
        ground_drift=drift,
    )


def _share_on(product: NDArray[np.bool_], line: TextLine, words: Sequence[TextLine]) -> float:
    written = _filled(product.shape, [line]) & _filled(product.shape, words)
    return float(product[written].mean())


def _filled(shape: tuple[int, ...], lines: Sequence[TextLine]) -> NDArray[np.bool_]:
    """Return where lines stand."""
    filled = np.zeros(shape, np.uint8)
    for line in lines:
        corners = np.rint(np.array(line.corners) * shape[::-1]).astype(np.int32)
        cv2.fillConvexPoly(filled, corners, 1)
    return np.asarray(filled > 0)


def _levelled(pixels: NDArray[np.uint8], corners: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return the line, level, with some of its surroundings, at most HEIGHT px high and that much around it."""
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    length, height = max(1.0, float(np.hypot(*along))), max(1.0, float(np.hypot(*down)))
    reach = AROUND * height
    scale = min(1.0, HEIGHT / height)
    size = (max(4, round((length + 2 * reach) * scale)), max(4, round((height + 2 * reach) * scale)))
    to_left, to_top = along / length * reach, down / height * reach
    outer = corners + np.array([-to_left - to_top, to_left - to_top, to_left + to_top, -to_left + to_top])
    frame = np.array([(0, 0), (size[0], 0), size, (0, size[1])], dtype=np.float32)
    onto = cv2.getPerspectiveTransform(outer.astype(np.float32), frame)
    level = cv2.warpPerspective(pixels, onto, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(level, dtype=np.uint8)


def _colours(level: NDArray[np.uint8]) -> tuple[float, float, float]:
    """Return contrast of ink and ground, spread of the ground, and its drift along the line, in CIELAB units."""
    reach = round(len(level) * AROUND / (1 + 2 * AROUND))
    inner = level[reach : len(level) - reach, reach : level.shape[1] - reach].astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(inner, cv2.COLOR_RGB2LAB), dtype=np.float32)
    ink = _ink(lab)
    ground = _core(~ink, 3)
    inked, bare = lab[_core(ink, 2)], lab[ground]
    if len(inked) == 0 or len(bare) == 0:
        return 0.0, 0.0, 0.0
    middle = np.median(bare, axis=0)
    contrast = float(np.linalg.norm(np.median(inked, axis=0) - middle))
    spread = float(np.median(np.linalg.norm(bare - middle, axis=1)))
    parts = zip(np.array_split(lab, STRETCHES, axis=1), np.array_split(ground, STRETCHES, axis=1), strict=True)
    colours = np.array([np.median(part[where], axis=0) for part, where in parts if where.any()])
    drift = float(np.sqrt(((colours - colours.mean(axis=0)) ** 2).sum(axis=1).mean()))
    return contrast, spread, drift


def _ink(lab: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which pixels are letters: of the two sides of the main contrast, the one less at the rim."""
    flat = lab.reshape(-1, 3)
    centred = flat - flat.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    along = (centred @ vectors[:, -1]).reshape(lab.shape[:2])
    low, high = np.percentile(along, (2, 98))
    levels = np.clip((along - low) / max(high - low, 1e-3) * 255, 0, 255).astype(np.uint8)
    threshold, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_OTSU)
    upper: NDArray[np.bool_] = levels > threshold
    rim = np.concatenate([upper[0], upper[-1]])
    return upper if rim.mean() < 0.5 else ~upper  # noqa: PLR2004 - half


def _core(where: NDArray[np.bool_], side: int) -> NDArray[np.bool_]:
    """Return the pixels well within, where there are enough of them."""
    inner = cv2.erode(where.astype(np.uint8), np.ones((side, side), np.uint8), borderValue=0) > 0
    return np.asarray(inner if np.count_nonzero(inner) >= FEWEST else where)
