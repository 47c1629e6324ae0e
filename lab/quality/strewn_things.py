"""Things to strew about: cut out of other photos, or plain shapes."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
Colours = NDArray[np.float32]
Mask = NDArray[np.float32]

SIDE = 96
"""px, the longer side at which things are kept."""
AREA = 0.03, 0.6
"""Share of its photo that a thing covers: neither tiny nor the whole photo."""
RIM = 0.3
"""Shares of the photo's four sides that a thing covers, at most: it is to be whole."""
PLAIN = 64
"""px, the longer side of a plain shape."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: colours (h, w, 3) in levels and coverage (h, w) in [0, 1]."""

    colours: Colours
    mask: Mask


def read_masked(data: Path, name: str) -> tuple[Pixels, Mask]:
    """Return a photo of DUTS-TR, sRGB (H, W, 3), and what its mask covers (H, W)."""
    with Image.open(data / "duts_tr" / "mask" / f"{name}.webp") as file:
        mask = np.asarray(file.convert("L"), np.float32) / 255
    with Image.open(data / "duts_tr" / "image" / f"{name}.avif") as file:
        return np.asarray(file.convert("RGB").resize(mask.shape[::-1])), mask


def cut_things(photos: Iterable[tuple[Pixels, Mask]], count: int) -> list[Thing]:
    """Return the first ``count`` things that are whole, of photos and what is to be cut out of them."""
    things: list[Thing] = []
    for pixels, mask in photos:
        solid = mask > 0.5
        rim = sum(side.mean() for side in (solid[0], solid[-1], solid[:, 0], solid[:, -1]))
        if not AREA[0] < solid.mean() < AREA[1] or rim >= RIM:
            continue
        rows, columns = np.flatnonzero(solid.any(axis=1)), np.flatnonzero(solid.any(axis=0))
        where = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        scale = min(1.0, SIDE / max(mask[where].shape))
        size = tuple(max(2, round(side * scale)) for side in mask[where].shape[::-1])
        colours, cover = (cv2.resize(part[where], size, interpolation=cv2.INTER_AREA) for part in (pixels, mask))
        things.append(Thing(colours.astype(np.float32), cover.astype(np.float32)))
        if len(things) == count:
            break
    return things


def draw_plain(chance: np.random.Generator) -> Thing:
    """Return a lid, a stick, a card or a scrap: of one colour or rimmed, lit from one side."""
    middle, half = PLAIN // 2, max(3, round(PLAIN / 2 * chance.choice((0.12, 0.3, 0.6, 0.95))))
    mask = np.zeros((PLAIN, PLAIN), np.uint8)
    kind = int(chance.integers(3))
    if kind == 0:
        cv2.ellipse(mask, (middle, middle), (middle - 1, half), 0, 0, 360, 255, -1, cv2.LINE_AA)
    elif kind == 1:
        cv2.rectangle(mask, (1, middle - half + 1), (PLAIN - 2, middle + half - 1), 255, -1)
    else:
        turns = np.sort(chance.uniform(0, 2 * np.pi, int(chance.integers(4, 9))))
        corners = middle + (middle - 1) * chance.uniform(0.5, 1, len(turns)) * np.stack(
            [np.cos(turns), np.sin(turns)]
        )
        cv2.fillPoly(mask, [corners.T.astype(np.int32)], 255, cv2.LINE_AA)
    down, across = np.mgrid[:PLAIN, :PLAIN] / PLAIN - 0.5
    turn = chance.uniform(0, 2 * np.pi)
    light = (np.cos(turn) * across + np.sin(turn) * down) * chance.uniform(0, 90)
    grain = chance.normal(0, chance.uniform(0, 12), (PLAIN, PLAIN))
    colours = chance.uniform(10, 245, 3) + (light + grain)[..., None]
    if chance.random() < 0.3:
        inner = cv2.erode(mask, np.ones((9, 9), np.uint8)) > 0
        colours[inner] = chance.uniform(10, 245, 3) + light[inner, None]
    return Thing(np.clip(colours, 0, 255).astype(np.float32), mask.astype(np.float32) / 255)


def turn(thing: Thing, side: int, degrees: float, chance: np.random.Generator) -> Thing:
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


def tint(thing: Thing, ground: Colours, share: float) -> Thing:
    """Return the thing with its mean colour brought nearer to that of the ground (3), by ``share``."""
    mean = (thing.colours * thing.mask[..., None]).sum(axis=(0, 1)) / max(1.0, float(thing.mask.sum()))
    return Thing(np.clip(thing.colours + (ground - mean) * share, 0, 255).astype(np.float32), thing.mask)


def lay(shown: Colours, thing: Thing, corner: tuple[int, int], product: Mask, depth: float) -> Mask:
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
