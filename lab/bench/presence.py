"""How many photos the quick look spares the reading of text, and how many with writing on them it lets through.

    lab/quality/.venv/bin/python -m lab.bench.presence DATA [--photos N] [--fit]

Taken are the clean photos of the quality bench, as they are and with writing and with a watermark on them at the
amounts that a person notices. Printed are the shares that are read, at the threshold that is in use and at others,
and the CPU time of a look. ``--fit`` takes the photos that the threshold was chosen on.
"""

import time
import zlib
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import typer

from config.recipes import load_recipe
from config.settings import Settings
from lab.quality.degradation import Pixels, Scene
from lab.quality.degradations.writing import WATERMARK, WRITING
from lab.quality.photos import PhotoFile, draw_photos, read_collections
from lab.quality.screen import is_clean
from processing.assess.subject import shrink_to_working_scale
from processing.decode.photo import decode
from processing.read.presence import DENSEST, crowding

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)


def main(
    data: Annotated[Path, typer.Argument(help="Folder with seller_photos/, unlabelled/ and food63/.")],
    photos: Annotated[int, typer.Option(help="How many photos are drawn.")] = 120,
    fit: Annotated[bool, typer.Option(help="The photos that the threshold is chosen on, instead.")] = False,
) -> None:
    """Print the table."""
    cv2.setNumThreads(1)
    files = [one for one in read_collections(data) if one.held_out is not fit and one.collection != "clothing"]
    seen = [row for row in map(_look_at, draw_photos(files, photos)) if row is not None]
    crowded = np.array([figures for figures, _ in seen])
    spent = 1000 * float(np.median([spent for _, spent in seen]))
    print(f"{len(crowded)} clean photos, {spent:.1f} ms of CPU for a look\n")
    print("| read from | untouched | writing | watermark |\n|---|---|---|---|")
    for least in sorted({*THRESHOLDS, DENSEST}):
        shares = " | ".join(f"{share:.1%}" for share in (crowded >= least).mean(axis=0))
        print(f"| {least:g}{' (in use)' if least == DENSEST else ''} | {shares} |")


def _look_at(photo: PhotoFile) -> tuple[tuple[float, float, float], float] | None:
    """Return how crowded strokes are on a photo as it is, with writing, with a watermark, and the CPU time, s."""
    pixels = _decode(photo.path.read_bytes(), photo.path.name)
    if not is_clean(pixels):
        return None
    nowhere = np.zeros(pixels.shape[:2], np.float32)
    scene = Scene(pixels, nowhere, trusted=False, companion=pixels)
    shown = [pixels]
    for one in (WRITING, WATERMARK):
        chance = np.random.default_rng(zlib.crc32(f"{photo.name} {one.name}".encode()))
        shown.append(one.apply(scene, one.noticed, chance))
    small = [cv2.cvtColor(shrink_to_working_scale(each), cv2.COLOR_RGB2GRAY) for each in shown]
    begun = time.process_time()
    untouched, writing, watermark = (crowding(np.asarray(each, np.uint8)) for each in small)
    return (untouched, writing, watermark), (time.process_time() - begun) / len(small)


def _decode(data: bytes, name: str) -> Pixels:
    return decode(data, name=name, min_side=load_recipe(Settings().recipe).decode_side).pixels


if __name__ == "__main__":
    typer.run(main)
