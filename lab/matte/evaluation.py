"""How good mattes are against true outlines: the measures of the field, over folders of photos and masks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

BETA_SQUARED = 0.3
"""Precision counts more than recall (Achanta et al., CVPR 2009), as everywhere in this field."""
FAILED = 0.7
"""The overlap (IoU) below which a cut-out shows the wrong thing."""
BOUNDARY = 0.02
"""The boundary's width, as a share of the photo's diagonal (boundary IoU, arXiv:2103.16562)."""

Predict = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""From sRGB pixels (H, W, 3) to alpha (H, W) in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A photo, sRGB (H, W, 3), and its alpha (H, W) in [0, 1]."""

    name: str
    pixels: NDArray[np.uint8]
    alpha: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Figures:
    """One set's measures; ``overlaps`` has the IoU of each photo, in the order of the set."""

    max_f: float
    mae: float
    mean_iou: float
    failures: float
    boundary_iou: float
    overlaps: NDArray[np.float64]


def read_pairs(folder: Path, only: set[str] | None = None) -> Iterator[Pair]:
    """Yield the pairs of ``folder/image`` and ``folder/mask`` in the order of their names."""
    masks = {path.stem: path for path in (folder / "mask").iterdir()}
    for path in sorted((folder / "image").iterdir()):
        if only is not None and path.stem not in only:
            continue
        with Image.open(path) as image, Image.open(masks[path.stem]) as mask:
            alpha = np.asarray(mask.convert("L").resize(image.size), np.float32) / np.float32(255.0)
            yield Pair(path.stem, np.asarray(image.convert("RGB")), alpha)


def measure(predict: Predict, pairs: Iterable[Pair]) -> Figures:
    """Return the figures of a set, each measure averaged over its photos."""
    rows, curves = [], []
    for pair in pairs:
        found = predict(pair.pixels)
        truth, outline = pair.alpha > 0.5, found > 0.5
        curves.append(precision_and_recall(found, truth))
        rows.append(
            (
                float(np.abs(found - pair.alpha).mean()),
                overlap(outline, truth),
                overlap(boundary(outline), boundary(truth)),
            )
        )
    error, overlaps, edges = np.array(rows).T
    precision, recall = np.mean(curves, axis=0)
    f = (1 + BETA_SQUARED) * precision * recall / np.maximum(BETA_SQUARED * precision + recall, 1e-9)
    return Figures(
        max_f=float(f.max()),
        mae=float(error.mean()),
        mean_iou=float(overlaps.mean()),
        failures=float((overlaps < FAILED).mean()),
        boundary_iou=float(edges.mean()),
        overlaps=overlaps,
    )


def precision_and_recall(found: NDArray[np.float32], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return precision and recall (2, 255) of alpha cut at 255 levels."""
    levels = np.clip((found * 255.0).astype(np.int64), 0, 255)
    right = np.cumsum(np.bincount(levels[truth], minlength=256)[::-1])[:-1]
    every = np.cumsum(np.bincount(levels.ravel(), minlength=256)[::-1])[:-1]
    return np.stack([right / np.maximum(every, 1), right / max(1, int(truth.sum()))])


def overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Return the intersection over the union; two empty outlines are alike."""
    union = int(np.count_nonzero(one | other))
    return int(np.count_nonzero(one & other)) / union if union else 1.0


def boundary(outline: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the outline's own pixels that are near its edge."""
    height, width = outline.shape
    reach = max(1, round(BOUNDARY * float(np.hypot(height, width))))
    padded = cv2.copyMakeBorder(outline.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    inner = cv2.erode(padded, np.ones((3, 3), np.uint8), iterations=reach)[1:-1, 1:-1]
    return outline & (inner == 0)
