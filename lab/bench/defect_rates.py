"""How often a defect is found where it was put in, and how often it is seen where it is not.

    .venv/bin/python -m lab.bench.defect_rates FOLDER

Takes JPEG photos as they are, which are to be mostly good, then degraded copies of every third. No matte is
used: sharpness and light are judged in the middle of the photo, as when a cut-out is not trusted. Blur is in px
at a longer side of 1024 px, exposure in stops. Printed is the share of photos with each defect.
"""

import io
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.matte import Matte
from models.picture import Picture, Source
from processing.assess.assess import assess

Photo = NDArray[np.uint8]
GAMMA = 2.2


def stored(photo: Photo) -> Photo:
    """Return the photo as a phone would store it."""
    out = io.BytesIO()
    Image.fromarray(photo).save(out, "JPEG", quality=85)
    return np.asarray(Image.open(out))


def defocused(photo: Photo, radius: float) -> Photo:
    """Return the photo blurred by a Gaussian."""
    sigma = radius * max(photo.shape[:2]) / 1024
    return stored(np.asarray(cv2.GaussianBlur(photo, (0, 0), sigma), np.uint8))


def shaken(photo: Photo, length: float, degrees: float) -> Photo:
    """Return the photo smeared along a line."""
    side = round(length * max(photo.shape[:2]) / 1024) | 1
    line = np.zeros((side, side), np.float32)
    line[side // 2] = 1
    turn = cv2.getRotationMatrix2D((side // 2, side // 2), degrees, 1)
    kernel = cv2.warpAffine(line, turn, (side, side))
    return stored(np.asarray(cv2.filter2D(photo, -1, kernel / kernel.sum()), np.uint8))


def exposed(photo: Photo, stops: float) -> Photo:
    """Return the photo with more or less light."""
    light = np.clip((photo / 255.0) ** GAMMA * 2**stops, 0, 1)
    return stored(np.rint(255 * light ** (1 / GAMMA)).astype(np.uint8))


DEGRADATIONS: dict[str, Callable[[Photo], Photo]] = {
    "defocus 3": lambda photo: defocused(photo, 3),
    "defocus 6": lambda photo: defocused(photo, 6),
    "defocus 12": lambda photo: defocused(photo, 12),
    "shake 16": lambda photo: shaken(photo, 16, 30),
    "shake 40": lambda photo: shaken(photo, 40, 0),
    "-1 stop": lambda photo: exposed(photo, -1),
    "-2 stops": lambda photo: exposed(photo, -2),
    "+1 stop": lambda photo: exposed(photo, 1),
    "+2 stops": lambda photo: exposed(photo, 2),
}


def report(name: str, photos: Iterable[Photo]) -> None:
    """Print the share of photos that have each defect."""
    found: Counter[str] = Counter()
    count = 0
    for photo in photos:
        source = Source(format="JPEG", width=3 * photo.shape[1], height=3 * photo.shape[0], bytes=1)
        nothing = Matte(np.zeros(photo.shape[:2], np.float32), 0.0)
        assessment = assess(Picture(np.ascontiguousarray(photo), source), nothing, (), min_trust=0.5)
        found.update({defect.code.value for defect in assessment.defects})
        count += 1
    print(f"{name:<12}{count:5} photos  ", ", ".join(f"{code} {n / count:.1%}" for code, n in found.most_common()))


def main(folder: Path) -> None:
    """Measure and print."""
    cv2.setNumThreads(1)
    photos = [np.asarray(Image.open(path).convert("RGB")) for path in sorted(folder.glob("*.jpg"))]
    report("as sent", photos)
    for name, degrade in DEGRADATIONS.items():
        report(name, (degrade(photo) for photo in photos[::3]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
