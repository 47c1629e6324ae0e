"""A dish as a warung serves it: something to eat, and what it is served on. No two draws are alike."""

import numpy as np

from ..fields import noise
from ..material import Graph, Material, plain
from ..mesh import Object, box, lathe, profile, soften, strands, surface

Random = np.random.Generator
Colour = tuple[float, float, float]
GLAZES: tuple[Colour, ...] = (
    (0.84, 0.83, 0.8),
    (0.84, 0.83, 0.8),
    (0.78, 0.72, 0.6),
    (0.45, 0.6, 0.55),
    (0.05, 0.12, 0.3),
    (0.3, 0.13, 0.06),
    (0.03, 0.03, 0.035),
    (0.75, 0.4, 0.42),
    (0.35, 0.55, 0.2),
    (0.8, 0.6, 0.1),
)
FOODS: tuple[Colour, ...] = (
    (0.85, 0.5, 0.13),
    (0.55, 0.25, 0.07),
    (0.2, 0.08, 0.03),
    (0.6, 0.08, 0.03),
    (0.9, 0.38, 0.06),
    (0.16, 0.36, 0.06),
    (0.85, 0.83, 0.76),
    (0.85, 0.72, 0.42),
    (0.9, 0.7, 0.1),
    (0.75, 0.33, 0.25),
)


def build(rng: Random) -> list[Object]:
    """Return a dish up to 0.3 m wide: a plate, bowl, woven plate or board, and food in or on it."""
    vessel = rng.choice(["plate", "bowl", "woven", "board"], p=[0.5, 0.3, 0.1, 0.1])
    if vessel == "bowl":
        parts, room, floor = bowl(rng)
    elif vessel == "plate":
        parts, room, floor = plate(rng)
    elif vessel == "woven":
        parts, room, floor = woven_plate(rng)
    else:
        parts, room, floor = board(rng)
    if vessel != "bowl" and rng.random() < 0.2:
        parts.append(banana_leaf(rng, room * 1.1, floor))
        floor += 0.003
    wet = vessel == "bowl" and rng.random() < 0.6
    return parts + (soup(rng, room, floor) if wet else heap(rng, room * rng.uniform(0.65, 1.0), floor))


def glazed(rng: Random) -> Material:
    """Return the glaze of a plate or bowl."""
    return plain("glaze", GLAZES[rng.integers(len(GLAZES))], rng.uniform(0.08, 0.4))


def plate(rng: Random) -> tuple[list[Object], float, float]:
    """Return a round plate, the radius that food may take, and the height of its floor, in metres."""
    wide, rise, rim = rng.uniform(0.09, 0.15), rng.uniform(0.01, 0.035), rng.uniform(0.6, 0.85)
    top = [(0, 0.006), (wide * rim * 0.9, 0.006), (wide * rim, 0.01), (wide * 0.98, rise), (wide, rise + 0.001)]
    under = [(wide, rise - 0.001), (wide * rim, 0.006), (wide * rim * 0.85, 0.0), (0, 0.001)]
    line = np.concatenate([soften(profile(top), 4), soften(profile(under), 4)])
    parts = [lathe("plate", line, glazed(rng), wobble=rng.uniform(0, 0.001))]
    if rng.random() < 0.4:
        tint = plain("band", FOODS[rng.integers(len(FOODS))], 0.2)
        for share in rng.uniform(rim + 0.06, 0.98, rng.integers(1, 3)):
            height = np.interp(share, [rim, 0.98], [0.0095, rise]) + 0.0006
            parts.append(ring("band", wide * share, height, rng.uniform(0.0006, 0.0018), tint))
    return parts, wide * rim * rng.uniform(0.85, 1.05), 0.0065


def bowl(rng: Random) -> tuple[list[Object], float, float]:
    """Return a bowl, the radius of what fills it, and the height that it is filled to, in metres."""
    wide, tall, foot = rng.uniform(0.06, 0.105), rng.uniform(0.04, 0.085), rng.uniform(0.4, 0.6)
    out = [(0, 0.0), (wide * foot, 0.0), (wide * 0.85, tall * 0.45), (wide * 0.97, tall * 0.85), (wide, tall)]
    shares = [(wide - 0.004, tall), (wide * 0.97 - 0.004, tall * 0.85), (wide * 0.85 - 0.004, tall * 0.45)]
    line = soften(profile(out + shares + [(wide * foot * 0.9, 0.006), (0, 0.005)]), 5)
    parts = [lathe("bowl", line, glazed(rng), wobble=rng.uniform(0, 0.001))]
    if rng.random() < 0.3:
        tint = plain("band", GLAZES[rng.integers(len(GLAZES))], 0.2)
        parts.append(ring("band", wide - 0.001, tall - 0.001, 0.002, tint))
    fill = rng.uniform(0.55, 0.9)
    return parts, float(np.interp(fill, [0.45, 0.85], [0.85, 0.97]) * wide - 0.0045), fill * tall


def woven_plate(rng: Random) -> tuple[list[Object], float, float]:
    """Return a plate wound from one palm rib, the radius for food, and the height of its floor, in metres."""
    wide = rng.uniform(0.09, 0.13)
    angle = np.arange(0, 2 * np.pi * 26, 0.15)
    radius = wide * angle / angle[-1]
    height = 0.003 + 0.02 * (radius / wide) ** 4 + 0.0008 * np.cos(9.5 * angle)
    line = np.stack([radius * np.cos(angle), radius * np.sin(angle), height], axis=1)
    brown = plain("rib", (0.35, 0.2, 0.08), 0.6)
    return [strands("spiral", [line], 0.003, brown)], wide * 0.75, 0.007


def board(rng: Random) -> tuple[list[Object], float, float]:
    """Return a wooden board, the radius for food, and the height of its top, in metres."""
    long, wide = rng.uniform(0.2, 0.32), rng.uniform(0.14, 0.2)
    tint = tuple(float(c) for c in np.array((0.42, 0.24, 0.1)) * rng.uniform(0.5, 1.5))
    return (
        [box("board", (long, wide, 0.016), (0, 0, 0.008), plain("board", tint, 0.5), 0.004)],
        wide * 0.42,
        0.0165,
    )


def banana_leaf(rng: Random, radius: float, floor: float) -> Object:
    """Return a piece of banana leaf that lies under the food."""
    g = Graph("leaf")
    rib = g.add("TexWave", {"Vector": g.position(), "Scale": 60.0, "Distortion": 0.5}, out="Factor")
    green = g.mix(rib, (0.06, 0.22, 0.03), (0.1, 0.32, 0.05))
    material = g.principled(base_color=green, roughness=0.35)
    v, u = np.meshgrid(np.linspace(-1, 1, 40), np.linspace(-1, 1, 40), indexing="ij")
    wave = noise(rng, (40, 40), 20, 2) * 0.0012
    turn = rng.uniform(0, np.pi)
    x, y = u * radius * rng.uniform(0.9, 1.25), v * radius * rng.uniform(0.6, 0.9)
    z = floor + 0.002 + wave + 0.008 * np.clip(np.hypot(u, v) - 0.9, 0, 1)
    grid = np.stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn), z], axis=-1)
    return surface("leaf", grid, material, thickness=0.0006)


def ring(name: str, radius: float, height: float, thick: float, material: Material) -> Object:
    """Return a level circle of a round strand."""
    angle = np.linspace(0, 2 * np.pi, 100, endpoint=False)
    line = np.stack([radius * np.cos(angle), radius * np.sin(angle), np.full(100, height)], axis=1)
    return strands(name, [line], thick, material, cyclic=True)


def cooked(rng: Random) -> Material:
    """Return something cooked: two colours in patches, spots, an uneven shine."""
    g = Graph("cooked")
    first, second = (FOODS[k] for k in rng.integers(len(FOODS), size=2))
    near = tuple(float(c) for c in 0.65 * np.array(first) + 0.35 * np.array(second))
    patch = g.mix(g.ramp(g.noise(rng.uniform(30, 160), 4), [(0.4, 0.0), (0.65, 1.0)]), first, near)
    spots = g.ramp(g.noise(rng.uniform(150, 500), 3), [(rng.uniform(0.52, 0.66), 0.0), (0.72, 0.8)])
    colour = g.mix(spots, patch, FOODS[rng.integers(len(FOODS))])
    rough = g.bump(g.noise(rng.uniform(100, 500), 4), 0.0015, 0.6)
    return g.principled(
        base_color=colour,
        roughness=rng.uniform(0.2, 0.7),
        normal=rough,
        subsurface_weight=0.08,
        subsurface_radius=(0.004, 0.002, 0.001),
    )


def mound(rng: Random, radius: float, height: float, floor: float, material: Material) -> Object:
    """Return a lump of food, round or longish, that stands ``floor`` metres above the table."""
    rings, around = np.linspace(0.01, 1, 24), np.linspace(0, 2 * np.pi, 64, endpoint=False)
    share, angle = np.meshgrid(rings, around, indexing="ij")
    edge = 1 + 0.12 * np.sin(2 * angle + rng.uniform(0, 6)) + 0.07 * np.sin(3 * angle + rng.uniform(0, 6))
    reach = radius * share * edge / 1.15
    lumps = noise(rng, share.shape, 14, 3) * rng.uniform(0.02, 0.12)
    rise = height * (np.clip(1 - share ** rng.uniform(1.5, 5), 0, 1) ** 0.6) * (1 + lumps)
    grid = np.stack([reach * np.cos(angle), reach * np.sin(angle), floor + rise], axis=-1)
    return surface("mound", grid, material, closed=True)


def soup(rng: Random, radius: float, level: float) -> list[Object]:
    """Return a liquid with pieces that swim in it."""
    rings, around = np.linspace(0.005, 1, 12), np.linspace(0, 2 * np.pi, 64, endpoint=False)
    share, angle = np.meshgrid(rings, around, indexing="ij")
    ripple = noise(rng, share.shape, 10, 2) * 0.0004
    grid = np.stack([radius * share * np.cos(angle), radius * share * np.sin(angle), level + ripple], axis=-1)
    broth = surface(
        "broth", grid, plain("broth", FOODS[rng.integers(len(FOODS))], rng.uniform(0.03, 0.2)), closed=True
    )
    return [broth, *scattered(rng, int(rng.integers(0, 26)), radius * 0.85, level, 0.004)]


def heap(rng: Random, radius: float, floor: float) -> list[Object]:
    """Return one to three mounds, or none, with pieces on them."""
    parts: list[Object] = []
    height = rng.uniform(0.1, 0.5) * radius
    count = int(rng.choice(4, p=[0.1, 0.4, 0.25, 0.25]))
    for _ in range(count):
        lump = mound(rng, radius * (1 if count == 1 else 0.65), height, floor - 0.001, cooked(rng))
        if count > 1:
            lump.location = (*(rng.uniform(-0.45, 0.45, 2) * radius), 0)
        parts.append(lump)
    return parts + scattered(rng, int(rng.integers(4 if count else 12, 60)), radius * 0.8, floor, height)


def scattered(rng: Random, count: int, radius: float, floor: float, height: float) -> list[Object]:
    """Return pieces of one or two kinds, thrown over a disc that rises to ``height`` at its middle."""
    pieces: list[Object] = []
    size = rng.uniform(0.007, 0.024)
    models = [one_piece(rng, size * rng.uniform(0.7, 1.3)) for _ in range(rng.integers(1, 4))]
    for index in range(count):
        model = models[rng.integers(len(models))]
        piece = model.copy()
        model.users_collection[0].objects.link(piece)
        far, angle = radius * np.sqrt(rng.uniform()), rng.uniform(0, 2 * np.pi)
        lift = height * (1 - (far / radius) ** 2) + size * rng.uniform(0.1, 0.6) * (1 + index / count)
        piece.location = (far * np.cos(angle), far * np.sin(angle), floor + lift)
        piece.rotation_euler = (rng.normal(0, 0.5), rng.normal(0, 0.5), rng.uniform(0, 6.3))
        pieces.append(piece)
    for model in models:
        model.location = (*(rng.uniform(-0.3, 0.3, 2) * radius), floor + height * 0.8 + size * 0.4)
    return pieces + models


def one_piece(rng: Random, size: float) -> Object:
    """Return a piece of food about ``size`` metres in radius: ball, block, stick, slice, ring or leaf."""
    material = cooked(rng)
    kind = rng.choice(["ball", "block", "stick", "slice", "ring", "leaf"])
    if kind == "ball":
        angle = np.linspace(-np.pi / 2, np.pi / 2, 16)
        line = np.stack([size * np.cos(angle), size * rng.uniform(0.5, 1) * np.sin(angle)], axis=1)
        return lathe("ball", line, material, 28, wobble=size * 0.05)
    if kind == "block":
        return box("block", size * rng.uniform(0.7, 1.8, 3), (0, 0, 0), material, size * 0.15)
    if kind == "stick":
        at = np.linspace(-1, 1, 12)
        bend = rng.uniform(0, 0.5) * at**2
        line = np.stack([at, bend, np.zeros(12)], axis=1) * size * rng.uniform(1, 2)
        return strands("stick", [line], size * rng.uniform(0.15, 0.4), material, resolution=4)
    if kind == "ring":
        return ring("ring", size, 0.0, size * rng.uniform(0.2, 0.4), material)
    radius, angle = np.meshgrid(
        np.linspace(0.02, 1, 6), np.linspace(0, 2 * np.pi, 28, endpoint=False), indexing="ij"
    )
    narrow = rng.uniform(0.3, 0.6) if kind == "leaf" else 1.0
    curl = size * rng.uniform(0, 0.25) * radius**2 * np.cos(2 * angle)
    grid = size * radius[..., None] * np.stack([np.cos(angle), narrow * np.sin(angle), 0 * angle], axis=-1)
    grid[..., 2] = curl
    return surface(kind, grid, material, closed=True, thickness=size * rng.uniform(0.05, 0.3))
