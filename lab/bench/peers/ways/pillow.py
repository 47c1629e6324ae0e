"""Pillow alone: each photo decoded, turned upright, and saved at the sizes of the four renditions. No cut-out."""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageOps

LABEL = "Pillow: resize and encode alone"
INTERPRETER = "peers"
THREADED = False
STARTS = False
SIDES = ((1200, "JPEG", 88), (300, "JPEG", 82), (1200, "WEBP", 85), (960, "JPEG", 80))
"""px, format and quality of each rendition."""


def prepare(photos: list[Path], scratch: Path, threads: int) -> Callable[[], None]:
    """Read the photos into memory."""
    read = [photo.read_bytes() for photo in photos]

    def run() -> None:
        for data in read:
            image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")
            for side, file_format, quality in SIDES:
                smaller = image.copy()
                smaller.thumbnail((side, side))
                smaller.save(io.BytesIO(), file_format, quality=quality)

    return run
