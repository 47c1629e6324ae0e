"""A rattan basket: stakes, one long weaver that spirals up through them, a rope rim and a twisted handle."""

import numpy as np

from ..material import Graph, Material
from ..mesh import Object, soften, strands, twist

STAKES = 33  # odd, so that one unbroken spiral weaves in front of a stake and behind it by turns
HEIGHT = 0.135  # m
PITCH = 0.0041  # m between turns of the weaver
SWAY = 0.0026  # m the weaver swings in and out


def rattan(name: str, dark: tuple, light: tuple) -> Material:
    """Return split rattan: streaked, a little glossy, with fine fibres and stains."""
    g = Graph(name)
    streaks = g.noise(260, 5)
    colour = g.ramp(streaks, [(0.25, dark), (0.55, light), (0.8, tuple(min(1.15 * c, 1) for c in light))])
    stained = g.mix(g.ramp(g.noise(35, 4), [(0.45, 0.0), (0.72, 0.55)]), colour, tuple(0.45 * c for c in dark))
    fibres = g.bump(g.noise(1400, 3), 0.0006, 0.5)
    return g.principled(base_color=stained, roughness=0.42, normal=fibres)


def radius_at(height: np.ndarray) -> np.ndarray:
    """Return the basket's radius, bellied and widening, at a height in metres."""
    t = height / HEIGHT
    return 0.1 + 0.032 * t**0.8 + 0.006 * np.sin(np.pi * t)


def weaver(rng: np.random.Generator, low: float, high: float) -> np.ndarray:
    """Return the weaver between two heights, uneven as a hand makes it."""
    turns = (high - low) / PITCH
    angle = np.arange(0, 2 * np.pi * turns, 2 * np.pi / STAKES / 6)
    height = low + PITCH * angle / (2 * np.pi)
    drift = np.interp(angle, np.arange(0, angle[-1] + 1, 0.45), rng.normal(0, 1, int((angle[-1] + 1) / 0.45) + 1))
    radius = radius_at(height) + SWAY * np.cos(STAKES * angle / 2) + 0.0005 * drift
    height = height + 0.00045 * np.roll(drift, 17)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle), height], axis=1)


def build(rng: np.random.Generator) -> list[Object]:
    """Return a basket 0.27 m wide with a handle."""
    natural = rattan("rattan", (0.36, 0.19, 0.07), (0.62, 0.4, 0.18))
    dyed = rattan("rattan dyed", (0.07, 0.025, 0.01), (0.17, 0.065, 0.025))
    pale = rattan("rattan core", (0.4, 0.23, 0.1), (0.68, 0.48, 0.25))
    parts = []
    for low, high, material in (
        (0.004, 0.048, natural),
        (0.048, 0.066, dyed),
        (0.066, 0.078, natural),
        (0.078, 0.087, dyed),
        (0.087, HEIGHT, natural),
    ):
        parts.append(strands("weaver", [weaver(rng, low, high)], 0.0021, material))
    heights = np.linspace(0.002, HEIGHT + 0.004, 14)
    angles = 2 * np.pi * np.arange(STAKES) / STAKES
    stakes = [
        np.stack([radius_at(heights) * np.cos(a), radius_at(heights) * np.sin(a), heights], 1) for a in angles
    ]
    parts.append(strands("stakes", stakes, 0.0017, pale))
    parts += base(natural, pale) + rim(natural) + handle(natural)
    parts.append(strands("loose ends", loose_ends(rng), 0.0004, pale, resolution=1, taper=0.3))
    return parts


def base(natural: Material, pale: Material) -> list[Object]:
    """Return the woven bottom: spokes and a flat spiral."""
    angle = np.arange(0, 2 * np.pi * 24, 0.12)
    radius = 0.006 + 0.095 * angle / angle[-1]
    wave = 0.0018 * np.cos(8.5 * angle)
    spiral = np.stack([radius * np.cos(angle), radius * np.sin(angle), 0.005 + wave], axis=1)
    spokes = [
        np.array([[0.1 * np.cos(a), 0.1 * np.sin(a), 0.004], [-0.1 * np.cos(a), -0.1 * np.sin(a), 0.004]])
        for a in np.pi * np.arange(17) / 17
    ]
    return [strands("bottom", [spiral], 0.0021, natural), strands("spokes", spokes, 0.0018, pale)]


def rim(natural: Material) -> list[Object]:
    """Return the rope of three strands round the mouth, and a thinner one round the foot."""
    angle = np.linspace(0, 2 * np.pi, 900, endpoint=False)
    ropes = []
    for height, thick, turns in ((HEIGHT + 0.004, 0.0035, 40), (0.004, 0.0026, 46)):
        r = radius_at(np.array(height))
        circle = np.stack([r * np.cos(angle), r * np.sin(angle), np.full_like(angle, height)], axis=1)
        ropes.append(strands("rope", twist(circle, thick, turns, 3), thick * 0.95, natural, cyclic=True))
    return ropes


def handle(natural: Material) -> list[Object]:
    """Return the arched handle: two canes wound with a third, its feet inside the wall."""
    arch = np.linspace(0, np.pi, 400)
    flat = np.stack(
        [0.127 * np.cos(arch), np.zeros_like(arch), HEIGHT - 0.01 + 0.125 * np.sin(arch) ** 0.85], axis=1
    )
    flat[:, 1] += 0.003 * np.sin(3 * arch)
    feet = np.linspace(0.05, HEIGHT - 0.012, 20)
    left = np.stack([radius_at(feet) - 0.006, np.zeros(20), feet], axis=1)
    right = left[::-1] * (-1, 1, 1)
    path = soften(np.concatenate([left, flat, right]), 12)
    canes = strands("handle", twist(path, 0.0042, 9, 2, up=(0, 1, 0)), 0.0042, natural)
    winding = strands("winding", twist(path[22:-22], 0.0082, 34, 1, up=(0, 1, 0)), 0.0011, natural)
    return [canes, winding]


def loose_ends(rng: np.random.Generator) -> list[np.ndarray]:
    """Return short fibres that stick out where a weaver was cut."""
    ends = []
    for _ in range(34):
        angle, height, length = (
            rng.uniform(0, 2 * np.pi),
            rng.uniform(0.01, HEIGHT),
            rng.uniform(0.008, 0.024),
        )
        out = np.linspace(0, 1, 8)[:, None]
        root = np.array([np.cos(angle), np.sin(angle), 0]) * radius_at(np.array(height)) + (0, 0, height)
        aim = np.array(
            [np.cos(angle + rng.normal(0, 0.9)), np.sin(angle + rng.normal(0, 0.9)), rng.normal(0, 0.6)]
        )
        ends.append(root + out * length * aim + out**2 * (0, 0, -0.4 * length))
    return ends
