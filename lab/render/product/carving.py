"""A carved teak panel: a lotus among scrolls and leaves inside a beaded frame, as true relief."""

import numpy as np

from ..fields import blur, noise, smoothstep
from ..material import Graph, Material
from ..mesh import Object, surface

WIDE, TALL, DEPTH = 0.34, 0.227, 0.012  # m
SHAPE = (440, 660)


def flower(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the lotus's height in [0, 1]: two rings of ribbed petals about a seeded heart."""
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    height = np.zeros_like(x)
    for count, reach, turn, top in ((10, 0.52, 0.0, 0.62), (8, 0.36, 0.2, 0.85)):
        phase = ((angle + turn) * count / (2 * np.pi) + 0.5) % 1 - 0.5
        t = r / reach
        width = 0.5 * np.clip(np.sin(np.pi * np.clip(t, 0, 1) ** 1.3), 0, 1) ** 0.5
        inside = np.clip(1 - (np.abs(phase) / np.maximum(width, 1e-3)) ** 2, 0, 1) * (t < 1)
        rib = 1 - 0.25 * np.exp(-((phase / 0.035) ** 2)) - 0.08 * np.cos(phase * 60) * (t > 0.4)
        height = np.maximum(height, top * np.sqrt(inside) * rib * (0.55 + 0.45 * t))
    heart = np.sqrt(np.clip(1 - (r / 0.135) ** 2, 0, 1))
    seeds = 0.12 * np.cos(x * 110) * np.cos(y * 110)
    return np.maximum(height, np.where(r < 0.135, 0.55 + 0.45 * heart + seeds, 0))


def leaf(
    x: np.ndarray, y: np.ndarray, at: tuple[float, float], angle: float, length: float, bend: float
) -> np.ndarray:
    """Return one curved leaf with its veins."""
    dx, dy = x - at[0], y - at[1]
    u = (dx * np.cos(angle) + dy * np.sin(angle)) / length
    v = (-dx * np.sin(angle) + dy * np.cos(angle)) / length - bend * u * u
    width = 0.26 * np.clip(np.sin(np.pi * np.clip(u, 0, 1) ** 0.8), 0, 1) + 1e-3
    body = np.sqrt(np.clip(1 - (v / width) ** 2, 0, 1)) * ((u > 0) & (u < 1))
    veins = 1 - 0.3 * np.exp(-((v / 0.02) ** 2)) - 0.12 * np.cos(34 * (u - 0.6 * np.abs(v)))
    return 0.72 * body * veins


def scroll(
    x: np.ndarray, y: np.ndarray, at: tuple[float, float], size: float, hand: int, start: float
) -> np.ndarray:
    """Return a vine that winds into a spiral, thinner towards its eye."""
    r, angle = np.hypot(x - at[0], y - at[1]) / size, hand * np.arctan2(y - at[1], x - at[0]) + start
    turn = (np.log(np.maximum(r, 1e-3)) / 0.23 - angle) / (2 * np.pi)
    off = np.abs(turn - np.round(turn)) * 2
    ridge = np.sqrt(np.clip(1 - (off / 0.52) ** 2, 0, 1)) * smoothstep(1.05, 0.95, r) * smoothstep(0.06, 0.12, r)
    eye = np.sqrt(np.clip(1 - (r / 0.16) ** 2, 0, 1))
    return np.maximum(0.75 * ridge, 0.85 * eye)


def relief(rng: np.random.Generator) -> np.ndarray:
    """Return the panel's height (rows, columns) in [0, 1], rows from bottom to top."""
    y, x = np.meshgrid(np.linspace(-1, 1, SHAPE[0]), np.linspace(-1.5, 1.5, SHAPE[1]), indexing="ij")
    x, y = x + 0.006 * noise(rng, SHAPE, 90, 2), y + 0.006 * noise(rng, SHAPE, 90, 2)
    height = np.zeros(SHAPE)
    for sx in (-1, 1):
        for sy in (-1, 1):
            fx, fy = x * sx, y * sy
            height = np.maximum(height, scroll(fx, fy, (0.92, 0.44), 0.34, 1, 0.6))
            for at, angle, length, bend in (
                ((0.55, 0.28), 0.9, 0.5, 0.5),
                ((1.05, 0.12), 0.35, 0.34, -0.5),
                ((0.42, 0.5), 1.5, 0.3, -0.4),
                ((0.56, 0.05), 0.1, 0.55, 0.25),
            ):
                height = np.maximum(height, leaf(fx, fy, at, angle, length, bend))
    height = np.maximum(height, flower(x, y))
    cuts = np.abs(noise(rng, SHAPE, 16, 2))
    ground = 0.1 - 0.05 * np.clip(cuts, 0, 1.5)
    height = np.where(height > 0.12, height, np.maximum(height * 0.5, ground))
    edge = np.minimum(1.5 - np.abs(x), 1 - np.abs(y))
    frame = 0.82 - 0.12 * np.clip((edge - 0.05) / 0.07, 0, 1)
    beads = np.sqrt(
        np.clip(
            1
            - (np.hypot((np.where(1.5 - np.abs(x) < 1 - np.abs(y), y, x) % 0.055) - 0.0275, edge - 0.15) / 0.027)
            ** 2,
            0,
            1,
        )
    )
    height = np.where(edge < 0.12, frame, np.where(edge < 0.18, 0.12 + 0.55 * beads, height))
    chisel = noise(rng, SHAPE, 9, 2) * 0.012
    return blur(height, 1.0) + chisel


def teak(height: np.ndarray) -> Material:
    """Return oiled teak: long grain, dark stain in the cut hollows, polish worn on the high parts."""
    hollow = np.clip(0.5 + 2.2 * (blur(height, 7) - height), 0, 1)
    g = Graph("teak")
    grain = g.noise(14, 8, g.position((0.35, 6, 2)), 0.6)
    fine = g.noise(120, 4, g.position((0.12, 5, 3)))
    wood = g.ramp(grain, [(0.28, (0.13, 0.05, 0.017)), (0.5, (0.29, 0.13, 0.045)), (0.72, (0.40, 0.205, 0.08))])
    lines = g.mix(g.ramp(fine, [(0.5, 0.0), (0.75, 0.55)]), wood, (0.1, 0.038, 0.014))
    stained = g.mix(
        g.ramp(g.image(hollow[::-1], data=True), [(0.42, 0.0), (0.85, 0.85)]), lines, (0.035, 0.014, 0.007)
    )
    dust = g.mix(g.ramp(g.noise(60, 5), [(0.6, 0.0), (0.8, 0.12)]), stained, (0.5, 0.45, 0.38))
    return g.principled(base_color=dust, roughness=0.43, normal=g.bump(fine, 0.0008, 0.5))


def build(rng: np.random.Generator) -> list[Object]:
    """Return the panel standing upright, its face towards -y and its back in the plane y = 0."""
    height = relief(rng)
    rows, columns = SHAPE
    v, u = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij")
    rim = np.minimum(np.minimum(u, 1 - u) * WIDE, np.minimum(v, 1 - v) * TALL)
    rounded = 0.003 * np.sqrt(np.clip(1 - (1 - rim / 0.003) ** 2, 0, 1)) - 0.003
    y = -(0.014 + DEPTH * height + np.where(rim < 0.003, rounded, 0))
    face = np.stack([(u - 0.5) * WIDE, y, v * TALL], axis=-1)
    border = np.concatenate([face[0, :], face[1:, -1], face[-1, -2::-1], face[-2:0:-1, 0]])
    side = np.stack([border * (1, 1 - t, 1) for t in np.linspace(0, 1, 5)])
    uv = np.repeat(np.full((1, len(border) + 1, 2), 0.5), 5, axis=0)
    material = teak(height)
    return [surface("relief", face, material), surface("edge", side, material, closed=True, uv=uv)]
