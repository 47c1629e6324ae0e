"""The places photos are taken in: a room, what lies about in it, and its light."""

import numpy as np

from .clutter import cable, set_down
from .light import area, surroundings
from .material import plain
from .mesh import Object, place
from .product.batik import pole
from .product.sambal import build_spoon
from .room import cloth, concrete, flowered, ledge, mat, plane, sweep, tiles, wall, wood_table

Random = np.random.Generator
WARM, COOL = (1.0, 0.86, 0.68), (0.86, 0.94, 1.0)


def paper_by_window(rng: Random) -> None:
    """White card bent up behind the product, a large window on the left."""
    sweep(rng)
    surroundings("interior", 0.55, 40)
    area((-1.5, -0.5, 1.1), 34, (1.2, 1.3), COOL)
    area((1.6, -0.9, 1.4), 6, (1.6, 1.6), WARM)


def blue_card(rng: Random) -> None:
    """Pale blue card, overcast light from above and behind the photographer."""
    sweep(rng, (0.42, 0.6, 0.68), 1.2, 0.34)
    surroundings("courtyard", 0.5, 150)
    area((0.5, -1.2, 1.6), 30, (1.6, 1.0))


def white_table(rng: Random) -> None:
    """White card flat under the product, seen from above, window on the right."""
    sweep(rng, (0.84, 0.835, 0.82), 0.84, 0.5)
    plane("under", (4, 4), plain("under", (0.35, 0.25, 0.16), 0.5), -0.004)
    surroundings("interior", 0.5, 200)
    area((1.3, -0.1, 1.2), 30, (1.0, 1.2), COOL)
    area((-1.2, -1.0, 1.5), 6, (1.2, 1.2), WARM)


def green_cloth(rng: Random) -> None:
    """A pale green cloth before a painted wall, soft daylight from the left."""
    cloth(rng, None, (0.46, 0.6, 0.42), 0.12, 0.014)
    wall(0.62, (0.74, 0.72, 0.66))
    surroundings("courtyard", 0.35, 30)
    area((-1.2, -0.7, 1.2), 28, (1.0, 1.2))
    area((1.4, -1.0, 1.0), 5, (1.4, 1.4), WARM)


def shelf_and_wall(rng: Random) -> None:
    """A painted ledge against a plain wall, window from the right."""
    ledge()
    wall(0.075)
    surroundings("courtyard", 0.4, 250)
    area((1.3, -1.0, 1.2), 32, (0.9, 1.2))
    area((-1.5, -1.2, 1.0), 5, (1.4, 1.4), WARM)


def shelf_far_wall(rng: Random) -> None:
    """A cream ledge some way before a plain wall: bright, soft."""
    ledge(0.5, (0.7, 0.67, 0.6))
    wall(0.5, (0.72, 0.74, 0.72))
    surroundings("city", 0.55, 100)
    area((1.1, 0.2, 0.9), 16, (0.8, 1.2))
    area((-1.2, -1.1, 1.2), 14, (1.2, 1.2))


def kitchen_floor(rng: Random) -> None:
    """Keramik floor with a rag, a plate, a charger: morning light through a door."""
    tiles()
    wall(1.15, (0.55, 0.66, 0.6))
    set_down(rng, "rag", (-0.36, 0.22), 30)
    set_down(rng, "plate", (0.36, 0.30), 0)
    set_down(rng, "charger", (0.27, -0.16), 160)
    set_down(rng, "bottle", (-0.12, 0.62), 60)
    set_down(rng, "tape", (0.08, 0.44), 0)
    surroundings("interior", 0.45, 300)
    area((1.9, 0.6, 1.3), 55, (0.9, 1.9), COOL)


def kitchen_table(rng: Random) -> None:
    """Wooden table with tea, a plate, a spoon and a rag; a window behind on the left."""
    wood_table()
    wall(0.8, (0.66, 0.6, 0.5))
    set_down(rng, "tea", (-0.17, 0.11), 0)
    set_down(rng, "plate", (0.21, 0.2), 0)
    set_down(rng, "rag", (0.05, 0.42), 75)
    set_down(rng, "bottle", (-0.3, 0.45), 200)
    place(build_spoon(), (0.1, -0.055, 0), (0, 0, -62))
    surroundings("interior", 0.5, 120)
    area((-1.3, 0.8, 1.2), 42, (0.9, 1.2), COOL, (0, 0, 0.06))


def desk(rng: Random) -> None:
    """The same table in the evening under a warm bulb: notebook, pen, charger, cable."""
    wood_table((0.36, 0.215, 0.11))
    wall(0.8, (0.6, 0.58, 0.5))
    set_down(rng, "notebook", (-0.2, 0.16), 24)
    set_down(rng, "pen", (-0.13, -0.06), 58)
    set_down(rng, "charger", (0.2, 0.1), 40)
    set_down(rng, "tea", (0.12, 0.3), 0)
    cable(rng, (0.1, 0.45, 0.003))
    surroundings("interior", 0.35, 10, (1.0, 0.9, 0.78))
    area((0.3, -0.25, 1.5), 22, (0.25, 0.25), WARM)
    area((-1.5, -0.5, 1.0), 8, (1.0, 1.2), COOL)


def packing_table(rng: Random) -> None:
    """Where orders are packed: wooden table, parcel tape, pen, notebook; daylight."""
    wood_table((0.33, 0.2, 0.1))
    set_down(rng, "tape", (-0.19, 0.12), 0)
    set_down(rng, "pen", (0.2, 0.03), 20)
    set_down(rng, "notebook", (0.24, 0.24), -14)
    cable(rng, (-0.3, 0.2, 0.003))
    surroundings("courtyard", 0.5, 60)
    area((-1.0, 0.4, 1.4), 26, (1.0, 1.0))


def woven_mat(rng: Random) -> None:
    """A tikar on a cement floor, a cable and a rag near by; light from a doorway."""
    concrete().location.z = -0.012
    mat(rng)
    set_down(rng, "rag", (0.33, 0.26), 15)
    set_down(rng, "tea", (-0.27, 0.22), 0)
    cable(rng, (-0.45, -0.1, 0.003))
    surroundings("courtyard", 0.4, 200)
    area((-1.4, -0.9, 1.3), 36, (0.9, 1.7))


def terrace(rng: Random) -> None:
    """Bare cement outdoors in the shade."""
    concrete()
    wall(0.7, (0.62, 0.6, 0.56))
    surroundings("forest", 1.0, 90)
    area((0.9, -1.2, 1.6), 20, (1.5, 1.0))


def dim_workshop(rng: Random) -> None:
    """Cement floor and wall at night, one weak lamp."""
    concrete()
    wall(0.075, (0.4, 0.38, 0.34))
    set_down(rng, "tape", (0.27, -0.1), 0)
    set_down(rng, "rag", (-0.3, -0.08), 40, 0.0)
    surroundings("night", 0.12, 0)
    area((-0.8, -0.3, 1.0), 4, (0.15, 0.15), WARM)


def flowered_bed(rng: Random) -> None:
    """A bed with a flowered sheet, window light, a charger's cable across."""
    cloth(rng, flowered(rng, (0.80, 0.74, 0.70), (0.74, 0.33, 0.40)), (1, 1, 1), 0.2, 0.016)
    cable(rng, (0.12, 0.30, 0.02))
    set_down(rng, "charger", (-0.3, 0.12), 100, 0.004)
    surroundings("interior", 0.5, 70)
    area((1.2, 0.9, 1.1), 34, (1.0, 1.3), COOL)


def checked_cloth(rng: Random) -> None:
    """A checked tablecloth with a plate and a glass; bright."""
    cloth(rng, checks(), (1, 1, 1), 0.24, 0.005, 90)
    set_down(rng, "plate", (-0.29, 0.24), 0)
    set_down(rng, "tea", (0.26, 0.26), 0)
    surroundings("courtyard", 0.5, 310)
    area((-1.0, 0.1, 1.4), 28, (1.0, 1.2))


def checks() -> np.ndarray:
    """Return the print of a checked tablecloth."""
    line = ((np.arange(600) // 50) % 2).astype(float)
    white, red = np.array([0.86, 0.84, 0.8]), np.array([0.55, 0.13, 0.12])
    share = (line[:, None] + line[None, :])[..., None] / 2
    thread = 1 - 0.06 * ((np.arange(600)[:, None] + np.arange(600)[None, :]) % 4 < 2)[..., None]
    return (white * (1 - share) + red * share) * thread


def clothes_line(rng: Random) -> list[Object]:
    """A bamboo pole before a whitewashed wall, daylight."""
    wall(0.42, (0.74, 0.73, 0.68))
    tiles()
    surroundings("courtyard", 0.3, 130)
    area((-2.0, -0.7, 1.5), 80, (1.0, 1.3), towards=(0, 0, 0.4))
    return pole()


def maroon_cloth(rng: Random) -> None:
    """A plain dark cloth on a table, window from the left."""
    cloth(rng, None, (0.2, 0.035, 0.045), 0.07, 0.016)
    surroundings("interior", 0.5, 0)
    area((-1.0, -0.2, 1.1), 24, (0.9, 1.1))
    area((1.2, -0.8, 1.2), 6, (1.2, 1.2), WARM)
