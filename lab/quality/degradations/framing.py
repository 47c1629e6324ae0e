"""Framing: the product beside the middle, or leaning."""

import cv2
import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from lab.quality.ground import look_beyond
from models.assessment import DefectCode
from processing.assess.symmetry import measure_lean
from processing.extent import SOLID, cut_sides, outer_corners

KEPT = 0.03
"""Share of the photo that stays between the product and the side that is cropped."""
GROUND = 0.1
"""Share of the photo beside the product under which its ground cannot go on."""
MIDDLE = 0.05
"""Share of the photo by which the product may lie beside its middle before it is moved."""
STRAIGHT = 4.0
"""Degrees up to which a product counts as straight before it is turned."""


def move_aside(scene: Scene, share: float, chance: np.random.Generator) -> Pixels:
    """Return the photo taken with the phone held to one side, the product's middle ``share`` of it beside its own.

    The ground at one side is cropped, nearly up to the product. Where that is not enough, the ground at the
    other goes on as in a mirror.
    """
    axis, first, last = _roomiest(scene)
    pixels = np.moveaxis(scene.pixels, axis, 0)
    step = (1, -1)[int(chance.integers(2))]
    if step < 0:
        first, last = 1 - last, 1 - first
    pixels = pixels[::step]
    start = first - min(first, KEPT)
    end = start + ((first + last) / 2 - start) / (0.5 - share)
    top, bottom, size = (round(len(pixels) * part) for part in (start, end, last))
    ground = pixels[size:]
    beyond = np.concatenate([pixels, *([ground[::-1], ground] * (1 + bottom // len(ground)))])
    return np.ascontiguousarray(np.moveaxis(beyond[top:bottom][::step], 0, axis))


def turn(scene: Scene, degrees: float, chance: np.random.Generator) -> Pixels:
    """Return the photo taken with the phone turned, from so far away that the product stays whole."""
    height, width = scene.pixels.shape[:2]
    onto = cv2.getRotationMatrix2D((width / 2, height / 2), degrees * float(chance.choice((-1, 1))), 0.75)
    return look_beyond(scene, np.asarray(onto, np.float64), (width, height))


def _is_whole(scene: Scene) -> bool:
    return scene.trusted and not cut_sides(scene.alpha)


def _has_ground(scene: Scene) -> bool:
    """Return whether a whole product lies in the middle, with ground on both sides of it."""
    if not _is_whole(scene):
        return False
    _, first, last = _roomiest(scene)
    return min(first, 1 - last) >= GROUND and abs(first + last - 1) / 2 <= MIDDLE


def _roomiest(scene: Scene) -> tuple[int, float, float]:
    """Return the axis of the pixels on which the product spans less, and where it begins and ends there."""
    corners = outer_corners(scene.alpha, SOLID)[:, ::-1]
    first, last = corners.min(axis=0), corners.max(axis=0)
    axis = int(np.argmin(last - first))
    return axis, float(first[axis]), float(last[axis])


def _stands_straight(scene: Scene) -> bool:
    """Return whether the photo's product has an axis that can lean, and does not."""
    lean = measure_lean(scene.alpha, scene.pixels.shape[1], scene.pixels.shape[0])
    return _is_whole(scene) and lean is not None and abs(lean) <= STRAIGHT


MOVED_ASIDE = Degradation(
    name="moved aside",
    defect=DefectCode.OFF_CENTRE,
    unit="of the photo",
    amounts=(0.05, 0.08, 0.12, 0.16, 0.2, 0.24),
    noticed=0.2,
    apply=move_aside,
    suits=_has_ground,
)
TURNED = Degradation(
    name="turned",
    defect=DefectCode.TILTED,
    unit="degrees",
    amounts=(3, 6, 10, 15, 20, 30),
    noticed=15,
    apply=turn,
    suits=_stands_straight,
)
