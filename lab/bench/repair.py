"""How much of a photo's darkness, or of its light's colour, the pipeline mends, by how grave it is.

    .venv/bin/python -m lab.bench.repair FOLDER

Takes every 15th JPEG photo as it is, darkens it by one to three stops, puts it under a lamp or into shade, and
looks at it as a first look does. Printed is the mean severity of what is told of it before, and on the finished
picture; how often the photo stays in its own light, for none would be better; and how often it is ours to mend.
"""

import sys
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from config.settings import Settings
from flows.photo_work import open_photo_context
from lab.quality.degradation import Pixels, Scene
from lab.quality.degradations.exposure import exposed
from lab.quality.degradations.light import recolour
from models.assessment import Assessment, DefectCode
from models.matte import Matte
from models.picture import Picture, Source
from models.repair import Remedy
from processing.assess.assess import assess
from processing.repair import predict_remedy

DARKER = (-1, -1.5, -2, -2.5, -3)
"""Stops."""
WARMER = (-2.2, -1.8, -1.4, -1, 1, 1.4, 1.8, 2.2)
"""Stops between red and blue."""
EDGES = (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1)
STEP = 15
SIDE = 600
"""px; longer side, which is enough for light."""


def main(folder: Path) -> None:
    """Measure and print."""
    cv2.setNumThreads(1)
    context = open_photo_context(Settings())
    seen: dict[DefectCode, list[tuple[float, float, bool, bool]]] = {}
    for file in sorted(folder.rglob("*.jpg"))[::STEP]:
        with Image.open(file) as opened:
            photo = opened.convert("RGB")
        photo.thumbnail((SIDE, SIDE))
        clean = np.asarray(photo)
        matte = context.estimator.estimate(picture_of(clean))
        scene = Scene(clean, matte.alpha, trusted=matte.is_trusted(context.min_trust), companion=clean)
        chance = np.random.default_rng(0)
        for code, faulty in (
            *((DefectCode.UNDEREXPOSED, exposed(clean, stops)) for stops in DARKER),
            *((DefectCode.COLOUR_CAST, recolour(scene, stops, chance)) for stops in WARMER),
        ):
            found = assess(picture_of(faulty), matte, (), min_trust=context.min_trust, recipe=context.recipe)
            seen.setdefault(code, []).extend(_told(found, code, matte, context.min_trust))
    for code, told in seen.items():
        print(f"{code:<14}{'photos':>8}{'before':>8}{'after':>8}{'not used':>10}{'ours':>8}")
        for low, high in pairwise(EDGES):
            if these := [one for one in told if low < one[0] <= high]:
                before, after, unused, ours = (float(np.mean(column)) for column in zip(*these, strict=True))
                row = f"{len(these):>8}{before:>8.2f}{after:>8.2f}{unused:>10.0%}{ours:>8.0%}"
                print(f"{low:.1f} to {high:<7.1f}{row}")


def picture_of(pixels: Pixels) -> Picture:
    """Return a photo of which only the pixels are known."""
    return Picture(pixels, Source(format="", width=pixels.shape[1], height=pixels.shape[0], bytes=0))


def _told(
    found: Assessment, code: DefectCode, matte: Matte, min_trust: float
) -> list[tuple[float, float, bool, bool]]:
    """Return its severity before and after, whether no other light is used, and whether it is ours to mend."""
    trusted = matte.is_trusted(min_trust)
    return [
        (
            one.severity,
            one.severity if one.foreseen is None else one.foreseen,
            found.light is None,
            predict_remedy(one, trusted=trusted) is Remedy.REPAIR,
        )
        for one in found.defects
        if one.code is code
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
