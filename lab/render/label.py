"""Labels of invented village shops, drawn with Pillow in the fonts that come with Blender."""

from pathlib import Path

import bpy
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = Path(bpy.utils.resource_path("LOCAL")) / "datafiles" / "fonts"
Colour = tuple[int, int, int]


def font(size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    """Return Inter at a size in pixels and a weight from 100 to 900."""
    face = ImageFont.truetype(str(FONTS / "Inter.woff2"), size)
    axes = [axis["default"] for axis in face.get_variation_axes()]
    axes[-1] = weight
    face.set_variation_by_axes(axes)
    return face


def emblem(size: int) -> ImageFont.FreeTypeFont:
    """Return the font of plain pictures (a pepper, a bee) at a size in pixels."""
    return ImageFont.truetype(str(FONTS / "NotoEmoji-VariableFont_wght.woff2"), size)


def draw_label(
    size: tuple[int, int],
    paper: Colour,
    ink: Colour,
    band: Colour,
    lines: list[tuple[str, float, float, int]],
    picture: tuple[str, float, float] | None = None,
) -> np.ndarray:
    """Return a label (H, W, 3) in [0, 1].

    Each line is (text, height of its middle, letter height, weight), heights as shares of the label's; lines
    in the coloured band at the top are drawn in the paper's colour. ``picture`` is (sign, middle, height).
    """
    width, height = size
    image = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, int(0.27 * height)), fill=band)
    draw.rectangle((0, int(0.93 * height), width, height), fill=band)
    edge = int(0.02 * height)
    draw.rectangle((edge, edge, width - edge, height - edge), outline=ink, width=max(height // 150, 2))
    for text, middle, tall, weight in lines:
        face = font(int(tall * height), weight)
        fill = paper if middle < 0.27 or middle > 0.93 else ink
        while draw.textlength(text, font=face) > 0.9 * width:
            face = font(int(face.size * 0.94), weight)
        draw.text((width / 2, middle * height), text, font=face, fill=fill, anchor="mm")
    if picture is not None:
        sign, middle, tall = picture
        draw.text((width / 2, middle * height), sign, font=emblem(int(tall * height)), fill=band, anchor="mm")
    return np.asarray(image, dtype=np.float32) / 255
