"""Cut-outs side by side, to be looked at: ``python -m lab.matte.sheet FOLDER OUT.jpg``.

Each photo three times: as it is, on white, on black; its trust and first doubt below.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from PIL import Image, ImageDraw

from config.recipes import load_recipe
from config.settings import Settings
from models.rejection import PhotoRejected
from processing.decode.photo import decode
from processing.matte.bundled import BundledEstimator
from processing.matte.foreground import estimate_foreground
from processing.matte.refine import refine
from processing.matte.spill import take_off_spill

LINE = 14
"""px, for the words below each photo."""


def cut_outs(path: Path, estimator: BundledEstimator, side: int) -> tuple[Image.Image, float]:
    """Return a strip of three pictures, each ``side`` px wide and high at most, and the trust."""
    # As in use: a photo that is decoded smaller is cut out otherwise.
    picture = decode(path.read_bytes(), name=path.name, min_side=load_recipe(Settings().recipe).decode_side)
    matte = estimator.estimate(picture)
    alpha = refine(matte.alpha, picture.pixels)
    found = estimate_foreground(picture.pixels, alpha)
    colour = take_off_spill(found, picture.pixels, alpha).astype(np.float32)
    cover = alpha[..., None]
    shown = [
        picture.pixels.astype(np.float32),
        *(colour * cover + level * (1.0 - cover) for level in (255.0, 0.0)),
    ]
    strip = Image.new("RGB", (3 * side, side + LINE), (96, 96, 96))
    for number, pixels in enumerate(shown):
        image = Image.fromarray(np.rint(pixels).astype(np.uint8))
        image.thumbnail((side, side))
        strip.paste(image, (number * side + (side - image.width) // 2, (side - image.height) // 2))
    words = f"{path.stem[:28]} {matte.trust:.2f} {matte.doubts[0] if matte.doubts else ''}"
    ImageDraw.Draw(strip).text((2, side), words, fill=(255, 255, 255))
    return strip, matte.trust


def lay_out(strips: Sequence[Image.Image], columns: int) -> Image.Image:
    """Return the strips in rows of ``columns``."""
    width, height = strips[0].size
    sheet = Image.new("RGB", (columns * width, -(-len(strips) // columns) * height))
    for number, strip in enumerate(strips):
        sheet.paste(strip, (number % columns * width, number // columns * height))
    return sheet


def main(
    folder: Path,
    out: Path,
    side: Annotated[int, typer.Option(help="px of each picture.")] = 160,
    columns: Annotated[int, typer.Option(help="Photos in a row.")] = 3,
    rows: Annotated[int, typer.Option(help="Rows on a sheet.")] = 8,
) -> None:
    """Write sheets OUT-1, OUT-2, ...; the least trusted photos come first."""
    estimator = BundledEstimator()
    photos = [
        path for path in sorted(folder.rglob("*")) if path.suffix.lower() in {".jpg", ".avif", ".png", ".heic"}
    ]
    strips = []
    for path in photos:
        try:
            strips.append(cut_outs(path, estimator, side))
        except PhotoRejected as rejected:
            print(f"{path}: {rejected}")
    strips.sort(key=lambda strip: strip[1])
    for page, first in enumerate(range(0, len(strips), columns * rows), start=1):
        sheet = lay_out([strip for strip, _ in strips[first : first + columns * rows]], columns)
        sheet.save(out.with_stem(f"{out.stem}-{page}"))


if __name__ == "__main__":
    typer.run(main)
