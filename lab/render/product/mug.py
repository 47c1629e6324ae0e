"""A hand-thrown mug: speckled cream glaze, dipped in blue, a bare clay foot, a pulled handle."""

import numpy as np

from ..material import Graph, Material
from ..mesh import Object, lathe, profile, soften, surface

RADIUS, HEIGHT = 0.041, 0.094  # m


def glaze() -> Material:
    """Return the glaze by height: clay below, cream above, blue from the dip's uneven line up to the lip."""
    g = Graph("glaze")
    height = g.add("SeparateXYZ", {0: g.position()}, out="Z")
    waver = g.math("ADD", height, g.math("MULTIPLY", g.noise(22, 3), 0.022))
    speckle = g.ramp(g.noise(420, 2), [(0.66, 0.0), (0.70, 0.85)])
    cream = g.mix(speckle, g.mix(g.noise(30, 4), (0.80, 0.73, 0.60), (0.70, 0.61, 0.47)), (0.16, 0.09, 0.045))
    blue = g.mix(g.ramp(g.noise(55, 6), [(0.35, 0.0), (0.7, 1.0)]), (0.012, 0.055, 0.13), (0.05, 0.19, 0.30))
    dipped = g.mix(g.ramp(waver, [(0.058, 0.0), (0.064, 1.0)]), cream, blue)
    worn = g.mix(
        g.ramp(g.math("ADD", height, g.math("MULTIPLY", g.noise(90, 3), 0.003)), [(0.0935, 0.0), (0.0955, 0.6)]),
        dipped,
        (0.33, 0.17, 0.08),
    )
    bare = g.ramp(waver, [(0.0150, 0.0), (0.0165, 1.0)])
    colour = g.mix(bare, g.mix(g.noise(300, 4), (0.34, 0.15, 0.07), (0.48, 0.24, 0.12)), worn)
    roughness = g.ramp(bare, [(0.0, 0.8), (1.0, 0.16)])
    rings = g.add(
        "TexWave",
        {"Vector": g.position(), "Scale": 55.0, "Distortion": 2.0, "Detail": 2.0},
        out="Factor",
        wave_type="BANDS",
        bands_direction="Z",
    )
    uneven = g.bump(g.noise(50, 3), 0.0012, 0.5, g.bump(rings, 0.0005, 0.6))
    return g.principled(base_color=colour, roughness=roughness, normal=uneven, coat_weight=0.3)


def build(rng: np.random.Generator) -> list[Object]:
    """Return one mug with its handle towards +x."""
    outer = [
        (0, 0.003),
        (0.026, 0.003),
        (0.027, 0.0),
        (0.031, 0.0),
        (0.033, 0.004),
        (0.039, 0.012),
        (RADIUS, 0.03),
        (0.0402, 0.06),
        (0.041, HEIGHT - 0.002),
        (0.0405, HEIGHT),
    ]
    inner = [
        (0.039, HEIGHT),
        (0.038, HEIGHT - 0.003),
        (0.0372, 0.06),
        (0.0375, 0.03),
        (0.034, 0.012),
        (0.022, 0.008),
        (0, 0.008),
    ]
    line = np.concatenate([soften(profile(outer), 5), soften(profile(inner), 5)])
    material = glaze()
    return [lathe("mug", line, material, 128, 0.00035), handle(material)]


def handle(material: Material) -> Object:
    """Return the handle: a flattened strap pulled into an ear, thicker where it joins."""
    t = np.linspace(0, 1, 70)
    arc = np.pi * (t - 0.5)
    x = 0.037 + 0.033 * np.clip(np.cos(arc), 0, 1) ** 0.8 * (1 + 0.12 * t)
    z = 0.05 + 0.029 * np.sin(arc) * 1.02
    path = soften(np.stack([x, 0 * t, z], axis=1), 6)
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    normal = np.cross(tangent, (0, 1, 0))
    angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    flare = (1 + 0.55 * np.exp(-np.minimum(t, 1 - t) / 0.07))[:, None, None]
    ring = (
        0.0075 * np.cos(angle)[None, :, None] * np.array([0, 1, 0])
        + 0.0042 * np.sin(angle)[None, :, None] * normal[:, None]
    )
    return surface("handle", path[:, None] + flare * ring, material, closed=True)
