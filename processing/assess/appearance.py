"""Measures appearance: the colours, the surface, the parts and the proportions of the product itself."""

from functools import cache
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from config.colours import load_colours
from models.appearance import Appearance, Shade
from processing.channels import colours_where
from processing.difference import ciede2000
from processing.extent import SOLID
from processing.matte.parts import ALIKE_AREA, ALIKE_COLOUR, GAP

WORKING_SIDE = 128
"""px: colours, not detail."""

FEWEST = 64
"""px of product under which nothing is said."""

RIM = 1
"""px of the product's rim that are left out, where the background shines in."""

LIGHTNESS_STEP, CHROMA_STEP = 5.0, 6.0
"""CIELAB units: pixels are gathered in cells of this size, for CIEDE2000 of every pixel would be slow."""

LEAST_SHARE = 0.15
"""Of the product's area: a plain colour that has less is a detail."""

MOST_SHADES = 3

PLAIN_SHARE, PLAIN_CHANGES, PATTERN_CHANGES = 0.85, 0.06, 0.1
"""Share of the main plain colour above which, and shares of neighbouring pixels of different plain colours up to
which a surface is plain, and from which it has a pattern. By eye, not measured."""


def measure_appearance(pixels: NDArray[np.uint8], alpha: NDArray[np.float32] | None) -> Appearance | None:
    """Return what the product's pixels show, or ``None`` where they are not known or too few.

    Each colour is the nearest of the named palette's by CIEDE2000 [1]_; shades of one plain colour, as light and
    shadow make them, are counted together under the name of most of them.

    Parameters
    ----------
    pixels
        sRGB, shape (H, W, 3).
    alpha
        Shape (h, w) of any size, in [0, 1]: a matte that is trusted.

    References
    ----------
    .. [1] Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula: Implementation notes, supplementary test
       data, and mathematical observations", Color Research and Application 30 (2005).
    """
    if alpha is None:
        return None
    height, width = pixels.shape[:2]
    scale = min(1.0, WORKING_SIDE / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.float32) / 255
    solid = (cv2.resize(alpha, size, interpolation=cv2.INTER_AREA) > SOLID).astype(np.uint8)
    product = np.asarray(cv2.erode(solid, np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8))) > 0
    if np.count_nonzero(product) < FEWEST:
        return None
    lab = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), dtype=np.float32)
    colours = colours_where(lab, product)
    names = _name(colours)
    bases = np.full(product.shape, -1)
    bases[product] = _palette()[2][names]
    shades = _shades(colours, names)
    return Appearance(
        shades=shades,
        surface=_surface(bases, shades),
        pieces=_pieces(lab, solid > 0),
        tallness=_tallness(solid > 0),
    )


def _name(lab: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return for each colour (N, 3) which of the palette's is nearest."""
    cells = np.round(lab / np.array([LIGHTNESS_STEP, CHROMA_STEP, CHROMA_STEP], np.float32)).astype(np.int64)
    keys = (cells[:, 0] * 1000 + cells[:, 1]) * 1000 + cells[:, 2]
    _, cell, count = np.unique(keys, return_inverse=True, return_counts=True)
    means = np.stack([np.bincount(cell, lab[:, channel]) / count for channel in range(3)], axis=1)
    nearest = _distances(means).argmin(axis=1)
    return np.asarray(nearest[cell])


def _distances(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIEDE2000 between each colour (N, 3) and each of the palette's, shape (N, P)."""
    return ciede2000(lab[:, np.newaxis], _palette()[1][np.newaxis])


def _shades(lab: NDArray[np.float32], names: NDArray[np.intp]) -> tuple[Shade, ...]:
    of_name = np.bincount(names, minlength=len(_palette()[0]))
    bases = _palette()[2]
    of_base = np.bincount(bases, of_name)
    shades = []
    for base in np.argsort(-of_base, kind="stable")[:MOST_SHADES]:
        share = float(of_base[base] / len(lab))
        if share < LEAST_SHARE:
            break
        name = int(np.where(bases == base, of_name, -1).argmax())
        mean = lab[names == name].mean(axis=0, dtype=np.float64)
        distance = float(_distances(mean[np.newaxis])[0, name])
        shades.append(
            Shade(colour=_palette()[0][name], srgb=_code(mean), share=round(share, 3), distance=round(distance, 1))
        )
    return tuple(shades)


def _code(lab: NDArray[np.float64]) -> str:
    one = np.asarray(cv2.cvtColor(lab.astype(np.float32).reshape(1, 1, 3), cv2.COLOR_LAB2RGB))
    red, green, blue = np.clip(np.round(one.ravel() * 255), 0, 255).astype(int)
    return f"#{red:02x}{green:02x}{blue:02x}"


def _surface(bases: NDArray[np.intp], shades: tuple[Shade, ...]) -> Literal["plain", "patterned"] | None:
    """Return how often neighbouring pixels differ in their plain colour."""
    pairs = changes = 0
    for one, other in ((bases[:, 1:], bases[:, :-1]), (bases[1:], bases[:-1])):
        inside = (one >= 0) & (other >= 0)
        pairs += int(np.count_nonzero(inside))
        changes += int(np.count_nonzero(inside & (one != other)))
    share = changes / pairs if pairs else 0.0
    if share >= PATTERN_CHANGES:
        return "patterned"
    plain = bool(shades) and shades[0].share >= PLAIN_SHARE and share <= PLAIN_CHANGES
    return "plain" if plain else None


def _pieces(lab: NDArray[np.float32], product: NDArray[np.bool_]) -> int:
    """Return how many alike parts lie apart, by the rule of :mod:`processing.matte.parts`."""
    joined = cv2.dilate(product.astype(np.uint8), np.ones((2 * GAP + 1, 2 * GAP + 1), np.uint8))
    count, parts = cv2.connectedComponents(joined, connectivity=8)
    if count == 2:  # noqa: PLR2004 - the background and one part
        return 1
    parts = np.where(product, parts, 0)
    areas = np.bincount(parts.ravel(), minlength=count)[1:]
    colours = np.stack([lab[parts == part].mean(axis=0) for part in range(1, count)])
    largest = int(areas.argmax())
    far = np.linalg.norm(colours - colours[largest], axis=1) > ALIKE_COLOUR
    alike = (areas >= ALIKE_AREA * areas[largest]) & ~far
    return int(np.count_nonzero(alike)) if alike.all() else 1


def _tallness(product: NDArray[np.bool_]) -> float:
    rows, columns = np.flatnonzero(product.any(axis=1)), np.flatnonzero(product.any(axis=0))
    return round(float((rows[-1] - rows[0] + 1) / (columns[-1] - columns[0] + 1)), 2)


@cache
def _palette() -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.intp]]:
    """Return the names that a photo can tell apart, their CIELAB (P, 3), and each one's plain colour by number."""
    seen = {name: colour for name, colour in load_colours().colour.items() if colour.seen}
    levels = np.array([[colour.levels for colour in seen.values()]], np.float32) / 255
    lab = np.asarray(cv2.cvtColor(levels, cv2.COLOR_RGB2LAB), dtype=np.float64)[0]
    plain = list(dict.fromkeys(colour.base for colour in seen.values()))
    return tuple(seen), lab, np.array([plain.index(colour.base) for colour in seen.values()])
