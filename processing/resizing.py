"""Changing an array's size without changing its type."""

from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

Level = TypeVar("Level", np.uint8, np.float32)


def fit(width: int, height: int, side: int) -> tuple[int, int]:
    """Return the (width, height) in px of the same proportions whose longer side is at most ``side``."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def shrink(array: NDArray[Level], size: tuple[int, int], *, halve_from: int = 4) -> NDArray[Level]:
    """Return ``array`` at ``size`` (width, height), each pixel the mean of those that it covers.

    By exact halves while it is ``halve_from`` times as large: from four times on this is ten times faster, and on
    photos a third of a level off; from twice on it is good enough to be looked at.
    """
    height, width = array.shape[:2]
    while width >= halve_from * size[0] and height >= halve_from * size[1] and width % 2 == height % 2 == 0:
        width, height = width // 2, height // 2
        array = np.asarray(cv2.resize(array, (width, height), interpolation=cv2.INTER_AREA), dtype=array.dtype)
    if (width, height) == size:
        return array
    return np.asarray(cv2.resize(array, size, interpolation=cv2.INTER_AREA), dtype=array.dtype)


def enlarge(array: NDArray[Level], size: tuple[int, int]) -> NDArray[Level]:
    """Return ``array`` at ``size`` (width, height), each pixel blended from its four neighbours."""
    return np.asarray(cv2.resize(array, size, interpolation=cv2.INTER_LINEAR), dtype=array.dtype)


def resize(array: NDArray[Level], size: tuple[int, int]) -> NDArray[Level]:
    """Return ``array`` at ``size`` (width, height): shrunk where both sides get shorter, else blended."""
    shorter = size[0] <= array.shape[1] and size[1] <= array.shape[0]
    return shrink(array, size) if shorter else enlarge(array, size)
