"""Photos with things strewn about, and where those are: the head of the network learns from them.

Things are cut out of DUTS-TR by its masks, out of photos of clothes by the network, or plain. The bench's faults
are made of other things in other ways (``degradations/company.py``), and put into photos of other senders.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from PIL import Image

from lab.quality.photos import PhotoFile, read_collections
from lab.quality.strewn_things import (
    Colours,
    Mask,
    Pixels,
    Thing,
    cut_things,
    draw_plain,
    lay,
    read_masked,
    tint,
    turn,
)

Kind = Literal["clothes", "products", "dishes"]

SIDE = 320
"""px, the longer side at which photos are put together: the network looks at no more."""
SENDERS, NAMES = 0.3, 0.125
"""Share of the senders of clothes, and of DUTS-TR's photos, that are kept from learning."""
TIMES, PRODUCTS, DISHES, THINGS = 3, 1000, 800, 2500
"""To learn from: how often each photo of clothes, how many products and dishes, how many of DUTS-TR's things."""
FEW, MOST = 4, 40
"""Things that are strewn about. One or two beside the product are none, and are to be told apart."""
PATTERNED = 0.12
"""Share of the photos whose product is laid on a cloth with a fine regular pattern."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One photo, as a phone would have taken it."""

    kind: Kind
    pixels: Pixels
    """sRGB, shape (H, W, 3)."""
    covered: Mask
    """Shape (H, W), in [0, 1]: what things cover."""
    things: int


def scenes(data: Path, learning: bool, cut: Callable[[Pixels], Mask]) -> Iterator[Scene]:
    """Yield photos as they are, each once more with things strewn about, a third also with one or two.

    ``cut`` returns a photo's product. With ``learning``, photos and things are those that the head may learn from,
    otherwise those that are kept from it; of clothes none is of a sender of ``seller_photos``, or of one that the
    bench holds out, and DUTS-TR's development test is left out.
    """
    chance = np.random.default_rng(4 if learning else 3)
    clothes = [(pixels, cut(pixels)) for pixels in map(_read_photo, clothes_photos(data, learning))]
    products, dishes, every = (_shuffled(names, chance) for names in _masked(data, learning))
    things = cut_things((read_masked(data, name) for name in every), THINGS if learning else THINGS // 5)
    things += cut_things(clothes, len(clothes))
    bases: list[tuple[Kind, int | str]] = [("clothes", place) for place in range(len(clothes))]
    bases = bases * (TIMES if learning else 1)
    bases += [("products", name) for name in products[: PRODUCTS if learning else PRODUCTS // 5]]
    bases += [("dishes", name) for name in dishes[: DISHES if learning else DISHES // 4]]
    for place in chance.permutation(len(bases)):
        kind, which = bases[place]
        pixels, product = clothes[which] if isinstance(which, int) else _large(*read_masked(data, which))
        shown = _on_cloth(pixels, product, chance) if chance.random() < PATTERNED else pixels.astype(np.float32)
        counts = [0, int(np.exp(chance.uniform(np.log(FEW), np.log(MOST))))]
        if chance.random() < 1 / 3:
            counts.append(int(chance.integers(1, 3)))
        for count in counts:
            yield Scene(kind, *_photograph(*_strew(shown, product, things, count, chance), chance), count)


def clothes_photos(data: Path, learning: bool) -> list[PhotoFile]:
    """Return the photos of clothes to learn from, or those of other senders.

    None is of a sender of ``seller_photos``, or of one that the bench holds out.
    """
    files = list(read_collections(data))
    shown = {one.sender for one in files if one.collection == "seller_photos"}
    free = [one for one in files if one.collection == "clothing" and not one.held_out and one.sender not in shown]
    return [one for one in free if _is_kept(f"s{one.sender or one.path.stem}", 10, SENDERS) is not learning]


def _masked(data: Path, learning: bool) -> tuple[list[str], list[str], list[str]]:
    """Return the names of DUTS-TR's products that are no food, of its food, and of all its photos."""
    folder = data / "duts_tr"
    product_like, test = (
        {Path(line).stem for line in (folder / name).read_text().split()}
        for name in ("product_like.txt", "dev_product200.txt")
    )
    rows = (line.split("\t") for line in (folder / "class_by_image.tsv").read_text().splitlines())
    food = {row[0] for row in rows if row[1] == "food"}
    every = {path.stem for path in (folder / "image").iterdir()} - test
    every = {name for name in every if _is_kept(name, 8, NAMES) is not learning}
    return sorted(every & product_like - food), sorted(every & food), sorted(every)


def _is_kept(name: str, of: int, share: float) -> bool:
    return zlib.crc32(name.encode()) % of < share * of


def _shuffled(names: list[str], chance: np.random.Generator) -> list[str]:
    return [names[place] for place in chance.permutation(len(names))]


def _read_photo(file: PhotoFile) -> Pixels:
    with Image.open(file.path) as photo:
        pixels = np.asarray(photo.convert("RGB"))
    return _large(pixels, np.zeros(pixels.shape[:2], np.float32))[0]


def _large(pixels: Pixels, mask: Mask) -> tuple[Pixels, Mask]:
    """Return both with a longer side of SIDE px at least."""
    scale = SIDE / max(mask.shape)
    if scale > 1:
        pixels = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)
        mask = np.asarray(cv2.resize(mask, pixels.shape[1::-1]), np.float32)
    return pixels, mask


def _on_cloth(pixels: Pixels, product: Mask, chance: np.random.Generator) -> Colours:
    """Return the product on a cloth of woven checks or stripes, or one that repeats a piece of the photo."""
    height, width = product.shape
    pitch = max(4, int(max(height, width) * chance.uniform(0.015, 0.07)))
    if chance.random() < 0.5:
        top, left = int(chance.integers(height - pitch)), int(chance.integers(width - pitch))
        motif = pixels[top : top + pitch, left : left + pitch].astype(np.float32)
        motif = motif.mean(axis=(0, 1)) + (motif - motif.mean(axis=(0, 1))) * chance.uniform(0.5, 1.5)
    else:
        motif = np.full((pitch, pitch, 3), chance.uniform(20, 240, 3))
        motif[:, : max(1, int(pitch * chance.uniform(0.1, 0.5)))] += chance.uniform(-60, 60, 3)
        if chance.random() < 0.5:
            motif[: max(1, int(pitch * chance.uniform(0.1, 0.5)))] += chance.uniform(-60, 60, 3)
    times = 2 * max(height, width) // pitch + 2
    cloth = np.tile(motif.astype(np.float32), (times, times, 1))
    middle = len(cloth) / 2
    onto = cv2.getRotationMatrix2D((middle, middle), float(chance.uniform(-45, 45)), 1.0)
    onto[:, 2] += width / 2 - middle, height / 2 - middle
    cloth = np.asarray(cv2.warpAffine(cloth, onto, (width, height), borderMode=cv2.BORDER_REFLECT), np.float32)
    return (cloth + (pixels - cloth) * product[..., None]).astype(np.float32)


def _strew(
    shown: Colours, product: Mask, things: list[Thing], count: int, chance: np.random.Generator
) -> tuple[Colours, Mask]:
    """Return the photo with things of a few kinds behind the product, and which part of it they cover."""
    height, width = product.shape
    longer = max(height, width)
    shown, covered = shown.copy(), np.zeros((height, width), np.float32)
    kinds = [
        draw_plain(chance) if chance.random() < 0.25 else things[int(chance.integers(len(things)))]
        for _ in range(min(count, int(chance.integers(1, 10))))
    ]
    size, depth = float(chance.uniform(0.06, 0.22)), float(chance.choice((0.0, 0.3, 0.5)))
    heaps = chance.uniform(0.1, 0.9, (int(chance.integers(1, 4)), 2)) if chance.random() < 0.25 else None
    ground = shown[product < 0.3].mean(axis=0) if (product < 0.3).any() else shown.mean(axis=(0, 1))
    likeness = chance.uniform(0.3, 0.9) if chance.random() < 0.3 else 0.0
    for _ in range(count):
        side = max(6, round(longer * size * chance.uniform(0.5, 1.6)))
        kind = kinds[int(chance.integers(len(kinds)))]
        thing = tint(turn(kind, side, float(chance.uniform(-180, 180)), chance), ground, likeness)
        high, wide = thing.mask.shape
        if heaps is None:
            top = int(chance.integers(-high // 3, max(1, height - high // 2)))
            left = int(chance.integers(-wide // 3, max(1, width - wide // 2)))
        else:
            middle = heaps[int(chance.integers(len(heaps)))] + chance.normal(0, 0.15, 2)
            top, left = (int(middle[0] * height - high / 2), int(middle[1] * width - wide / 2))
        covered = np.maximum(covered, lay(shown, thing, (top, left), product, depth))
    return shown, covered


def _photograph(shown: Colours, covered: Mask, chance: np.random.Generator) -> tuple[Pixels, Mask]:
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
