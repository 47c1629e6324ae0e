"""Cast: whether the light has coloured everything, as a lamp does that the phone took for daylight."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject

SIDE = 112
"""px; where a small JPEG is larger, its colours are smoother than its light, and differences look grey."""

BINS, STEP = 64, 0.05
"""Cells along each axis of a histogram, and the natural logarithm that a cell is wide: a factor of 25 in all."""

DARK, CLIPPED = 20, 250
"""Levels of the brightest channel between which a pixel tells its colour."""

FAINTEST = 0.004
"""Linear light; a smaller difference between neighbours is noise."""

FEWEST = 0.05
"""Share of the pixels that must tell their colour."""

OFF = 0.1
"""Natural logarithm: how far light strays from the line between lamp and shade, standard deviation. Red sheets and
green meadows lie far off it."""

LARGEST = 1.3
"""Natural logarithm: the strongest light that is thought of."""

UNSURE = 0.8
"""Stops, standard deviation, over which the photo does not tell: everything on it has one colour, say."""

HARMLESS, USELESS = 1.0, 2.8
"""Stops between red and blue. Of the senders' photos that thresholds were chosen on 98 % measure less, and 96 % of
the clean ones more once they are put under 2 stops, of a lamp or of blue shade."""

WEIGHTS = Path(__file__).parent / "weights" / "cast.npy"

_LEVELS = np.arange(256) / 255
LINEAR: NDArray[np.float32] = np.where(
    _LEVELS <= 0.04045,  # noqa: PLR2004 - as the standard has it
    _LEVELS / 12.92,
    ((_LEVELS + 0.055) / 1.055) ** 2.4,
).astype(np.float32)
"""Linear light of each sRGB level (IEC 61966-2-1)."""

_PLACES = STEP * ((np.arange(BINS) + BINS // 2) % BINS - BINS // 2)
_TO_RED, _TO_BLUE = -_PLACES[:, None], -_PLACES[None]
_WARM = np.array([-1.0, 2.0]) / np.sqrt(5)
"""The way from daylight to lamp light, on axes of green over red and green over blue."""
_PRIOR = np.where(
    np.hypot(_TO_RED, _TO_BLUE) < LARGEST, -0.5 * ((_WARM[1] * _TO_RED - _WARM[0] * _TO_BLUE) / OFF) ** 2, -np.inf
)
_STOPS = (_TO_BLUE - _TO_RED) / np.log(2)


def measure_cast(subject: Subject) -> Figures:
    """Return how warm or cold the light of the photo is.

    Light of another colour shifts a photo's colours on axes of logarithms, and their differences between
    neighbours likewise. How probable each shift is, is told by one filter for each of the two histograms, fitted
    to photos of clothes at home [1]_; it is asked for along the line between lamp and shade alone, and the mean of
    what is probable is the answer. The product and what lies around it have an equal say, however large they are:
    a colour of one of the two alone is seldom the light's.

    Returns
    -------
    Figures
        ``warmth``, in stops between red and blue: positive under a lamp, negative in blue shade. ``None`` where
        too little is neither black nor clipped, or where much is about equally probable.

    References
    ----------
    .. [1] Barron, "Convolutional color constancy", ICCV 2015.
    """
    told = [colours for colours in histograms(subject.pixels, subject.product) if colours is not None]
    warmth = _warmth(np.mean(told, axis=0)) if told else None
    return (Measurement(name="warmth", value=warmth, unit="stops"),)


def find_cast(figures: Figures) -> tuple[Defect, ...]:
    """Return the defect that light far from daylight implies, if any."""
    (warmth,) = figures
    if warmth.value is None or abs(warmth.value) <= HARMLESS:
        return ()
    return (Defect(code=DefectCode.COLOUR_CAST, severity=severity(abs(warmth.value), HARMLESS, USELESS)),)


def histograms(
    pixels: NDArray[np.uint8], product: NDArray[np.bool_]
) -> tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]:
    """Return how often each colour occurs, and each difference between neighbours: on the product, and around it.

    Parameters
    ----------
    pixels
        sRGB, shape (H, W, 3).
    product
        Shape (H, W): where it is.

    Returns
    -------
    tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]
        Each of shape (2, BINS, BINS), on axes of green over red and green over blue: roots of shares, so that a
        large plain ground does not outvote everything. ``None`` where too few pixels tell.
    """
    scale = SIDE / max(pixels.shape[:2])
    if scale < 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        size = (pixels.shape[1], pixels.shape[0])
        product = np.asarray(cv2.resize(product.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)) > 0
    brightest = np.maximum.reduce(cv2.split(pixels))
    unclipped = (brightest > DARK) & (brightest < CLIPPED)
    light = LINEAR[pixels]
    corner = light[:-1, :-1]
    step = np.asarray(cv2.absdiff(light[1:, :-1], corner) + cv2.absdiff(light[:-1, 1:], corner), np.float32)
    clear = np.minimum.reduce(cv2.split(step)) > FAINTEST

    def of(part: NDArray[np.bool_]) -> NDArray[np.float64] | None:
        tells = unclipped & part
        if tells.mean() < FEWEST:
            return None
        within = clear & tells[:-1, :-1] & tells[1:, :-1] & tells[:-1, 1:]
        return np.stack([_histogram(light[tells]), _histogram(step[within])])

    return of(product), of(~product)


def _histogram(light: NDArray[np.float32]) -> NDArray[np.float64]:
    logarithm = np.log(np.maximum(light, LINEAR[1])) / np.float32(STEP)
    place = np.floor(logarithm[:, 1:2] - logarithm[:, ::2]).astype(np.int32) + BINS // 2
    place &= BINS - 1
    counts = np.bincount(place[:, 0] * BINS + place[:, 1], minlength=BINS * BINS)
    return np.sqrt(counts / max(len(light), 1)).reshape(BINS, BINS)


def _warmth(colours: NDArray[np.float64]) -> float | None:
    matched = np.fft.irfft2((np.fft.rfft2(colours).conj() * _filters()).sum(axis=0), s=(BINS, BINS)) + _PRIOR
    probable = np.exp(matched - matched.max())
    probable /= probable.sum()
    mean = float((probable * _STOPS).sum())
    spread = float(np.sqrt((probable * (_STOPS - mean) ** 2).sum()))
    return mean if spread <= UNSURE else None


@cache
def _filters() -> NDArray[np.complex128]:
    """Return the spectra of the two filters; ``lab/quality/cast_filter.py`` fits them."""
    return np.asarray(np.fft.rfft2(np.load(WEIGHTS).astype(np.float64)))


CAST = Measure("colour", frozenset({DefectCode.COLOUR_CAST}), measure_cast, find_cast)
