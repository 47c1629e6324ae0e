"""The sheet that shows a seller her photos before and after, side by side."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

TILE = 220
"""px, each photo's square."""
GAP = 8
COLUMNS = 2
"""Pairs beside each other."""
PAPER, INK = (255, 255, 255), (60, 60, 60)
QUALITY = 72


def draw_sheet(pairs: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Return a JPEG of photos in pairs, before on the left and after on the right, numbered from 1.

    Takes encoded pictures that we have made ourselves, and at least one pair.
    """
    columns = min(COLUMNS, len(pairs))
    rows = -(-len(pairs) // columns)
    width, height = 2 * TILE + 3 * GAP, TILE + 3 * GAP
    sheet = Image.new("RGB", (columns * width, rows * height), PAPER)
    pen = ImageDraw.Draw(sheet)
    for number, pair in enumerate(pairs):
        left, top = number % columns * width, number // columns * height
        pen.text((left + GAP, top + 2), str(number + 1), fill=INK)
        for place, picture in enumerate(pair):
            _paste(sheet, picture, left + GAP + place * (TILE + GAP), top + 2 * GAP)
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _paste(sheet: Image.Image, picture: bytes, left: int, top: int) -> None:
    """Put a picture, whole and in its own shape, into the middle of a tile."""
    with Image.open(io.BytesIO(picture)) as opened:
        photo = opened.convert("RGB")
    photo.thumbnail((TILE, TILE))
    sheet.paste(photo, (left + (TILE - photo.width) // 2, top + (TILE - photo.height) // 2))
