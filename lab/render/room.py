"""Where the photos are taken: floors, tables, cloths and walls. Products stand at the origin, on z = 0."""

import numpy as np

from .fields import fade, mix, noise, smoothstep, wrinkles
from .material import Graph, Material, plain, woven
from .mesh import Object, soften, surface

Colour = tuple[float, float, float]


def plane(name: str, size: tuple[float, float], material: Material, z: float = 0.0) -> Object:
    """Return a level rectangle about the origin."""
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, 2) * size[0], np.linspace(-0.5, 0.5, 2) * size[1])
    return surface(name, np.stack([x, y, np.full_like(x, z)], axis=-1), material)


def tiles(side: float = 0.4, colour: Colour = (0.62, 0.57, 0.49)) -> Object:
    """Return a keramik floor: glossy tiles, grey joints, smudges where people walk."""
    g = Graph("tiles")
    where = g.add("Mapping", {"Vector": g.add("TexCoord", out="Object"), "Location": (0.13, 0.17, 0)})
    brick = {
        "Vector": where,
        "Scale": 1.0,
        "Mortar Size": 0.0022,
        "Mortar Smooth": 0.3,
        "Bias": 0.0,
        "Brick Width": side,
        "Row Height": side,
        "Color1": (*colour, 1),
        "Color2": tuple(0.93 * c for c in colour),
        "Mortar": (0.16, 0.145, 0.125),
    }
    node = g.add("TexBrick", brick, offset=0.0, squash=1.0)
    joint = node.node.outputs["Factor"]
    cloud = g.ramp(g.noise(9, 8, distortion=1.2), [(0.35, 0.0), (0.7, 0.4)])
    marbled = g.mix(cloud, node, tuple(0.72 * c for c in colour))
    speck = g.mix(g.ramp(g.noise(240, 3), [(0.62, 0.0), (0.7, 0.35)]), marbled, (0.2, 0.16, 0.12))
    dirty = g.mix(g.ramp(g.noise(5, 7), [(0.5, 0.0), (0.75, 0.3)]), speck, (0.2, 0.17, 0.13))
    gloss = g.ramp(g.noise(7, 8), [(0.35, 0.1), (0.75, 0.32)])
    roughness = g.mix(joint, gloss, (0.9, 0.9, 0.9))
    sunk = g.bump(g.math("SUBTRACT", 1.0, joint), 0.0012, 0.8, g.bump(g.noise(4, 2), 0.004, 0.08))
    return plane("tiles", (6, 6), g.principled(base_color=dirty, roughness=roughness, normal=sunk))


def wood_table(colour: Colour = (0.30, 0.155, 0.065)) -> Object:
    """Return a table of worn planks, with rings, scratches and dark joints."""
    g = Graph("planks")
    brick = {
        "Vector": g.position(),
        "Scale": 1.0,
        "Mortar Size": 0.0011,
        "Mortar Smooth": 0.2,
        "Bias": 0.0,
        "Brick Width": 3.0,
        "Row Height": 0.118,
        "Color1": (0.0, 0.0, 0.0),
        "Color2": (1.0, 1.0, 1.0),
        "Mortar": (0.5, 0.5, 0.5),
    }
    node = g.add("TexBrick", brick, offset=0.37)
    joint = node.node.outputs["Factor"]
    shift = g.add(
        "VectorMath",
        {0: g.position((0.8, 9, 1)), 1: g.mix(1.0, node, (37.0, 37.0, 37.0), "MULTIPLY")},
        operation="ADD",
    )
    grain = g.noise(5, 9, shift, 0.9)
    fine = g.noise(60, 4, g.position((0.5, 14, 1)))
    dark, light = tuple(0.38 * c for c in colour), tuple(min(1.35 * c, 1) for c in colour)
    wood = g.ramp(grain, [(0.3, dark), (0.52, colour), (0.75, light)])
    board = g.mix(g.math("MULTIPLY", node, 0.35), wood, dark)
    pores = g.mix(g.ramp(fine, [(0.52, 0.0), (0.72, 0.6)]), board, tuple(0.25 * c for c in colour))
    scratch = g.ramp(g.noise(30, 2, g.position((1.0, 45, 1))), [(0.70, 0.0), (0.72, 0.4)])
    worn = g.mix(scratch, pores, tuple(min(2.0 * c, 1) for c in colour))
    ring = g.add(
        "TexWave",
        {"Vector": g.position((1, 1, 0)), "Scale": 2.1, "Distortion": 3.0},
        out="Factor",
        wave_type="RINGS",
    )
    stained = g.mix(g.math("MULTIPLY", g.ramp(ring, [(0.93, 0.0), (0.97, 0.4)]), g.noise(6, 2)), worn, dark)
    jointed = g.mix(joint, stained, (0.015, 0.01, 0.006))
    roughness = g.ramp(g.noise(11, 6), [(0.3, 0.26), (0.75, 0.55)])
    normal = g.bump(g.math("SUBTRACT", 1.0, joint), 0.0018, 0.8, g.bump(fine, 0.0006, 0.5))
    return plane("table", (2.4, 1.6), g.principled(base_color=jointed, roughness=roughness, normal=normal))


def concrete() -> Object:
    """Return a rough cement floor with stains and hair cracks."""
    g = Graph("cement")
    cloud = g.ramp(
        g.noise(6, 10), [(0.3, (0.3, 0.29, 0.265)), (0.5, (0.37, 0.355, 0.325)), (0.72, (0.43, 0.415, 0.385))]
    )
    sand = g.mix(g.ramp(g.noise(500, 3), [(0.4, 0.45), (0.62, 0.0)]), cloud, (0.14, 0.13, 0.12))
    crack = g.add(
        "TexVoronoi",
        {"Vector": g.add("VectorMath", {0: g.position(), 1: g.noise(8, 6)}, operation="ADD"), "Scale": 2.1},
        feature="DISTANCE_TO_EDGE",
    )
    cracked = g.mix(g.ramp(crack, [(0.0, 0.75), (0.006, 0.0)]), sand, (0.06, 0.055, 0.05))
    stain = g.mix(g.ramp(g.noise(3, 6), [(0.55, 0.0), (0.72, 0.5)]), cracked, (0.13, 0.11, 0.09))
    normal = g.bump(g.noise(300, 6), 0.003, 0.6)
    return plane("cement", (6, 6), g.principled(base_color=stain, roughness=0.9, normal=normal))


def wall(distance: float, colour: Colour = (0.74, 0.73, 0.69)) -> Object:
    """Return a painted wall ``distance`` metres behind the product, roller-marked, scuffed near the floor."""
    g = Graph("wall")
    height = g.add("SeparateXYZ", {0: g.position()}, out="Z")
    scuff = g.math(
        "MULTIPLY", g.ramp(height, [(0.0, 0.6), (0.35, 0.0)]), g.ramp(g.noise(8, 7), [(0.4, 0.0), (0.7, 1.0)])
    )
    patch = g.mix(g.ramp(g.noise(1.3, 3), [(0.3, 0.0), (0.8, 0.16)]), colour, tuple(0.88 * c for c in colour))
    dirty = g.mix(scuff, patch, (0.42, 0.37, 0.3))
    material = g.principled(base_color=dirty, roughness=0.85, normal=g.bump(g.noise(110, 7), 0.004, 0.4))
    x, z = np.meshgrid(np.linspace(-3, 3, 2), np.linspace(0, 3, 2))
    return surface("wall", np.stack([x, np.full_like(x, distance), z], axis=-1), material)


def sweep(
    rng: np.random.Generator,
    colour: Colour = (0.83, 0.82, 0.79),
    wide: float = 1.1,
    back: float = 0.28,
    name: str = "paper",
) -> Object:
    """Return a sheet of card that lies under the product and bends up behind it, buckled and a bit soiled."""
    g = Graph(name)
    soil = g.mix(g.ramp(g.noise(13, 8), [(0.5, 0.0), (0.8, 0.16)]), colour, tuple(0.66 * c for c in colour))
    fleck = g.mix(g.ramp(g.noise(130, 2), [(0.74, 0.0), (0.77, 0.5)]), soil, (0.3, 0.27, 0.22))
    material = g.principled(base_color=fleck, roughness=0.75, normal=g.bump(g.noise(500, 3), 0.0004, 0.35))
    corner = [(-0.8, 0), (back, 0), (back + 0.05, 0.0), (back + 0.22, 0.14), (back + 0.25, 1.1)]
    line = soften(
        np.array([np.interp(np.linspace(0, 4, 200), range(5), [c[k] for c in corner]) for k in (0, 1)]).T, 60
    )
    u = np.linspace(-0.5, 0.5, 120)[None, :]
    grid = np.stack(np.broadcast_arrays(u * wide, line[:, :1], line[:, 1:]), axis=-1).copy()
    buckle = noise(rng, grid.shape[:2], 90, 2) * 0.0028
    free = fade(grid, 0.17)
    grid[..., 2] += buckle * free * smoothstep(0.3, 0.0, line[:, 1:])
    grid[..., 1] += buckle * 1.6 * smoothstep(0.05, 0.4, line[:, 1:])
    grid[..., 2] += 0.0004
    return surface(name, grid, material)


def cloth(
    rng: np.random.Generator,
    pattern: np.ndarray | None,
    colour: Colour,
    flat: float,
    amplitude: float = 0.012,
    crumple: float = 150,
) -> Object:
    """Return a spread cloth 1.8 m wide, wrinkled everywhere but within ``flat`` metres of the product."""
    g = Graph("cloth")
    if pattern is None:
        base = g.mix(g.noise(12, 5), tuple(0.9 * c for c in colour), colour)
    else:
        base = g.image(pattern, g.add("Mapping", {"Vector": g.add("TexCoord", out="UV"), "Scale": (5, 5, 5)}))
    threads = g.bump(g.noise(2400, 2, g.position((1, 0.4, 1))), 0.0006, 0.5)
    material = g.principled(base_color=base, roughness=0.88, normal=threads, sheen_weight=0.2)
    shape = (420, 420)
    y, x = np.meshgrid(np.linspace(-0.9, 0.9, 420), np.linspace(-0.9, 0.9, 420), indexing="ij")
    grid = np.stack([x, y, np.zeros(shape)], axis=-1)
    grid[..., 2] = wrinkles(rng, shape, crumple) * amplitude * (0.14 + 0.86 * fade(grid, flat))
    for across, at in ((x, -0.22), (x, 0.23), (y, -0.19), (y, 0.21)):  # where it was folded in the cupboard
        grid[..., 2] += 0.0022 * np.exp(-np.abs(across - at + 0.004 * np.sin(9 * (x + y))) / 0.006)
    grid[..., 2] -= grid[200:220, 200:220, 2].max()
    return surface("cloth", grid, material)


def flowered(rng: np.random.Generator, ground: Colour, petals: Colour) -> np.ndarray:
    """Return a bed sheet's print: striped ground with scattered five-petalled flowers and leaves."""
    side = 768
    y, x = np.meshgrid(np.arange(side) / side, np.arange(side) / side, indexing="ij")
    picture = mix(np.array(ground), np.array(ground) * 0.9, smoothstep(0.42, 0.5, np.abs((x * 8) % 1 - 0.5)))
    for _ in range(30):
        cx, cy, size, turn = (
            rng.uniform(0, 1),
            rng.uniform(0, 1),
            rng.uniform(0.035, 0.075),
            rng.uniform(0, 6),
        )
        dx, dy = (x - cx + 0.5) % 1 - 0.5, (y - cy + 0.5) % 1 - 0.5
        r, angle = np.hypot(dx, dy), np.arctan2(dy, dx) + turn
        for k in range(2):
            leaf = np.hypot(
                (dx * np.cos(turn + k) + dy * np.sin(turn + k) - size * 1.2) / 2.4,
                -dx * np.sin(turn + k) + dy * np.cos(turn + k),
            )
            picture = mix(picture, np.array((0.33, 0.45, 0.28)), smoothstep(size * 0.36, size * 0.3, leaf))
        reach = size * (0.68 + 0.32 * np.cos(5 * angle))
        shade = np.array(petals) * rng.uniform(0.8, 1.1)
        picture = mix(picture, shade, smoothstep(0.004, -0.004, r - reach))
        picture = mix(picture, shade * 0.7, smoothstep(0.004, -0.004, r - reach * 0.5) * 0.7)
        picture = mix(picture, np.array((0.85, 0.66, 0.2)), smoothstep(0.003, -0.003, r - size * 0.17))
    return np.clip(picture, 0, 1)


def mat(rng: np.random.Generator) -> Object:
    """Return a pandan mat (tikar): plaited strips with coloured bands."""
    side, cells = 1536, 96
    y, x = np.meshgrid(np.arange(side) / side * cells, np.arange(side) / side * cells, indexing="ij")
    over = ((np.floor(x) + 2 * np.floor(y)) % 4) < 2
    across, index = np.where(over, y % 1, x % 1), np.where(over, np.floor(y), np.floor(x)).astype(int)
    height = np.sqrt(np.clip(1 - (2 * across - 1) ** 2, 0, 1))
    straw = np.array([0.78, 0.66, 0.43])[None, None] * rng.uniform(0.78, 1.08, cells)[index][..., None]
    band = (index % 24 < 5) & ~over
    second = (index % 24 > 7) & (index % 24 < 10) & ~over
    colours = mix(mix(straw, np.array([0.50, 0.09, 0.12]), band * 0.9), np.array([0.10, 0.33, 0.20]), second * 0.9)
    colours = colours * (0.5 + 0.5 * height)[..., None]
    x, y = np.meshgrid(np.linspace(-0.8, 0.8, 90), np.linspace(-0.8, 0.8, 90))
    grid = np.stack([x, y, np.zeros_like(x)], axis=-1)
    grid[..., 2] = noise(rng, (90, 90), 40, 2) * 0.003 * fade(grid, 0.2) - 0.0012
    return surface("mat", grid, woven("tikar", colours, height, 0.0016))


def ledge(depth: float = 0.4, colour: Colour = (0.6, 0.58, 0.53)) -> Object:
    """Return a plain painted shelf top."""
    return plane("ledge", (3, depth * 2), plain("ledge", colour, 0.6))
