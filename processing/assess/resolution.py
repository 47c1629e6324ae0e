"""Resolution: whether the photo has the detail that its size in px promises, or was enlarged."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.sharpness import HARMLESS as SHARP
from processing.assess.subject import Subject

TILE = 64
"""px of the photo as it was decoded; a spectrum of 32 frequencies."""

GRID = 10
"""Tiles are looked for at so many places along each axis."""

MOST = 24
"""Tiles with the most detail that are averaged."""

GROUP = 4
"""px on a side that are averaged where tiles are ranked: detail of that size outlasts an enlargement."""

LEAST_DETAIL = 4.0
"""Levels between neighbouring groups, root mean square, of the least tile that tells anything."""

FEWEST = 3
"""Tiles with detail under which nothing can be told."""

COARSE = slice(1, 5)
"""The frequencies, of 1 to 32 in a tile, that even a fourfold enlargement keeps."""

FALL = 9.0
"""dB for each octave by which the power of a sharp photo's detail falls, counted on pixels of squares in the plane
of frequencies: between an edge's 6 and a soft lens's 12."""

SPREAD = 4.0
"""dB by which sharp photos differ from that."""

LOST = 12.0
"""dB below that at which a frequency carries nothing any more."""

HARMLESS, USELESS = 0.55, 0.1
"""Share of the photo's px, along one side, that its detail would fill: of the senders' photos that thresholds were
chosen on, none has less than 0.69; of 39 enlarged fourfold all but one have less than 0.55, and 0.36 in the
median."""

_POWER = np.hanning(TILE)[:, None] * np.hanning(TILE)
_ALONG = np.abs(np.fft.fftfreq(TILE, 1 / TILE))[:, None]
_FREQUENCY = np.maximum(_ALONG, np.fft.rfftfreq(TILE, 1 / TILE)[None]).astype(int)
_OCTAVE = np.log2(np.arange(1, TILE // 2))


def measure_resolution(subject: Subject) -> Figures:
    """Return how much of the photo's resolution its detail uses.

    Detail falls off towards fine scales at about the same rate in all sharp photos; an enlargement cuts it short,
    whatever did it. The power spectrum [1]_ of the most detailed tiles is compared with that rate.

    Returns
    -------
    Figures
        ``effective_resolution``, share of the photo's px along one side. ``None`` where the product has no detail,
        and where it is blurred already at the working scale: then the detail is lost, but not by enlarging.

    References
    ----------
    .. [1] Field, "Relations between the statistics of natural images and the response properties of cortical
       cells", JOSA A 4(12), 1987.
    """
    blur = subject.blur
    tiles = _tiles(subject) if blur is not None and blur.along <= SHARP else None
    share = None if tiles is None else _effective(tiles)
    return (Measurement(name="effective_resolution", value=share, unit="share"),)


def find_enlargement(figures: Figures) -> tuple[Defect, ...]:
    """Return the defect that an enlarged photo has."""
    (share,) = figures
    if share.value is None or share.value >= HARMLESS:
        return ()
    return (Defect(code=DefectCode.UPSCALED, severity=severity(share.value, HARMLESS, USELESS)),)


def _tiles(subject: Subject) -> NDArray[np.float32] | None:
    """Return the product's most detailed tiles, shape (N, TILE, TILE), in levels."""
    pixels = subject.picture.pixels
    height, width = pixels.shape[:2]
    if min(height, width) < TILE:
        return None
    rows, columns = subject.product.shape
    found: list[NDArray[np.uint8]] = []
    for top in _places(height):
        for left in _places(width):
            middle = (top + TILE // 2) * rows // height, (left + TILE // 2) * columns // width
            if subject.product[middle]:
                tile = pixels[top : top + TILE, left : left + TILE]
                found.append(np.asarray(cv2.cvtColor(tile, cv2.COLOR_RGB2GRAY), dtype=np.uint8))
    if len(found) < FEWEST:
        return None
    tiles = np.stack(found).astype(np.float32)
    groups = tiles.reshape(-1, TILE // GROUP, GROUP, TILE // GROUP, GROUP).mean(axis=(2, 4))
    down, across = np.diff(groups, axis=1)[:, :, 1:], np.diff(groups, axis=2)[:, 1:]
    detail = np.sqrt((down**2 + across**2).mean(axis=(1, 2)))
    best = np.argsort(-detail)[:MOST]
    best = best[detail[best] >= LEAST_DETAIL]
    return None if len(best) < FEWEST else tiles[best]


def _places(length: int) -> NDArray[np.int_]:
    return np.unique(np.linspace(0, length - TILE, min(GRID, 2 * length // TILE)).astype(int))


def _effective(tiles: NDArray[np.float32]) -> float:
    """Return the share of frequencies that carry detail, each tile counted alike."""
    tiles = tiles - tiles.mean(axis=(1, 2), keepdims=True)
    power = np.abs(np.fft.rfft2(tiles * _POWER)) ** 2 / (tiles**2).mean(axis=(1, 2))[:, None, None]
    total = np.bincount(_FREQUENCY.ravel(), power.mean(axis=0).ravel())
    spectrum = 10 * np.log10((total / np.bincount(_FREQUENCY.ravel()))[1 : TILE // 2] + 1e-9)
    level = (spectrum[COARSE] + FALL * _OCTAVE[COARSE]).mean()
    short = level - FALL * _OCTAVE - spectrum - SPREAD
    return float(np.clip(1 - short / LOST, 0, 1).mean())


RESOLUTION = Measure("sharpness", frozenset({DefectCode.UPSCALED}), measure_resolution, find_enlargement)
