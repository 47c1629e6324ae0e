"""Forest honey in a glass bottle with a plastic cap and a kraft label."""

import numpy as np

from ..fields import noise
from ..label import draw_label
from ..material import Graph, Material, glass, plain, printed
from ..mesh import Object, lathe, profile, soften, strands, surface

RADIUS, SHOULDER, HEIGHT = 0.034, 0.112, 0.15  # m


def amber() -> Material:
    """Return honey: clear, refracting, and darker the deeper the light has to go (volume absorption)."""
    g = Graph("honey")
    solid = g.add("BsdfGlass", {"Color": (1, 0.97, 0.9), "Roughness": 0.0, "IOR": 1.49})
    shade = g.add("BsdfTransparent", {"Color": (0.9, 0.55, 0.16)})
    path = g.nodes.new("ShaderNodeLightPath")
    body = g.add("MixShader", {0: path.outputs["Is Shadow Ray"], 1: solid, 2: shade})
    depth = g.add("VolumeAbsorption", {"Color": (0.95, 0.56, 0.06), "Density": 55.0})
    return g.close(body, depth)


def build(rng: np.random.Generator) -> list[Object]:
    """Return one bottle, label looking to -y."""
    outer = [
        (0, 0.003),
        (0.026, 0.0),
        (0.031, 0.0015),
        (RADIUS, 0.007),
        (RADIUS, 0.098),
        (0.031, 0.107),
        (0.018, 0.121),
        (0.0145, 0.127),
        (0.0145, HEIGHT),
    ]
    inner = [
        (0.012, HEIGHT),
        (0.012, 0.127),
        (0.0155, 0.119),
        (0.0285, 0.105),
        (0.0313, 0.097),
        (0.0313, 0.010),
        (0.028, 0.0065),
        (0, 0.0075),
    ]
    wall = np.concatenate([soften(profile(outer), 5), soften(profile(inner), 5)])
    bottle = lathe("bottle", wall, glass("bottle glass", (0.97, 0.985, 0.965)))
    fill = [
        (0, 0.0073),
        (0.028, 0.0063),
        (0.0314, 0.010),
        (0.0314, 0.097),
        (0.0286, 0.105),
        (0.0158, 0.1188),
        (0.0152, 0.1195),
        (0, 0.1192),
    ]
    honey = lathe("honey", soften(profile(fill), 4), amber())
    parts = [bottle, honey, cap(), label(rng)]
    return [*parts, ribbon()]


def cap() -> Object:
    """Return the ribbed screw cap."""
    edge = [
        (0, HEIGHT + 0.0035),
        (0.0145, HEIGHT + 0.0035),
        (0.0168, HEIGHT + 0.002),
        (0.0172, HEIGHT - 0.017),
        (0.0178, HEIGHT - 0.018),
        (0.0178, HEIGHT - 0.021),
        (0.015, HEIGHT - 0.021),
    ]
    lid = lathe("cap", soften(profile(edge, 0.0007), 2), plain("cap", (0.62, 0.42, 0.06), 0.35), 160)
    for vertex in lid.data.vertices:
        x, y, z = vertex.co
        if HEIGHT - 0.016 < z < HEIGHT + 0.001:
            rib = 1 + 0.018 * np.sin(60 * np.arctan2(y, x))
            vertex.co = (x * rib, y * rib, z)
    return lid


def ribbon() -> Object:
    """Return the raffia tied round the neck, with two loose ends."""
    angle = np.linspace(0, 2 * np.pi * 3.1, 160)
    coil = np.stack(
        [0.0165 * np.cos(angle), 0.0165 * np.sin(angle), 0.1235 + 0.0005 * np.sin(1.7 * angle)], axis=1
    )
    t = np.linspace(0, 1, 30)[:, None]
    ends = [
        np.array([0.004 * s, -0.0165, 0.1235]) + t * (0.016 * s, -0.020, 0.0) + t**2 * (-0.004 * s, 0.003, -0.030)
        for s in (-1, 1.3)
    ]
    return strands("raffia", [coil, *ends], 0.0011, plain("raffia", (0.5, 0.34, 0.13), 0.7))


def label(rng: np.random.Generator) -> Object:
    """Return the kraft paper on the bottle's front."""
    drawing = draw_label(
        (900, 760),
        (216, 186, 136),
        (52, 30, 12),
        (92, 52, 16),
        [
            ("KANG DADAN", 0.135, 0.12, 800),
            ("Madu Hutan", 0.45, 0.165, 900),
            ("asli Ciamis", 0.59, 0.09, 500),
            ("350 ml", 0.73, 0.10, 700),
            ("100% murni, tanpa campuran", 0.85, 0.05, 500),
        ],
    )
    v, angle = np.meshgrid(np.linspace(0.027, 0.088, 60), np.linspace(-1.12, 1.12, 110), indexing="ij")
    lift = np.clip(-angle - 1.0, 0, None) ** 1.5 * 0.03
    radius = RADIUS + 0.0003 + lift + 0.00006 * noise(rng, v.shape, 24, 2)
    grid = np.stack([radius * np.sin(angle), -radius * np.cos(angle), v - 0.001 * angle], axis=-1)
    return surface("label", grid, printed("kraft", drawing, 0.6))
