"""rembg without its PNG: the cut-out on white, resized to the main rendition's size, saved as JPEG."""

import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageOps

LABEL = "rembg.remove, resize, JPEG, u2netp"
INTERPRETER = "peers"
THREADED = True
STARTS = False


def prepare(photos: list[Path], scratch: Path, threads: int) -> Callable[[], None]:
    """Read the photos into memory and open one session for all."""
    from rembg import new_session, remove  # noqa: PLC0415 - only the peers' environment has it with its extras

    session = new_session("u2netp")
    read = [photo.read_bytes() for photo in photos]

    def run() -> None:
        for data in read:
            photo = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
            cutout = remove(photo, session=session)
            cutout.thumbnail((1200, 1200))
            white = Image.new("RGB", cutout.size, "white")
            white.paste(cutout, mask=cutout.getchannel("A"))
            white.save(io.BytesIO(), "JPEG", quality=88)

    return run
