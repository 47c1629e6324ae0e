"""Noise: the grain of a photo that was taken with too little light."""

import cv2
import numpy as np

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject

BLOCK = 16
"""px of the photo as it was decoded; small enough to find a plain place on a patterned cloth."""

PLAINEST = 5
"""Percentile of the blocks: noise is everywhere, texture is not, so the plainest places show the noise alone."""

LIGHTEST_UNCLIPPED, DARKEST_UNCLIPPED = 248.0, 6.0
"""Levels; beyond them clipping hides noise."""

FEWEST = 60
"""Blocks that are not clipped, under which nothing can be told."""

HARMLESS, USELESS = 2.3, 7.0
"""Levels at half size. Of the senders' photos that thresholds were chosen on, 99 % stay under 2.2; noise of 8
levels in each channel gives 2.2 to 2.4 after JPEG, of 12 levels 3 and more."""

_SECOND = np.array([1, -2, 1], np.float32)
"""Second difference; that along both axes has six times the standard deviation of its input, if that is noise."""


def measure_noise(subject: Subject) -> Figures:
    """Return the noise in the plainest parts of the whole photo.

    The second difference along both axes leaves neither shading nor straight edges over [1]_. It is taken at half
    the decoded size, where JPEG has not yet smoothed the noise away and the grain of denoised phone photos, which
    is some px wide, is seen as well.

    Returns
    -------
    Figures
        ``noise``, standard deviation in levels. ``None`` where the photo is too small, or nearly all clipped.

    References
    ----------
    .. [1] Immerkaer, "Fast noise variance estimation", Computer Vision and Image Understanding 64(2), 1996.
    """
    luma = subject.decoded_luma
    height, width = (side // BLOCK * BLOCK for side in luma.shape)
    if height * width < FEWEST * BLOCK * BLOCK:
        return (Measurement(name="noise", value=None, unit="levels"),)
    half = cv2.resize(luma[:height, :width], (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    rough = cv2.sepFilter2D(half, cv2.CV_16S, _SECOND, _SECOND)
    blocks = (width // BLOCK, height // BLOCK)
    power = np.asarray(
        cv2.resize(cv2.multiply(rough, rough, dtype=cv2.CV_32F), blocks, interpolation=cv2.INTER_AREA)
    )
    light = np.asarray(cv2.resize(half, blocks, interpolation=cv2.INTER_AREA))
    power = power[(light > DARKEST_UNCLIPPED) & (light < LIGHTEST_UNCLIPPED)]
    value = float(np.sqrt(np.percentile(power, PLAINEST))) / 6 if len(power) >= FEWEST else None
    return (Measurement(name="noise", value=value, unit="levels"),)


def find_noise(figures: Figures) -> tuple[Defect, ...]:
    """Return the defect that measured noise implies, if any."""
    (noise,) = figures
    if noise.value is None or noise.value <= HARMLESS:
        return ()
    return (Defect(code=DefectCode.NOISE, severity=severity(noise.value, HARMLESS, USELESS)),)


NOISE = Measure("fineness", frozenset({DefectCode.NOISE}), measure_noise, find_noise)
