"""Compression: the blocks that a JPEG falls into when it is saved too small, or again and again."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject

BLOCK = 8
"""px of a JPEG's blocks (ITU-T T.81)."""

STEEPEST = 30
"""Levels; a step that is higher is an edge of something."""

SMALLEST = 64
"""px; shorter side under which there are too few blocks to average."""

HARMLESS, USELESS = 1.35, 4.5
"""Levels. Of the senders' photos that thresholds were chosen on, which were stored at quality 70, none has more
than 1.3; 95 % of them have 1.6 or more at quality 18, 1.8 at quality 12."""


def measure_compression(subject: Subject) -> Figures:
    """Return how high the steps are at a grid of blocks, over what they are between its lines.

    A block's edge shows as a step that stands alone: higher than the two px before it and after it. Their mean
    height is taken for each of the eight places at which a grid can lie, since a photo may have been cropped after
    it was compressed; the highest over the middle one is the grid's. Blocks are looked for where they would be
    seen, on the photo as it was decoded: of a 12-megapixel photo that is half its size, where they are smaller.

    Returns
    -------
    Figures
        ``blockiness``, in levels; ``None`` for photos smaller than a few blocks.
    """
    luma = subject.decoded_luma
    if min(luma.shape) < SMALLEST:
        return (Measurement(name="blockiness", value=None, unit="levels"),)
    value = (_grid(luma, axis=1) + _grid(luma, axis=0)) / 2
    return (Measurement(name="blockiness", value=value, unit="levels"),)


def find_blocks(figures: Figures) -> tuple[Defect, ...]:
    """Return the defect that visible blocks imply, if any."""
    (blockiness,) = figures
    if blockiness.value is None or blockiness.value <= HARMLESS:
        return ()
    amount = severity(blockiness.value, HARMLESS, USELESS)
    return (Defect(code=DefectCode.JPEG_ARTIFACTS, severity=amount),)


def _grid(luma: NDArray[np.uint8], axis: int) -> float:
    """Return the mean height in levels of lone steps along an axis at the grid's lines, over that between them."""
    before, after = (luma[:-1], luma[1:]) if axis == 0 else (luma[:, :-1], luma[:, 1:])
    step = cv2.absdiff(before, after)
    length = step.shape[axis]
    near = [step[_along(axis, shift, length - 4 + shift)] for shift in (0, 1, 3, 4)]
    beside = cv2.max(cv2.max(near[0], near[1]), cv2.max(near[2], near[3]))
    _, low = cv2.threshold(step[_along(axis, 2, length - 2)], STEEPEST, 0, cv2.THRESH_TOZERO_INV)
    lone = cv2.subtract(low, beside)
    profile = np.asarray(cv2.reduce(lone, 1 - axis, cv2.REDUCE_AVG, dtype=cv2.CV_32F)).ravel()
    phases = profile[: len(profile) // BLOCK * BLOCK].reshape(-1, BLOCK).mean(axis=0)
    return float(phases.max() - np.median(phases))


def _along(axis: int, start: int, stop: int) -> tuple[slice, ...]:
    return (slice(start, stop),) if axis == 0 else (slice(None), slice(start, stop))


COMPRESSION = Measure("fineness", frozenset({DefectCode.JPEG_ARTIFACTS}), measure_compression, find_blocks)
