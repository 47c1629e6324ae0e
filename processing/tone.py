"""Tone: gentle exposure and white balance that leave the product its colour."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from models.recipe import Tone
from processing.difference import ciede2000, to_lab
from processing.extent import SOLID, SUPPORT

SAMPLE = 2048
"""Pixels of the product on which the colour change is measured."""

MEASURED_PERCENTILE = 97.5
"""Taken on the sample, so that the 95th percentile over all pixels lies below it: five standard errors away."""

HALVINGS = 6
"""Steps of the search for the largest strength that keeps the bound: it is found to 1/64."""

BRIGHT_PERCENTILE = 95
"""Of the product's luminance: its light parts, without glints."""

DARK = 0.16
"""Linear luminance (111 of 255 levels) of the light parts below which a photo is taken for underexposed."""

TARGET = 0.32
"""Linear luminance (153 of 255 levels) that the light parts of an underexposed product are brought to."""

MAX_GAIN = 3.0
"""About 1.6 stops: more would show the noise of a phone's sensor."""

LIT_GROUND = 0.40
"""Linear luminance (169 of 255 levels) of a neutral background that proves the exposure right: a product that is
dark before a well-lit wall is a dark product."""

GROUND_LUMINANCE = (0.05, 0.90)
"""Linear luminance of a background that can serve as a grey card: darker is noise, brighter may be clipped."""

GROUND_CHROMA = (2.0, 12.0)
"""CIELAB chroma of a background that is meant to be neutral and is not: under it there is nothing to correct, over
it lies wood, cloth or coloured paper."""

GROUND_SPREAD = 6.0
"""Median distance in CIELAB's a and b from the background's median: more is a pattern, not a plain sheet."""

MIN_GROUND = 0.05
"""Share of the picture that background must take up before its colour is trusted."""

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


@dataclass(frozen=True, slots=True)
class _Correction:
    """Linear-light gains: one for exposure, one for each channel."""

    exposure: float
    balance: NDArray[np.float64]

    @property
    def changes_nothing(self) -> bool:
        return self.exposure == 1 and bool((self.balance == 1).all())

    def tables(self, strength: float) -> NDArray[np.uint8]:
        """Return the table of each channel, shape (256, 3), with the gains raised to ``strength`` in [0, 1]."""
        gain = self.exposure**strength
        linear = _LINEAR[:, None] * self.balance**strength
        # Slope ``gain`` in the shadows, and white stays white: nothing is clipped that was not before.
        lifted = gain * linear / (1 + (gain - 1) * linear)
        return np.asarray(np.rint(255 * _encode(np.clip(lifted, 0.0, 1.0))), dtype=np.uint8)


def tone(
    pixels: NDArray[np.uint8],
    alpha: NDArray[np.float32],
    tone: Tone,
    seen: NDArray[np.bool_] | None = None,
) -> NDArray[np.uint8]:
    """Return the photo with its exposure lifted and its white balanced, as far as the product's colour allows.

    An underexposed product is lifted; nothing is ever darkened, since light that is lost in white cannot be won
    back and a white product must stay white. White is balanced on the background alone, where it is plain and
    nearly neutral; a product's own colour is never taken for a cast. The full correction is weakened until the
    product's 95th percentile of CIEDE2000 differences is at most ``tone.max_difference``.

    Parameters
    ----------
    pixels
        sRGB, shape (H, W, 3).
    alpha
        Shape (H, W), in [0, 1]; product is where it is above 0.5.
    tone
        The recipe's bound.
    seen
        Shape (H, W): where the photo itself is; everywhere unless said. Beyond it pixels are its mirror image,
        which may show the product, and say nothing of the light.

    Returns
    -------
    NDArray[np.uint8]
        Shape (H, W, 3): ``pixels`` itself where there is nothing to correct.
    """
    product = _sample(pixels, np.flatnonzero(alpha > SOLID))
    if not len(product):
        return pixels
    bare = np.flatnonzero((alpha <= SUPPORT) if seen is None else (alpha <= SUPPORT) & seen)
    correction = _correction(product, _sample(pixels, bare if len(bare) >= MIN_GROUND * alpha.size else bare[:0]))
    if correction.changes_nothing:
        return pixels
    tables = _strongest(correction, product, tone.max_difference)
    return np.asarray(cv2.LUT(pixels, tables[None]), dtype=np.uint8)


def _sample(pixels: NDArray[np.uint8], places: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Return the colours at flat indices, shape (N, 3): all, or SAMPLE of them, the same ones each time."""
    if len(places) > SAMPLE:
        places = places[np.random.default_rng(0).choice(len(places), SAMPLE, replace=False)]
    return pixels.reshape(-1, 3)[places]


def _correction(product: NDArray[np.uint8], ground: NDArray[np.uint8]) -> _Correction:
    """Return the full correction that the product's and the background's colours ask for."""
    light = float(np.percentile(_LINEAR[product] @ _LUMINANCE, BRIGHT_PERCENTILE))
    balance = np.ones(3)
    well_lit = False
    if len(ground):
        middle = np.median(ground, axis=0).astype(np.uint8)
        linear = _LINEAR[middle]
        luminance = float(linear @ _LUMINANCE)
        lab = to_lab(ground)
        centre = np.median(lab, axis=0)
        chroma = float(np.hypot(centre[1], centre[2]))
        plain = float(np.median(np.hypot(*(lab[:, 1:] - centre[1:]).T))) <= GROUND_SPREAD
        well_lit = plain and chroma <= GROUND_CHROMA[1] and luminance >= LIT_GROUND
        lit_between = GROUND_LUMINANCE[0] <= luminance <= GROUND_LUMINANCE[1]
        if plain and lit_between and GROUND_CHROMA[0] <= chroma <= GROUND_CHROMA[1]:
            balance = luminance / linear
    exposure = 1.0
    if 0 < light < DARK and not well_lit:
        # The gain with which ``gain * x / (1 + (gain - 1) * x)`` takes the light parts to the target.
        exposure = min(MAX_GAIN, TARGET * (1 - light) / (light * (1 - TARGET)))
    return _Correction(exposure, balance)


def _strongest(correction: _Correction, product: NDArray[np.uint8], max_difference: float) -> NDArray[np.uint8]:
    """Return the tables of the strongest correction that keeps the bound on these colours, shape (256, 3)."""
    before = to_lab(product)

    def keeps(tables: NDArray[np.uint8]) -> bool:
        after = to_lab(tables[product, np.arange(3)])
        difference = np.percentile(ciede2000(before, after), MEASURED_PERCENTILE)
        return bool(difference <= max_difference)

    tables = correction.tables(1.0)
    if keeps(tables):
        return tables
    low, high = 0.0, 1.0
    kept = correction.tables(low)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        tables = correction.tables(middle)
        if keeps(tables):
            low, kept = middle, tables
        else:
            high = middle
    return kept


def _decode(encoded: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return linear light of sRGB values, both in [0, 1] (IEC 61966-2-1)."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004


def _encode(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sRGB values of linear light, both in [0, 1] (IEC 61966-2-1)."""
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)  # noqa: PLR2004


_LINEAR = _decode(np.arange(256) / 255)
