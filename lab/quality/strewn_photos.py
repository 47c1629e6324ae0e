"""Photos with things strewn about, and where those are: the head of the network learns from them.

They are cut out of DUTS-TR by its masks, with shadows. The bench's faults are made of other things in other ways
(``degradations/company.py``), and put into photos of other senders.
"""

import zlib
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lab.quality.photos import PhotoFile, read_collections

Pixels = NDArray[np.uint8]
Colours = NDArray[np.float32]
Mask = NDArray[np.float32]

SIDE = 320
"""px, the longer side at which photos are put together: the network looks at no more."""
VALIDATION = 10
"""Of ten senders, three are kept from learning."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing cut out of a photo: colours (h, w, 3) and coverage (h, w) in [0, 1]."""

    colours: Colours
    mask: Mask


def base_photos(data: Path) -> tuple[list[PhotoFile], list[PhotoFile]]:
    """Return the photos of clothes to learn from and to choose thresholds on.

    None is of a sender of ``seller_photos``, or of one that the bench holds out.
    """
    files = list(read_collections(data))
    shown = {one.sender for one in files if one.collection == "seller_photos"}
    free = [one for one in files if one.collection == "clothing" and not one.held_out and one.sender not in shown]
    kept = [zlib.crc32(f"s{one.sender or one.path.stem}".encode()) % VALIDATION < 3 for one in free]
    return [one for one, is_kept in zip(free, kept, strict=True) if not is_kept], [
        one for one, is_kept in zip(free, kept, strict=True) if is_kept
    ]


def things_in(data: Path) -> tuple[list[str], list[str]]:
    """Return the names of DUTS-TR's photos, those of products first; the development test's are left out."""
    folder = data / "duts_tr"
    products, test = (
        {Path(line).stem for line in (folder / name).read_text().split()}
        for name in ("product_like.txt", "dev_product200.txt")
    )
    every = {path.stem for path in (folder / "image").iterdir()} - test
    return sorted(products - test), sorted(every)


def read_photo(path: Path) -> Pixels:
    """Return a photo's sRGB, shape (H, W, 3), its longer side SIDE px at least."""
    with Image.open(path) as photo:
        pixels = np.asarray(photo.convert("RGB"))
    scale = SIDE / max(pixels.shape[:2])
    if scale <= 1:
        return pixels
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)


def draw_thing(data: Path, names: list[str], chance: np.random.Generator) -> Thing:
    """Return a thing that is whole and neither tiny nor the whole photo."""
    while True:
        name = names[int(chance.integers(len(names)))]
        with Image.open(data / "duts_tr" / "mask" / f"{name}.webp") as file:
            mask = np.asarray(file.convert("L"), np.float32) / 255
        solid = mask > 0.5
        rim = solid[0].mean() + solid[-1].mean() + solid[:, 0].mean() + solid[:, -1].mean()
        if 0.03 < solid.mean() < 0.6 and rim < 0.3:
            break
    with Image.open(data / "duts_tr" / "image" / f"{name}.avif") as file:
        colours = np.asarray(file.convert("RGB").resize(mask.shape[::-1]), np.float32)
    rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
    where = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Thing(colours[where], mask[where])


def strew(
    pixels: Pixels, product: Mask, data: Path, names: list[str], chance: np.random.Generator
) -> tuple[Colours, Mask]:
    """Return the photo with 4 to 30 things behind the product, and which part of it they cover."""
    height, width = product.shape
    shown, covered = pixels.astype(np.float32), np.zeros((height, width), np.float32)
    count = int(np.exp(chance.uniform(np.log(4), np.log(30))))
    few = [draw_thing(data, names, chance) for _ in range(min(count, int(chance.integers(2, 8))))]
    size, depth = float(chance.uniform(0.06, 0.22)), float(chance.choice((0.0, 0.3, 0.5)))
    for _ in range(count):
        side = max(6, round(max(height, width) * size * chance.uniform(0.5, 1.7)))
        thing = _turned(few[int(chance.integers(len(few)))], side, float(chance.uniform(-180, 180)), chance)
        high, wide = thing.mask.shape
        top = int(chance.integers(-high // 3, max(1, height - high // 2)))
        left = int(chance.integers(-wide // 3, max(1, width - wide // 2)))
        covered = np.maximum(covered, _lay(shown, thing, (top, left), product, depth))
    return shown, covered


def photograph(shown: Colours, covered: Mask, chance: np.random.Generator) -> tuple[Pixels, Mask]:
    """Return both as another phone would have taken them: light, colour, blur, noise, JPEG, mirrored or not."""
    if chance.random() < 0.3:
        shown = shown * np.float32(chance.uniform(0.7, 1.2))
    if chance.random() < 0.2:
        shown = shown * chance.uniform(0.9, 1.1, 3).astype(np.float32)
    if chance.random() < 0.2:
        shown = np.asarray(cv2.GaussianBlur(shown, (0, 0), chance.uniform(0.4, 1.0)), np.float32)
    if chance.random() < 0.2:
        shown = shown + chance.normal(0, chance.uniform(1, 6), shown.shape).astype(np.float32)
    if chance.integers(2):
        shown, covered = shown[:, ::-1], covered[:, ::-1]
    levels = np.ascontiguousarray(np.clip(shown, 0, 255).astype(np.uint8))
    _, data = cv2.imencode(".jpg", levels, [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(65, 96))])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8), np.ascontiguousarray(covered)


def _turned(thing: Thing, side: int, degrees: float, chance: np.random.Generator) -> Thing:
    """Return the thing with this longer side, turned and in other light, now and then in other colours."""
    high, wide = thing.mask.shape
    scale = side / max(high, wide)
    onto = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, scale)
    cosine, sine = abs(onto[0, 0]), abs(onto[0, 1])
    size = int(wide * cosine + high * sine) + 2, int(wide * sine + high * cosine) + 2
    onto[:, 2] += (size[0] - wide) / 2, (size[1] - high) / 2
    soft = max(1, int(1 / (1.5 * scale)))
    colours = cv2.warpAffine(cv2.blur(thing.colours, (soft, soft)), onto, size, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.warpAffine(cv2.blur(thing.mask, (soft, soft)), onto, size)
    if chance.random() < 0.4:
        colours = colours[..., chance.permutation(3)]
    colours = (colours - 128) * chance.uniform(0.8, 1.15) + 128 + chance.uniform(-30, 30)
    if chance.random() < 0.15:
        colours = 0.15 * colours + 0.85 * chance.uniform(10, 245, 3)
    return Thing(np.clip(colours, 0, 255).astype(np.float32), np.asarray(mask, np.float32))


def _lay(shown: Colours, thing: Thing, corner: tuple[int, int], product: Mask, depth: float) -> Mask:
    """Lay a thing and its shadow on a photo, behind the product; return which part of the photo it covers."""
    height, width = product.shape
    onto = np.array([[1, 0, corner[1]], [0, 1, corner[0]]], np.float64)
    mask = np.asarray(cv2.warpAffine(thing.mask, onto, (width, height)), np.float32)
    colours = np.asarray(cv2.warpAffine(thing.colours, onto, (width, height)), np.float32)
    behind = 1 - product
    shadow = np.asarray(cv2.GaussianBlur(mask, (0, 0), 0.02 * max(height, width)), np.float32)
    shown *= (1 - depth * shadow * behind)[..., None]
    covered = mask * behind
    shown += (colours - shown) * covered[..., None]
    return covered
