"""From whatever a file holds (1 to 16 bits, palette, key colour, premultiplied) to plain 8-bit channels."""

from typing import Final, Literal

import numpy as np
from PIL import Image
from PIL.TiffImagePlugin import BITSPERSAMPLE, PHOTOMETRIC_INTERPRETATION, TiffImageFile

from models.rejection import PhotoRejected, RejectionReason

PLAIN: Final = {
    "1": "L",
    "L": "L",
    "P": "RGB",
    "RGB": "RGB",
    "RGBX": "RGB",
    "YCbCr": "RGB",
    "CMYK": "CMYK",
}
"""The plain mode of each of Pillow's modes without transparency."""
PLAIN_WITH_ALPHA: Final = {
    "1": "LA",
    "L": "LA",
    "LA": "LA",
    "La": "LA",
    "P": "RGBA",
    "PA": "RGBA",
    "RGB": "RGBA",
    "RGBA": "RGBA",
    "RGBa": "RGBA",
}
"""The plain mode of each of Pillow's modes with transparency."""
COLOURS: Final[dict[str, Literal["RGB", "CMYK", "grey"]]] = {
    "1": "grey",
    "L": "grey",
    "LA": "grey",
    "La": "grey",
    "CMYK": "CMYK",
}
"""How a file keeps its colours, by Pillow's mode; RGB where the mode is none of these."""
SIXTEEN_BITS: Final = frozenset({"I;16", "I;16L", "I;16B", "I;16N"})
WHITE_IS_ZERO: Final = 0


def colours_of(image: Image.Image) -> Literal["RGB", "CMYK", "grey"]:
    """Return how a file keeps its colours; palettes count as RGB, which their entries are."""
    return "grey" if image.mode in SIXTEEN_BITS else COLOURS.get(image.mode, "RGB")


def to_plain_channels(image: Image.Image) -> Image.Image:
    """Return a loaded image in one of the modes L, LA, RGB, RGBA and CMYK, 8 bits a channel.

    Raises PhotoRejected (UNSUPPORTED_FORMAT) for pixels without a known white: 32-bit numbers, CIELAB.
    """
    if image.mode in SIXTEEN_BITS:
        return _from_sixteen_bits(image)
    plain = (PLAIN_WITH_ALPHA if image.has_transparency_data else PLAIN).get(image.mode)
    if plain is None:
        raise PhotoRejected(RejectionReason.UNSUPPORTED_FORMAT, f"{image.format} with pixels of mode {image.mode}")
    key = image.info.get("transparency")
    if image.mode == "RGB" and isinstance(key, tuple) and max(key) > 255:  # noqa: PLR2004  (a PNG of 16 bits)
        image.info["transparency"] = tuple(level >> 8 for level in key)
    return image if image.mode == plain else image.convert(plain)


def _from_sixteen_bits(image: Image.Image) -> Image.Image:
    """Scale grey levels of up to 16 bits to 8, white to white; a PNG's key level becomes alpha.

    Pillow keeps such levels as they are stored: of 12 bits unscaled, and of a WhiteIsZero TIFF not inverted.
    """
    levels = np.asarray(image).astype(np.uint16)
    white = 2**16 - 1
    inverted = False
    if isinstance(image, TiffImageFile):
        white = 2 ** max(image.tag_v2.get(BITSPERSAMPLE, (16,))) - 1
        inverted = image.tag_v2.get(PHOTOMETRIC_INTERPRETATION) == WHITE_IS_ZERO
    table = np.round(np.linspace(0, 255, white + 1)).astype(np.uint8)
    if inverted:
        table = table[::-1]
    grey = Image.fromarray(table[np.minimum(levels, white)])
    key = image.info.get("transparency")
    if key is None:
        return grey
    opaque = np.where(levels == key, 0, 255).astype(np.uint8)
    return Image.merge("LA", (grey, Image.fromarray(opaque)))
