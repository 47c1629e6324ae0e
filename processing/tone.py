"""Tone: gentle exposure and white balance that leave the product its colour."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.light import Light
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
"""Linear luminance (111 of 255 levels) of the product's light parts below which it is lifted, whatever is told of
the photo."""

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
it lies wood, cloth or coloured paper, unless the light is told to be so."""

GROUND_SPREAD = 6.0
"""Median distance in CIELAB's a and b from the background's median: more is a pattern, not a plain sheet."""

MIN_GROUND = 0.05
"""Share of the picture that background must take up before its colour is trusted."""

DAYLIGHT_TO_LAMP = np.array([1 / 3, 0.0, -2 / 3])
"""Stops of red, green and blue by which a light that is one stop warmer differs: as on the curve of black bodies
near daylight."""

UNCHANGED = Light(exposure=1.0, balance=(1.0, 1.0, 1.0))

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def choose_light(
    pixels: NDArray[np.uint8],
    alpha: NDArray[np.float32],
    limits: Tone,
    *,
    dark: bool = False,
    warmth: float = 0.0,
) -> Light | None:
    """Return the light in which a photo is exposed and balanced as far as its product's colour allows.

    An underexposed product is lifted; nothing is ever darkened, since light that is lost in white cannot be won
    back and a white product must stay white. White is balanced on the background alone, where it is plain and
    nearly neutral, as it is or in the light that was told; a product's own colour is never taken for a cast. The
    full correction is weakened until the product's 95th percentile of CIEDE2000 differences is at most
    ``limits.max_difference``.

    Parameters
    ----------
    pixels
        sRGB, shape (H, W, 3).
    alpha
        Shape (H, W), in [0, 1]; product is where it is above 0.5.
    limits
        The recipe's bound.
    dark
        The whole photo is told to be underexposed, and not its product alone: it is lifted wherever its light
        parts miss the target.
    warmth
        In stops between red and blue, of light that is told to be far from daylight: a background that would be
        nearly neutral in daylight is balanced on as well. 0 where no light is told.

    Returns
    -------
    Light | None
        ``None`` where there is nothing to correct.
    """
    product = _sample(pixels, np.flatnonzero(alpha > SOLID))
    if not len(product):
        return None
    bare = np.flatnonzero(alpha <= SUPPORT)
    ground = _sample(pixels, bare if len(bare) >= MIN_GROUND * alpha.size else bare[:0])
    correction = _correction(product, ground, dark=dark, warmth=warmth)
    if correction == UNCHANGED:
        return None
    strongest = _strongest(correction, product, limits.max_difference)
    return None if strongest == UNCHANGED else strongest


def relight(pixels: NDArray[np.uint8], light: Light | None) -> NDArray[np.uint8]:
    """Return pixels, sRGB of shape (H, W, 3), in another light; ``pixels`` itself where that is ``None``."""
    return pixels if light is None else np.asarray(cv2.LUT(pixels, _tables(light)[None]), dtype=np.uint8)


def stops_of(light: Light) -> float:
    """Return by how many stops a light makes a photo warmer, between red and blue."""
    red, _, blue = light.balance
    return float(np.log2(red / blue))


def _tables(light: Light) -> NDArray[np.uint8]:
    """Return what becomes of each level of each channel, shape (256, 3)."""
    gain = light.exposure
    linear = _LINEAR[:, None] * np.array(light.balance)
    # Slope ``gain`` in the shadows, and white stays white: nothing is clipped that was not before.
    lifted = gain * linear / (1 + (gain - 1) * linear)
    return np.asarray(np.rint(255 * _encode(np.clip(lifted, 0.0, 1.0))), dtype=np.uint8)


def _weakened(light: Light, strength: float) -> Light:
    """Return a light with its gains raised to ``strength`` in [0, 1]."""
    red, green, blue = (gain**strength for gain in light.balance)
    return Light(exposure=light.exposure**strength, balance=(red, green, blue))


def _sample(pixels: NDArray[np.uint8], places: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Return the colours at flat indices, shape (N, 3): all, or SAMPLE of them, the same ones each time."""
    if len(places) > SAMPLE:
        places = places[np.random.default_rng(0).choice(len(places), SAMPLE, replace=False)]
    return pixels.reshape(-1, 3)[places]


def _correction(product: NDArray[np.uint8], ground: NDArray[np.uint8], *, dark: bool, warmth: float) -> Light:
    """Return the full correction that the product's and the background's colours ask for."""
    light = float(np.percentile(_LINEAR[product] @ _LUMINANCE, BRIGHT_PERCENTILE))
    balance = UNCHANGED.balance
    well_lit = False
    if len(ground):
        linear = _LINEAR[np.median(ground, axis=0).astype(np.uint8)]
        luminance = float(linear @ _LUMINANCE)
        lab = to_lab(ground)
        centre = np.median(lab, axis=0)
        chroma = float(np.hypot(centre[1], centre[2]))
        plain = float(np.median(np.hypot(*(lab[:, 1:] - centre[1:]).T))) <= GROUND_SPREAD
        well_lit = plain and chroma <= GROUND_CHROMA[1] and luminance >= LIT_GROUND
        lit_between = GROUND_LUMINANCE[0] <= luminance <= GROUND_LUMINANCE[1]
        tinted = GROUND_CHROMA[0] <= chroma <= GROUND_CHROMA[1]
        if plain and lit_between and (tinted or _is_neutral_in(linear, warmth)):
            red, green, blue = (luminance / linear).tolist()
            balance = red, green, blue
    exposure = UNCHANGED.exposure
    if 0 < light < (TARGET if dark else DARK) and not well_lit:
        # The gain with which ``gain * x / (1 + (gain - 1) * x)`` takes the light parts to the target.
        exposure = min(MAX_GAIN, TARGET * (1 - light) / (light * (1 - TARGET)))
    return Light(exposure=exposure, balance=balance)


def _is_neutral_in(linear: NDArray[np.float64], warmth: float) -> bool:
    """Return whether a colour of linear light would be nearly neutral in daylight, if the light is that warm."""
    if warmth == 0:
        return False
    daylight = linear / 2.0 ** (warmth * DAYLIGHT_TO_LAMP)
    daylight *= (linear @ _LUMINANCE) / (daylight @ _LUMINANCE)
    encoded = np.rint(255 * _encode(np.clip(daylight, 0.0, 1.0))).astype(np.uint8)
    _, green_red, blue_yellow = to_lab(encoded[None])[0]
    return bool(np.hypot(green_red, blue_yellow) <= GROUND_CHROMA[1])


def _strongest(correction: Light, product: NDArray[np.uint8], max_difference: float) -> Light:
    """Return the strongest that a correction may be to keep the bound on these colours, shape (N, 3)."""
    before = to_lab(product)

    def keeps(light: Light) -> bool:
        after = to_lab(_tables(light)[product, np.arange(3)])
        difference = np.percentile(ciede2000(before, after), MEASURED_PERCENTILE)
        return bool(difference <= max_difference)

    if keeps(correction):
        return correction
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if keeps(_weakened(correction, middle)):
            low = middle
        else:
            high = middle
    return _weakened(correction, low)


def _decode(encoded: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return linear light of sRGB values, both in [0, 1] (IEC 61966-2-1)."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004


def _encode(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return sRGB values of linear light, both in [0, 1] (IEC 61966-2-1)."""
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)  # noqa: PLR2004


_LINEAR = _decode(np.arange(256) / 255)
