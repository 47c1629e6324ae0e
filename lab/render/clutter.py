"""What else lies about: a glass of tea, a charger, a plate, cables, a rag, tape, a pen, a notebook."""

import numpy as np

from .fields import noise, wrinkles
from .material import glass, plain
from .mesh import Object, box, lathe, place, profile, soften, strands, surface


def tea_glass(rng: np.random.Generator) -> list[Object]:
    """Return a ribbed drinking glass, two thirds full of tea."""
    outer = soften(profile([(0, 0.0), (0.026, 0.0), (0.028, 0.004), (0.034, 0.105), (0.0345, 0.112)]), 2)
    inner = soften(profile([(0.0325, 0.112), (0.032, 0.104), (0.0262, 0.008), (0, 0.008)]), 2)
    cup = lathe("glass", np.concatenate([outer, inner]), glass("cup"))
    fill = soften(profile([(0, 0.0079), (0.0263, 0.0079), (0.0302, 0.072), (0, 0.072)]), 1)
    tea = lathe("tea", fill, plain("tea", (0.55, 0.2, 0.05), 0.02, transmission_weight=0.75, ior=1.33))
    return [cup, tea]


def charger(rng: np.random.Generator) -> list[Object]:
    """Return a white phone charger and its untidy cable."""
    white = plain("charger", (0.72, 0.71, 0.68), 0.35)
    brick = box("charger", (0.042, 0.032, 0.026), (0, 0, 0.013), white, 0.005)
    metal = plain("pins", (0.7, 0.7, 0.7), 0.25, metallic=1.0)
    pins = strands(
        "pins", [np.array([[-0.021, s, 0.014], [-0.04, s, 0.014]]) for s in (-0.009, 0.009)], 0.0022, metal
    )
    return [brick, pins, cable(rng, (0.02, 0, 0.012), white)]


def cable(rng: np.random.Generator, start: tuple[float, float, float], material: object = None) -> Object:
    """Return a cable that wanders over the floor from ``start``."""
    steps = rng.normal(0.12, 0.22, 30) * np.repeat(rng.choice([-1, 1.4], 6), 5)
    heading = np.repeat(np.cumsum(steps), 6)
    line = np.cumsum(np.stack([np.cos(heading), np.sin(heading)], axis=1) * 0.0042, axis=0)
    z = np.maximum(0.0022, np.linspace(start[2], -0.01, len(line)))
    points = np.c_[line + np.array(start[:2]), z]
    return strands("cable", [soften(points, 10)], 0.0019, material or plain("cable", (0.04, 0.04, 0.045), 0.5))


def plate(rng: np.random.Generator) -> list[Object]:
    """Return an enamelled plate with a coloured lip."""
    top = [(0, 0.006), (0.065, 0.006), (0.08, 0.012), (0.112, 0.02), (0.115, 0.021)]
    under = [(0.115, 0.019), (0.08, 0.009), (0.062, 0.0), (0, 0.001)]
    body = lathe(
        "plate",
        np.concatenate([soften(profile(top), 4), soften(profile(under), 4)]),
        plain("enamel", (0.78, 0.78, 0.74), 0.12),
    )
    angle = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    lip = np.stack([0.1145 * np.cos(angle), 0.1145 * np.sin(angle), np.full(120, 0.0203)], axis=1)
    return [body, strands("lip", [lip], 0.0016, plain("lip", (0.03, 0.12, 0.35), 0.2), cyclic=True)]


def rag(rng: np.random.Generator, colour: tuple[float, float, float] = (0.12, 0.3, 0.32)) -> list[Object]:
    """Return a crumpled kitchen cloth."""
    side = 150
    v, u = np.meshgrid(np.linspace(-1, 1, side), np.linspace(-1, 1, side), indexing="ij")
    pull = 0.62 + 0.12 * noise(rng, (side, side), 80, 2)
    heap = wrinkles(rng, (side, side), 46) * 0.05 * np.clip(1.15 - np.hypot(u, v) * 0.75, 0.1, 1)
    grid = np.stack([u * 0.15 * pull, v * 0.13 * pull.T, heap + 0.002], axis=-1)
    return [surface("rag", grid, plain("rag", colour, 0.9, sheen_weight=0.3), thickness=0.0015)]


def tape(rng: np.random.Generator) -> list[Object]:
    """Return a roll of brown parcel tape lying flat."""
    ring = profile([(0.038, 0.0), (0.052, 0.0), (0.052, 0.047), (0.038, 0.047), (0.038, 0.0)])
    core = profile([(0.0375, 0.0005), (0.0385, 0.0005), (0.0385, 0.0465), (0.0375, 0.0465), (0.0375, 0.0005)])
    brown = plain("tape", (0.33, 0.17, 0.055), 0.18, coat_weight=0.5)
    return [lathe("tape", ring, brown), lathe("core", core, plain("card", (0.45, 0.33, 0.2), 0.85))]


def pen(rng: np.random.Generator) -> list[Object]:
    """Return a ballpoint pen lying down."""
    body = lathe(
        "pen",
        profile([(0, 0), (0.0011, 0.001), (0.0038, 0.014), (0.004, 0.1), (0, 0.1)]),
        plain("pen", (0.75, 0.74, 0.7), 0.3),
    )
    cap = lathe(
        "pen cap",
        profile([(0, 0.141), (0.0045, 0.14), (0.0047, 0.098), (0.004, 0.098)]),
        plain("pen cap", (0.02, 0.05, 0.3), 0.3),
    )
    for part in (body, cap):
        part.rotation_euler, part.location.z = (np.pi / 2, 0, 0), 0.0047
    return [body, cap]


def notebook(rng: np.random.Generator) -> list[Object]:
    """Return a school notebook with a worn cover."""
    pages = box("pages", (0.152, 0.205, 0.007), (0, 0, 0.0045), plain("pages", (0.7, 0.68, 0.6), 0.85), 0.0006)
    cover = box("cover", (0.156, 0.21, 0.0012), (0, 0, 0.0086), plain("cover", (0.05, 0.16, 0.4), 0.45), 0.0005)
    stripe = box("stripe", (0.1, 0.05, 0.0004), (0, 0.03, 0.0094), plain("stripe", (0.78, 0.76, 0.7), 0.6), 0.0001)
    return [pages, cover, stripe]


def bottle(rng: np.random.Generator) -> list[Object]:
    """Return a green soap bottle with a white pump."""
    line = profile(
        [
            (0, 0),
            (0.03, 0),
            (0.034, 0.004),
            (0.034, 0.12),
            (0.028, 0.14),
            (0.013, 0.152),
            (0.013, 0.16),
            (0, 0.16),
        ]
    )
    body = lathe("soap", soften(line, 4), plain("soap", (0.1, 0.42, 0.12), 0.22))
    pump = lathe(
        "pump",
        soften(
            profile([(0, 0.205), (0.007, 0.205), (0.007, 0.175), (0.015, 0.174), (0.015, 0.155), (0, 0.155)]),
            2,
        ),
        plain("pump", (0.75, 0.75, 0.72), 0.3),
    )
    spout = strands(
        "spout",
        [np.array([[0, 0, 0.2], [0.03, 0, 0.202], [0.042, 0, 0.194]])],
        0.0055,
        pump.data.materials[0],
    )
    return [body, pump, spout]


def set_down(
    rng: np.random.Generator, kind: str, at: tuple[float, float], turn: float = 0.0, z: float = 0.0
) -> list[Object]:
    """Put one thing down by its name, ``at`` metres from the product, turned by degrees."""
    things = {
        "tea": tea_glass,
        "charger": charger,
        "plate": plate,
        "rag": rag,
        "tape": tape,
        "pen": pen,
        "notebook": notebook,
        "bottle": bottle,
    }
    objects = things[kind](rng)
    place(objects, (*at, z), (0, 0, turn))
    return objects
