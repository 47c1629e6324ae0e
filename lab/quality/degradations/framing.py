"""Framing: the product beside the middle, or leaning."""

import cv2
import numpy as np

from lab.quality.degradation import Degradation, Pixels, Scene
from lab.quality.ground import look_beyond
from models.assessment import DefectCode
from processing.assess.symmetry import measure_lean
from processing.extent import SOLID, cut_sides, outer_corners

ROOM = 0.45
"""Share of the photo that is left to the product, so that it can be moved without being cut off."""
STRAIGHT = 4.0
"""Degrees up to which a product counts as straight before it is turned."""


def move_aside(scene: Scene, share: float, chance: np.random.Generator) -> Pixels:
    """Return the photo from further away, the product's middle by ``share`` of the photo beside its own."""
    height, width = scene.pixels.shape[:2]
    corners = outer_corners(scene.alpha, SOLID)
    first, last = corners.min(axis=0), corners.max(axis=0)
    scale = min(1.0, ROOM / float((last - first).max()))
    aim = np.array((0.5, 0.5))
    axis = int(chance.integers(2))
    aim[axis] += share * chance.choice((-1, 1))
    move = (aim - scale * (first + last) / 2) * (width, height)
    onto = np.array([[scale, 0, move[0]], [0, scale, move[1]]])
    return look_beyond(scene, onto, (width, height))


def turn(scene: Scene, degrees: float, chance: np.random.Generator) -> Pixels:
    """Return the photo taken with the phone turned, from so far away that the product stays whole."""
    height, width = scene.pixels.shape[:2]
    onto = cv2.getRotationMatrix2D((width / 2, height / 2), degrees * float(chance.choice((-1, 1))), 0.75)
    return look_beyond(scene, np.asarray(onto, np.float64), (width, height))


def _is_whole(scene: Scene) -> bool:
    return scene.trusted and not cut_sides(scene.alpha)


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
    suits=_is_whole,
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
