"""How much of a photo's darkness the pipeline mends, by how dark it is.

    .venv/bin/python -m lab.bench.repair FOLDER

Takes every 15th JPEG photo as it is, darkens it by one to three stops, and mends its light. No matte is used: the
middle of the photo stands for the product. Printed is the mean severity of ``underexposed`` before and after, and
how often the mended photo was not better and so not used.
"""

import sys
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from config.recipes import load_recipe
from lab.quality.degradations.exposure import exposed
from models.assessment import DefectCode
from processing.repair import BY_LIGHT, mend_light, severities, subject_of

STOPS = (-1, -1.5, -2, -2.5, -3)
EDGES = (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1)
STEP = 15
SIDE = 600
"""px; longer side, which is enough for light."""
MARGIN = 0.15


def main(folder: Path) -> None:
    """Measure and print."""
    cv2.setNumThreads(1)
    limits = load_recipe("white-square").tone
    seen: list[tuple[float, float, bool]] = []
    for file in sorted(folder.rglob("*.jpg"))[::STEP]:
        with Image.open(file) as opened:
            photo = opened.convert("RGB")
        photo.thumbnail((SIDE, SIDE))
        pixels = np.asarray(photo)
        height, width = pixels.shape[:2]
        alpha = np.zeros((height, width), np.float32)
        alpha[int(MARGIN * height) : -int(MARGIN * height), int(MARGIN * width) : -int(MARGIN * width)] = 1
        for stops in STOPS:
            dark = exposed(pixels, stops)
            mended = mend_light(dark, alpha, limits)
            before, after = (
                severities(subject_of(one, alpha), BY_LIGHT)[DefectCode.UNDEREXPOSED] for one in (dark, mended)
            )
            seen.append((before, after, mended is dark))
    print(f"{'severity':<14}{'photos':>8}{'before':>8}{'after':>8}{'not used':>10}")
    for low, high in pairwise(EDGES):
        if these := [one for one in seen if low < one[0] <= high]:
            before, after, unused = (float(np.mean(column)) for column in zip(*these, strict=True))
            print(f"{low:.1f} to {high:<7.1f}{len(these):>8}{before:>8.2f}{after:>8.2f}{unused:>10.0%}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
