"""Company: other things around the product, or another product beside it."""

import cv2
import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from lab.quality.ground import look_beyond
from models.assessment import DefectCode
from processing.extent import SOLID, cut_sides, outer_corners

THING = 0.16
"""Size of a thing around the product, as a share of the photo's longer side."""
UNLIKE = 20.0
"""CIELAB units between the mean colours of a thing and of the ground: what is as the ground is no thing on it."""
TRIES = 20
"""Places of the other photo that are looked at for such a thing."""


def clutter(scene: Scene, count: float, chance: np.random.Generator) -> Pixels:
    """Return the photo with ``count`` round pieces of another photo strewn behind the product."""
    height, width = scene.pixels.shape[:2]
    strewn = scene.pixels.copy()
    side = round(THING * max(height, width))
    other = np.asarray(cv2.resize(scene.companion, (max(2 * side, width), max(2 * side, height))), np.uint8)
    ground = _colour(scene.pixels[scene.alpha < 0.1] if (scene.alpha < 0.1).any() else scene.pixels)
    for _ in range(int(count)):
        size = round(side * chance.uniform(0.6, 1.4))
        piece = _thing(other, size, ground, chance)
        mask = np.zeros((size, size), np.uint8)
        half = size // 2
        cv2.ellipse(
            mask, (half, half), (half, round(half * chance.uniform(0.4, 1))), chance.uniform(0, 180), 0, 360, 1, -1
        )
        down, across = int(chance.integers(height - size // 2)), int(chance.integers(width - size // 2))
        place = strewn[down : down + size, across : across + size]
        shown = mask[: place.shape[0], : place.shape[1]] > 0
        place[shown] = piece[: place.shape[0], : place.shape[1]][shown]
    return _over(strewn, scene.pixels, scene.alpha)


def _thing(other: Pixels, size: int, ground: np.ndarray, chance: np.random.Generator) -> Pixels:
    """Return a square of another photo, of another colour than the ground if there is one."""
    for _ in range(TRIES):
        top, left = (int(chance.integers(length - size)) for length in other.shape[:2])
        piece = other[top : top + size, left : left + size]
        if np.linalg.norm(_colour(piece) - ground) >= UNLIKE:
            break
    return piece


def _colour(pixels: Pixels) -> np.ndarray:
    """Return the mean colour in CIELAB."""
    mean = pixels.reshape(-1, 3).mean(axis=0, dtype=np.float64)[None, None] / 255
    return np.asarray(cv2.cvtColor(mean.astype(np.float32), cv2.COLOR_RGB2LAB))[0, 0]


def set_beside(scene: Scene, share: float, chance: np.random.Generator) -> Pixels:
    """Return a wider photo with a second thing beside the product, of other colours, ``share`` as large."""
    height, width = scene.pixels.shape[:2]
    corners = outer_corners(scene.alpha, SOLID) * (width, height)
    left, top = np.floor(corners.min(axis=0)).astype(int)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int)
    size = max(8, round(share * (right - left))), max(8, round(share * (bottom - top)))
    room = round(size[0] * 1.3)
    wide = look_beyond(scene, np.eye(2, 3), (width + room, height))
    thing = 255 - np.roll(scene.pixels[top:bottom, left:right], int(chance.integers(1, 3)), axis=2)
    thing = cv2.resize(thing[:, ::-1], size, interpolation=cv2.INTER_AREA)
    alpha = cv2.resize(scene.alpha[top:bottom, left:right][:, ::-1], size, interpolation=cv2.INTER_AREA)
    down, across = (top + bottom - size[1]) // 2, width + (room - size[0]) // 2
    place = wide[down : down + size[1], across : across + size[0]]
    place[:] = _over(place, np.asarray(thing, np.uint8), np.asarray(alpha, np.float32))
    return wide


def _over(ground: Pixels, pixels: Pixels, alpha: np.ndarray) -> Pixels:
    return np.rint(ground + (pixels.astype(np.float32) - ground) * alpha[..., None]).astype(np.uint8)


def _is_whole(scene: Scene) -> bool:
    return scene.trusted and not cut_sides(scene.alpha)


CLUTTER = Degradation(
    name="strewn things",
    defect=DefectCode.CLUTTERED_BACKGROUND,
    unit="things",
    amounts=(3, 6, 12, 20, 32, 48),
    noticed=32,
    apply=clutter,
    figure="strewn_share",
    suits=lambda scene: scene.trusted,
)
SECOND_PRODUCT = Degradation(
    name="second product",
    defect=DefectCode.MULTIPLE_PRODUCTS,
    unit="of the first",
    amounts=(0.2, 0.3, 0.4, 0.5, 0.6, 0.7),
    noticed=0.5,
    apply=set_beside,
    suits=_is_whole,
)
