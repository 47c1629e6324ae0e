"""The bundled matte against the rendered samples' exact alpha: ``python -m lab.matte.alpha_error``."""

import json
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lab.matte.evaluation import overlap
from processing.decode.photo import decode
from processing.matte.bundled import BundledEstimator
from processing.matte.refine import refine

SAMPLES = Path(__file__).parents[2] / "samples"
FULL_SIZE = 1_000_000
"""px: more than any photo's shorter side, so that nothing is reduced."""
SIGMA = 1.4
"""px, of the Gaussian derivative with which gradients are taken (Rhemann et al., CVPR 2009)."""


def absolute_difference(found: NDArray[np.float32], truth: NDArray[np.float32]) -> float:
    """Return the sum of absolute differences (SAD) of two mattes (H, W), in thousands of pixels."""
    return float(np.abs(found - truth).sum()) / 1e3


def gradient_error(found: NDArray[np.float32], truth: NDArray[np.float32]) -> float:
    """Return the sum of squared differences between the gradients' lengths, in thousands."""
    return float(((_gradient(found) - _gradient(truth)) ** 2).sum()) / 1e3


def _gradient(alpha: NDArray[np.float32]) -> NDArray[np.float32]:
    smooth = cv2.GaussianBlur(alpha, (0, 0), SIGMA)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.hypot(across, down)


def main() -> None:
    """Print one line for each sample with a true alpha, at the photo's own size."""
    estimator = BundledEstimator()
    print(f"{'sample':<44}{'IoU':>6}{'SAD':>8}{'gradient':>10}{'trust':>7}  doubts; fault")
    for entry in json.loads((SAMPLES / "manifest.json").read_text()):
        if entry["truth"] is None:
            continue
        path = SAMPLES / "raw" / entry["photo"]
        picture = decode(path.read_bytes(), name=path.name, min_side=FULL_SIZE)
        with Image.open(SAMPLES / "truth" / entry["truth"]) as image:
            truth = np.asarray(image.convert("L"), dtype=np.float32) / np.float32(255.0)
        matte = estimator.estimate(picture)
        found = refine(matte.alpha, picture.pixels)
        same = overlap(found > 0.5, truth > 0.5)
        apart, ragged = absolute_difference(found, truth), gradient_error(found, truth)
        said = f"{', '.join(matte.doubts)}; {entry['fault']}"
        print(f"{entry['photo']:<44}{same:>6.3f}{apart:>8.1f}{ragged:>10.2f}{matte.trust:>7.2f}  {said}")


if __name__ == "__main__":
    main()
