"""Writing: what sellers lay over their photos."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from lab.quality.degradation import Degradation, Pixels, Scene
from models.assessment import DefectCode

T = TypeVar("T")
Draw = ImageDraw.ImageDraw
Colour = tuple[int, int, int]

SHOPS = (
    "TOKO BERKAH", "Dapur Bu Euis", "Batik Sekar Arum", "Rina Collection", "sumber rejeki", "GALERI NUSANTARA",
    "Kriya Lestari", "@dapoer.mama", "Anugerah Shop",
)  # fmt: skip
NUMBERS = (
    "WA 0812-3456-7890", "0857 1122 3344", "IG @rinacollection", "tokoberkah.com", "Hub: 081234567890",
    "shopee.co.id/berkah", "Order WA 0813 5550 0199",
)  # fmt: skip
OFFERS = (
    "Rp 45.000", "DISKON 50%", "PROMO", "READY STOCK", "Rp25.000/pcs", "GRATIS ONGKIR", "BEST SELLER", "TERLARIS",
)  # fmt: skip
INKS: tuple[Colour, ...] = ((255, 255, 255), (255, 255, 0), (255, 0, 0), (0, 0, 0), (255, 235, 60), (0, 0, 255))
PLATES: tuple[tuple[Colour, Colour], ...] = (
    ((255, 0, 0), (255, 255, 255)),
    ((255, 210, 0), (200, 0, 0)),
    ((0, 120, 255), (255, 255, 255)),
    ((0, 0, 0), (255, 255, 255)),
    ((255, 255, 255), (0, 0, 0)),
)
VEILS: tuple[Colour, ...] = ((255, 255, 255), (255, 255, 255), (255, 255, 255), (0, 0, 0))
ANGLES = (0, 0, 20, 30, 35, 45, -30)
MARK = 0.09
"""Height of a watermark's letters, as a share of the photo's longer side; a pattern's are half of it."""
WIDEST = 0.92
"""Share of the photo's width that a line takes at most."""


def write(scene: Scene, share: float, chance: np.random.Generator) -> Pixels:
    """Return the photo with a name, number, price or date on it, letters ``share`` of the longer side high."""
    height, width = scene.pixels.shape[:2]
    layer = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    styles: tuple[Callable[[Draw, tuple[int, int], float, np.random.Generator], None], ...]
    styles = (_in_corner, _on_sticker, _on_banner, _as_date)
    styles[int(chance.integers(len(styles)))](
        ImageDraw.Draw(layer), (width, height), share * max(width, height), chance
    )
    return _laid_over(scene.pixels, layer)


def watermark(scene: Scene, opacity: float, chance: np.random.Generator) -> Pixels:
    """Return the photo with a shop's name across it, once or again and again, so opaque."""
    height, width = scene.pixels.shape[:2]
    ink = (*_one(VEILS, chance), round(255 * opacity))
    name = _one(SHOPS, chance)
    letters = MARK * max(width, height)
    if chance.integers(2):
        layer = _pattern((width, height), name, letters / 2, ink, chance)
    else:
        layer = Image.new("RGBA", (width, height), (0, 0, 0, 0))
        middle = width / 2, height * float(chance.uniform(0.35, 0.65))
        ImageDraw.Draw(layer).text(middle, name, font=_fitting(name, letters, width), fill=ink, anchor="mm")
        layer = layer.rotate(_one(ANGLES, chance), resample=Image.Resampling.BICUBIC, center=middle)
    return _laid_over(scene.pixels, layer)


def _pattern(
    size: tuple[int, int], name: str, letters: float, ink: tuple[int, int, int, int], chance: np.random.Generator
) -> Image.Image:
    width, height = size
    side = int(np.hypot(width, height))
    layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    face = ImageFont.load_default(max(8, letters))
    across, down = 1.4 * face.getlength(name), 4 * letters
    for row, top in enumerate(np.arange(0, side, down)):
        for left in np.arange(-(row % 2) * across / 2, side, across):
            draw.text((left, top), name, font=face, fill=ink)
    turned = layer.rotate(_one(ANGLES, chance), resample=Image.Resampling.BICUBIC)
    left, top = (side - width) // 2, (side - height) // 2
    return turned.crop((left, top, left + width, top + height))


def _in_corner(draw: Draw, size: tuple[int, int], letters: float, chance: np.random.Generator) -> None:
    width, height = size
    text = _one(SHOPS + NUMBERS, chance)
    margin = 0.03 * width
    places = {
        "ls": (margin, height - margin),
        "rs": (width - margin, height - margin),
        "lt": (margin, margin),
        "rt": (width - margin, margin),
        "ms": (width / 2, height - margin),
    }
    anchor = _one(tuple(places), chance)
    ink = _one(INKS, chance)
    rim = (0, 0, 0) if sum(ink) > 300 else (255, 255, 255)
    face = _fitting(text, letters, width)
    rim_width = int(chance.integers(2)) * max(1, round(face.size / 16))
    draw.text(places[anchor], text, font=face, fill=ink, anchor=anchor, stroke_width=rim_width, stroke_fill=rim)


def _on_sticker(draw: Draw, size: tuple[int, int], letters: float, chance: np.random.Generator) -> None:
    width, height = size
    text = _one(OFFERS, chance)
    face = _fitting(text, letters, 0.8 * width)
    long, high = face.getlength(text) + 1.2 * face.size, 1.9 * face.size
    left = _one((0.02 * width, 0.98 * width - long), chance)
    top = _one((0.02 * height, 0.3 * height, 0.98 * height - high), chance)
    paper, ink = _one(PLATES, chance)
    draw.rounded_rectangle((left, top, left + long, top + high), radius=0.4 * face.size, fill=paper)
    draw.text((left + long / 2, top + high / 2), text, font=face, fill=ink, anchor="mm")


def _on_banner(draw: Draw, size: tuple[int, int], letters: float, chance: np.random.Generator) -> None:
    width, height = size
    text = f"{_one(NUMBERS, chance)}   {_one(OFFERS, chance)}"
    face = _fitting(text, letters, width)
    high = 1.8 * face.size
    top = _one((0.0, height - high), chance)
    paper, ink = _one(PLATES, chance)
    draw.rectangle((0, top, width, top + high), fill=(*paper, int(chance.choice((160, 255)))))
    draw.text((width / 2, top + high / 2), text, font=face, fill=ink, anchor="mm")


def _as_date(draw: Draw, size: tuple[int, int], letters: float, chance: np.random.Generator) -> None:
    width, height = size
    day = f"{chance.integers(1, 29):02d}.{chance.integers(1, 13):02d}.20{chance.integers(10, 26)}"
    hour = f"{chance.integers(24):02d}:{chance.integers(60):02d}"
    ink = _one(((255, 200, 0), (255, 120, 0), (255, 255, 255)), chance)
    text = f"{day} {hour}"
    draw.text((0.96 * width, 0.95 * height), text, font=_fitting(text, letters, width), fill=ink, anchor="rs")


def _fitting(text: str, letters: float, width: float) -> ImageFont.FreeTypeFont:
    """Return the font at this height, or as high as the text has room."""
    face = ImageFont.load_default(max(8, letters))
    return ImageFont.load_default(max(8, letters * min(1, WIDEST * width / face.getlength(text))))


def _one(choices: tuple[T, ...], chance: np.random.Generator) -> T:
    return choices[int(chance.integers(len(choices)))]


def _laid_over(pixels: Pixels, layer: Image.Image) -> Pixels:
    return np.asarray(Image.alpha_composite(Image.fromarray(pixels).convert("RGBA"), layer).convert("RGB"))


WRITING = Degradation(
    name="writing",
    defect=DefectCode.TEXT_OVERLAY,
    unit="of the photo",
    amounts=(0.02, 0.025, 0.03, 0.04, 0.055, 0.075),
    noticed=0.04,
    apply=write,
)
WATERMARK = Degradation(
    name="watermark",
    defect=DefectCode.WATERMARK,
    unit="opacity",
    amounts=(0.15, 0.25, 0.35, 0.5, 0.65, 0.8),
    noticed=0.5,
    apply=watermark,
)
