"""Rendered photos for the matte network to learn from, with exact alpha: ``python -m lab.render.lessons OUT``.

Each is drawn by its number alone, so that a run goes on where the last one stopped. Two in three are dishes, whose
food DUTS-TR often cuts out of its plate; the others are the products of the samples, in any place. Written as
``image/NUMBER.jpg`` and ``mask/NUMBER.png``.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from PIL import Image

from . import sets
from .camera import Shot, set_camera
from .mesh import Object, place
from .phone import Phone, develop
from .product import basket, carving, chips, dish, honey, mug, sambal, sandals
from .render import set_render, shoot
from .scenes import LEAN
from .truth import show_truth

SIZES = ((288, 216), (216, 288))
"""px, the side at which photos are kept for training."""
RAYS = 3
DISHES = 2 / 3


@dataclass(frozen=True, slots=True)
class Model:
    """A product: how to build it, the radius that it takes and the height of its middle, both in metres."""

    build: Callable[[np.random.Generator], list[Object]]
    reach: float
    middle: float
    leans: bool = False


DISH = Model(dish.build, 0.13, 0.02)
OTHERS = (
    Model(basket.build, 0.14, 0.12),
    Model(carving.build, 0.17, 0.1, leans=True),
    Model(chips.build, 0.13, 0.02),
    Model(honey.build, 0.08, 0.07),
    Model(mug.build, 0.06, 0.045),
    Model(sambal.build, 0.07, 0.04),
    Model(sandals.build, 0.14, 0.02),
)
PLACES = (
    sets.paper_by_window,
    sets.blue_card,
    sets.white_table,
    sets.green_cloth,
    sets.kitchen_floor,
    sets.kitchen_table,
    sets.desk,
    sets.packing_table,
    sets.woven_mat,
    sets.terrace,
    sets.flowered_bed,
    sets.checked_cloth,
    sets.maroon_cloth,
)


def draw_scene(number: int) -> tuple[np.ndarray, np.ndarray]:
    """Return one photo, uint8 (H, W, 3), and its alpha, float32 (H, W), in [0, 1]."""
    rng = np.random.default_rng(number)
    bpy.ops.wm.read_factory_settings(use_empty=True)
    model = DISH if rng.random() < DISHES else OTHERS[rng.integers(len(OTHERS))]
    products = model.build(rng)
    place(products, turn=LEAN if model.leans else (0, 0, rng.uniform(-180, 180)))
    PLACES[rng.integers(len(PLACES))](rng)
    hold(rng, model)
    set_render(SIZES[rng.integers(2)], RAYS)
    light = shoot()[..., :3]
    show_truth(products, 32)
    alpha = np.clip(shoot()[..., 3], 0, 1)
    phone = Phone(
        stops=rng.normal(0.1, 0.4),
        cast=tuple(1 + rng.normal(0, 0.05, 3)),
        noise=rng.uniform(0.3, 1.5),
        contrast=rng.uniform(0.7, 1.2),
    )
    return develop(light, phone, number), alpha


def hold(rng: np.random.Generator, model: Model) -> None:
    """Hold the phone anywhere from low over the table to straight above, and near enough, or too near."""
    up, round_ = np.radians(rng.uniform(18, 88)), np.radians(rng.normal(0, 25))
    far = model.reach * rng.uniform(1.5, 2.9) + 0.02
    at = far * np.array([np.sin(round_) * np.cos(up), -np.cos(round_) * np.cos(up), np.sin(up)])
    aim = np.array([*rng.normal(0, 0.25 * model.reach, 2), model.middle])
    set_camera(Shot((at[0], at[1], at[2] + model.middle), tuple(aim), rng.normal(0, 5), stop=4.0))


def main() -> None:
    """Render what is missing of the numbers asked for."""
    parser = argparse.ArgumentParser(prog="lab.render.lessons", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=600)
    choice = parser.parse_args()
    for folder in ("image", "mask"):
        (choice.out / folder).mkdir(parents=True, exist_ok=True)
    for number in range(choice.count):
        image = choice.out / "image" / f"{number:05}.jpg"
        if image.exists():
            continue
        photo, alpha = draw_scene(number)
        Image.fromarray((255 * alpha).round().astype(np.uint8)).save(choice.out / "mask" / f"{number:05}.png")
        Image.fromarray(photo).save(image, quality=90)


if __name__ == "__main__":
    main()
