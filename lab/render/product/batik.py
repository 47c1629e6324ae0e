"""A batik cloth with mega mendung clouds and a tumpal border: hung over a pole, or folded."""

import numpy as np

from ..fields import blur, mix, noise, smoothstep
from ..material import Graph, Material, plain
from ..mesh import Object, strands, surface

INDIGO, SKY, WHITE, MAROON = (0.05, 0.07, 0.27), (0.32, 0.52, 0.8), (0.93, 0.93, 0.88), (0.42, 0.06, 0.07)


def clouds(rng: np.random.Generator, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the depth inside the nearest cloud (positive inside), clouds being rows of merged circles."""
    depth, step = np.full(x.shape, -1.0), y.max() / len(y)
    for row in range(-1, 6):
        for column in range(-1, 5):
            cx = 0.36 * column + (0.18 if row % 2 else 0) + rng.uniform(-0.025, 0.025)
            cy = 0.21 * row + rng.uniform(-0.015, 0.015)
            rows = slice(*np.clip(((cy - 0.13) / step, (cy + 0.13) / step), 0, len(y)).astype(int))
            columns = slice(*np.clip(((cx - 0.24) / step, (cx + 0.24) / step), 0, len(y)).astype(int))
            near_x, near_y = x[rows, columns], y[rows, columns]
            one = np.full(near_x.shape, 1.0)
            for k, size in enumerate((0.028, 0.048, 0.068, 0.055, 0.042, 0.026)):
                px, py = cx + (k - 2.5) * 0.05, cy + 0.022 * np.sin(1.4 * k) + rng.uniform(-0.008, 0.008)
                gap = np.hypot(near_x - px, (near_y - py) * 1.08) - size
                soft = np.clip(0.5 + 0.5 * (one - gap) / 0.012, 0, 1)
                one = one * (1 - soft) + gap * soft - 0.012 * soft * (1 - soft)
            depth[rows, columns] = np.maximum(depth[rows, columns], -one)
    return depth


def mega_mendung(rng: np.random.Generator, side: int = 1500) -> np.ndarray:
    """Return the cloth's picture (side, side, 3): banded clouds on maroon above a border of triangles."""
    y, x = np.meshgrid(np.linspace(0, 1.1, side), np.linspace(0, 1.1, side), indexing="ij")
    wobble = noise(rng, (side, side), 60, 3) * 0.0012
    depth = clouds(rng, x + wobble, y + np.roll(wobble, 99)) + 0.004
    bands = np.clip(np.floor(depth / 0.0095), 0, 6) / 6
    inside = mix(np.array(WHITE), np.array(SKY), np.clip(bands * 2, 0, 1))
    inside = mix(inside, np.array(INDIGO), np.clip(bands * 2 - 1, 0, 1))
    ground = mix(np.array(MAROON), np.array(WHITE), dots(x, y) * (depth < -0.006))
    cloth = mix(ground, inside, smoothstep(-0.001, 0.001, depth))
    cloth = mix(cloth, border(x, y), smoothstep(0.0, 0.002, y - 0.98))
    crackle = np.exp(-np.abs(noise(rng, (side, side), 160, 4)) * 60) * 0.25
    faded = cloth * (1 - 0.06 * np.clip(noise(rng, (side, side), 400, 3), -1, 2)[..., None])
    return np.clip(mix(faded, np.array(INDIGO), crackle), 0, 1)


def dots(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the fine wax dots (isen) of the ground."""
    near = np.hypot((x % 0.016) - 0.008, (y % 0.016) - 0.008)
    return 0.75 * smoothstep(0.0024, 0.0014, near)


def border(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return tumpal: tall triangles in rows, with lines inside, between two stripes."""
    t, height = np.abs((x % 0.05) / 0.05 - 0.5) * 2, (y - 0.995) / 0.085
    picture = mix(np.array(INDIGO), np.array(WHITE), smoothstep(0.02, 0.0, t - (1 - height)))
    picture = mix(picture, np.array(MAROON), smoothstep(0.02, 0.0, t - (0.8 - height)))
    picture = mix(picture, np.array(SKY), smoothstep(0.02, 0.0, t - (0.45 - height)))
    stripe = (height < 0.06) | (height > 0.96)
    return mix(picture, np.array(WHITE), stripe.astype(float))


def cotton(rng: np.random.Generator) -> Material:
    """Return printed cotton with its weave."""
    g = Graph("batik")
    weave = g.bump(g.noise(2500, 2), 0.0004, 0.4)
    return g.principled(base_color=g.image(mega_mendung(rng)), roughness=0.82, normal=weave, sheen_weight=0.15)


def build_hanging(rng: np.random.Generator) -> list[Object]:
    """Return the cloth, 1.0 m wide, over a pole at a height of 0.8 m, its front hanging 0.74 m down."""
    rows, columns = 260, 240
    length, around = np.linspace(-0.34, 0.74, rows)[:, None], 0.02 * np.pi / 2
    u = np.linspace(0, 1, columns)[None, :]
    angle = np.clip(length / 0.02, -np.pi / 2, np.pi / 2)
    drop = np.clip(np.abs(length) - around, 0, None)
    lumps = blur(rng.standard_normal((rows, columns)), 14)
    folds = np.sin(2 * np.pi * (3.4 * u + 0.16 * np.sin(3 * u)) + 0.7) + 0.4 * np.sin(
        2 * np.pi * 7.7 * u + 2 + 1.5 * drop
    )
    depth = (0.005 + 0.042 * np.sqrt(drop)) * smoothstep(
        0.0, 0.07, drop
    ) * folds + 0.0045 * lumps / lumps.std() * smoothstep(0.02, 0.2, drop)
    y = -0.021 * np.sin(angle) - depth
    z = 0.8 + 0.021 * np.cos(angle) - drop + 0.004 * np.sin(9 * u) * drop
    x = (u - 0.5) * (0.98 - 0.05 * drop) + 0.006 * lumps / lumps.std() * drop
    uv = np.stack([u * 0.94 + 0 * length, (0.76 - length) / 1.1 + 0 * u], axis=-1)
    uv[..., 1] = 1 - (1.1 - (0.74 - length)) / 1.1 + 0 * u
    grid = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
    return [surface("batik", grid, cotton(rng), uv=uv, thickness=0.0006)]


def pole() -> list[Object]:
    """Return the bamboo pole that the cloth hangs over (not part of the product)."""
    at = np.linspace(-1.2, 1.2, 120)
    line = np.stack([at, 0 * at, 0.799 + 0.002 * np.sin(4 * at)], axis=1)
    return [strands("pole", [line], 0.0165, plain("bamboo", (0.5, 0.36, 0.14), 0.45), resolution=6)]


def build_folded(rng: np.random.Generator) -> list[Object]:
    """Return the cloth folded to eight layers, 0.3 by 0.24 m, slightly fanned out at the front."""
    step, layers, deep, wide, rise = 0.004, 8, 0.24, 0.3, 0.0068
    path: list[tuple[float, float]] = []
    for layer in range(layers):
        z, reach = 0.004 + layer * rise, deep / 2 - 0.0015 * layer + rng.uniform(-0.004, 0.004)
        at = np.arange(-reach, reach, step)
        path += [(y if layer % 2 == 0 else -y, z) for y in at]
        turn = np.linspace(-np.pi / 2, np.pi / 2, 7)[1:-1]
        sign = 1 if layer % 2 == 0 else -1
        if layer < layers - 1:
            path += [(sign * (reach + rise * 0.9 * np.cos(a)), z + rise / 2 + rise / 2 * np.sin(a)) for a in turn]
    line = np.array(path)
    columns = 120
    u = np.linspace(0, 1, columns)[None, :]
    puff = blur(rng.standard_normal((len(line), columns)), 9)
    puff *= 0.0016 / puff.std()
    inside = (1 - (2 * u - 1) ** 6) * (1 - np.clip(np.abs(line[:, :1]) / (deep / 2), 0, 1) ** 6)
    swell = 0.011 * inside * line[:, 1:] / (layers * rise) - 0.0015 * (1 - inside) * line[:, 1:] / 0.05
    x = (u - 0.5) * wide + 0.005 * np.sin(line[:, 1:] * 700) + 0.0015 * np.sin(line[:, :1] * 45 + 9 * line[:, 1:])
    skew = 0.012 * (u - 0.5) * np.sin(line[:, 1:] * 300) + 0.003 * np.sin(7 * u + 230 * line[:, 1:])
    grid = np.stack(np.broadcast_arrays(x, line[:, :1] + skew, line[:, 1:] + puff + swell), axis=-1)
    run = np.linspace(0, len(line) * step, len(line))[:, None]
    uv = np.stack(np.broadcast_arrays(u * wide / 1.1 + 0.2, 1 - (0.13 + run / 1.1) % 0.86), axis=-1)
    return [surface("batik", grid, cotton(rng), uv=uv, thickness=0.001)]
