"""A photo as a few hundred regions of one colour each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from skimage.segmentation import slic

COMPACTNESS = 12.0
"""How much a region's roundness counts against its evenness of colour, in CIELAB units."""


@dataclass(frozen=True, slots=True)
class Regions:
    """N regions that cover a photo without overlap."""

    labels: NDArray[np.int32]
    """Shape (H, W): which region each pixel belongs to, from 0 to N - 1."""
    areas: NDArray[np.float32]
    """Shape (N,), in px."""
    colours: NDArray[np.float32]
    """Shape (N, 3): mean CIELAB colour."""
    centres: NDArray[np.float32]
    """Shape (N, 2): mean row and column, as a share of the longer side."""
    adjacent: NDArray[np.bool_]
    """Shape (N, N): which regions share an edge; none with itself."""
    outer: NDArray[np.bool_]
    """Shape (N,): which regions touch the frame."""


def find_regions(lab: NDArray[np.float32], count: int) -> Regions:
    """Return about ``count`` regions of a CIELAB photo (H, W, 3), by simple linear iterative clustering [1]_.

    References
    ----------
    .. [1] Achanta et al., "SLIC superpixels compared to state-of-the-art superpixel methods", IEEE TPAMI 2012.
    """
    labels = np.asarray(
        slic(lab, n_segments=count, compactness=COMPACTNESS, max_num_iter=5, convert2lab=False, start_label=0),
        dtype=np.int32,
    )
    height, width = labels.shape
    number = int(labels.max()) + 1
    flat = labels.ravel()
    areas = np.bincount(flat, minlength=number)

    def mean(values: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(np.bincount(flat, values.ravel(), number) / areas, dtype=np.float32)

    longer = np.float32(max(height, width))
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32) / longer
    adjacent = np.zeros((number, number), dtype=np.bool_)
    adjacent[labels[:, 1:].ravel(), labels[:, :-1].ravel()] = True
    adjacent[labels[1:].ravel(), labels[:-1].ravel()] = True
    adjacent |= adjacent.T
    np.fill_diagonal(adjacent, False)
    outer = np.zeros(number, dtype=np.bool_)
    outer[np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])] = True
    return Regions(
        labels=labels,
        areas=areas.astype(np.float32),
        colours=np.stack([mean(lab[..., channel]) for channel in range(3)], axis=1),
        centres=np.stack([mean(rows), mean(columns)], axis=1),
        adjacent=adjacent,
        outer=outer,
    )
