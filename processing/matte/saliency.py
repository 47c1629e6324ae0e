"""How much each region stands out from what reaches the frame."""

import numpy as np
from numpy.typing import NDArray

from processing.matte.regions import Regions

GEODESIC_SIGMA = 7.0
"""CIELAB units: how far two regions may differ along the way between them and still be one surface."""
SPATIAL_SIGMA = 0.25
"""Share of the longer side: how far away a region still counts as surroundings."""
EVEN = 1e-6
"""A range of values so small is rounding."""
SMOOTHNESS_VARIANCE = 200.0
"""Squared CIELAB units: neighbours that differ by less get similar saliency."""


def find_salient(regions: Regions) -> NDArray[np.float32]:
    """Return each region's saliency, shape (N,), in [0, 1], by robust background detection [1]_.

    A surface is background as far as its rim lies on the frame (boundary connectivity); a region is salient as
    far as its colour contrasts with background around it; neighbours of like colour are smoothed together.
    All zeros where nothing contrasts with anything.

    References
    ----------
    .. [1] Zhu, Liang, Wei, Sun, "Saliency optimization from robust background detection", CVPR 2014.
    """
    difference = np.linalg.norm(regions.colours[:, None] - regions.colours[None], axis=2)
    likeness = np.exp(-np.square(_geodesics(difference, regions)) / (2.0 * GEODESIC_SIGMA**2))
    connectivity = likeness[:, regions.outer].sum(axis=1) / np.sqrt(likeness.sum(axis=1))
    background = 1.0 - np.exp(-np.square(connectivity) / 2.0)

    apart = np.square(regions.centres[:, None] - regions.centres[None]).sum(axis=2)
    contrast = _stretched((difference * np.exp(-apart / (2.0 * SPATIAL_SIGMA**2))) @ background)
    bonds = np.where(regions.adjacent, np.exp(-np.square(difference) / SMOOTHNESS_VARIANCE) + 0.1, 0.0)
    system = np.diag(bonds.sum(axis=1) + background + contrast) - bonds
    return _stretched(np.linalg.solve(system + 1e-6 * np.eye(len(system)), contrast))


def _geodesics(difference: NDArray[np.float32], regions: Regions) -> NDArray[np.float32]:
    """Return the least total colour change between every two regions, walking from neighbour to neighbour.

    Regions at the frame count as each other's neighbours, for the background goes on outside the photo. Changes
    no larger than the usual one between the likest neighbours are noise and free of charge.
    """
    linked = regions.adjacent | (regions.outer[:, None] & regions.outer[None])
    np.fill_diagonal(linked, False)
    steps = np.where(linked, difference, np.float32(np.inf))
    nearest = steps.min(axis=1)
    noise = float(np.mean(nearest[np.isfinite(nearest)])) if np.isfinite(nearest).any() else 0.0
    shortest = np.maximum(steps - np.float32(noise), np.float32(0.0))
    np.fill_diagonal(shortest, 0.0)
    for via in range(len(shortest)):  # Floyd and Warshall
        np.minimum(shortest, shortest[:, via : via + 1] + shortest[via : via + 1], out=shortest)
    return shortest


def _stretched(values: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = float(values.min()), float(values.max())
    if high - low < EVEN:
        return np.zeros(len(values), dtype=np.float32)
    return np.asarray((values - low) / (high - low), dtype=np.float32)
