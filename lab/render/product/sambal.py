"""Sambal in glass jars: a metal lid, a paper label, red grainy content with seeds and a film of oil."""

import numpy as np

from ..fields import noise, smoothstep
from ..label import draw_label
from ..material import Graph, Material, glass, plain, printed
from ..mesh import Object, lathe, place, profile, soften, surface

RADIUS, HEIGHT = 0.034, 0.082  # m, the glass alone


def paste() -> Material:
    """Return ground chilli: red and wet, with pale seeds, dark skins and shreds of shallot."""
    g = Graph("sambal")
    red = g.ramp(
        g.noise(160, 6),
        [(0.3, (0.20, 0.012, 0.006)), (0.5, (0.47, 0.045, 0.012)), (0.72, (0.62, 0.13, 0.03))],
    )
    cells = g.add("TexVoronoi", {"Vector": g.position(), "Scale": 210.0, "Randomness": 1.0}, out="Distance")
    which = g.add("TexVoronoi", {"Vector": g.position(), "Scale": 210.0, "Randomness": 1.0}, out="Color")
    seed = g.math("MULTIPLY", g.ramp(cells, [(0.24, 1.0), (0.34, 0.0)]), g.ramp(which, [(0.66, 0.0), (0.68, 1.0)]))
    seeded = g.mix(seed, red, (0.75, 0.5, 0.2))
    skin = g.mix(g.ramp(g.noise(95, 3, distortion=2), [(0.62, 0.0), (0.68, 0.85)]), seeded, (0.1, 0.006, 0.004))
    return g.principled(
        base_color=skin, roughness=0.25, normal=g.bump(g.noise(240, 5), 0.002, 0.6), coat_weight=0.4
    )


def tin(colour: tuple[float, float, float]) -> Material:
    """Return lacquered tin with fine scratches."""
    g = Graph("lid")
    scratches = g.ramp(g.noise(40, 8, g.position((1, 14, 1))), [(0.4, 0.22), (0.7, 0.45)])
    return g.principled(base_color=colour, metallic=0.85, roughness=scratches)


def jar(rng: np.random.Generator, lid_colour: tuple[float, float, float]) -> list[Object]:
    """Return one closed jar, label looking to -y."""
    outer = [
        (0, 0.001),
        (0.024, 0.0),
        (0.031, 0.001),
        (RADIUS, 0.006),
        (RADIUS, 0.06),
        (0.032, 0.066),
        (0.0265, 0.071),
        (0.0265, HEIGHT),
    ]
    inner = [
        (0.0245, HEIGHT),
        (0.0245, 0.071),
        (0.0295, 0.065),
        (0.0318, 0.059),
        (0.0318, 0.009),
        (0.029, 0.005),
        (0, 0.005),
    ]
    wall = np.concatenate([soften(profile(outer), 4), soften(profile(inner), 4)])
    body = lathe("jar", wall, glass("jar glass"))
    level = 0.0615
    fill = soften(
        profile([(0, 0.0048), (0.0288, 0.0048), (0.0319, 0.009), (0.0319, 0.058), (0.031, level), (0, level)]),
        2,
    )
    content = lathe("sambal", fill, paste(), 140, 0.00003)
    cap = [
        (0, HEIGHT + 0.004),
        (0.026, HEIGHT + 0.004),
        (0.0285, HEIGHT + 0.003),
        (0.0295, HEIGHT),
        (0.0295, HEIGHT - 0.010),
        (0.0302, HEIGHT - 0.0112),
        (0.0295, HEIGHT - 0.012),
        (0.028, HEIGHT - 0.012),
    ]
    lid = lathe("lid", soften(profile(cap, 0.0006), 2), tin(lid_colour), 160)
    knurl(lid)
    return [body, content, lid, label(rng)]


def knurl(lid: Object) -> None:
    """Press fine ribs into the side of a lid."""
    for vertex in lid.data.vertices:
        x, y, z = vertex.co
        if HEIGHT - 0.009 < z < HEIGHT and np.hypot(x, y) > 0.028:
            rib = 1 + 0.009 * np.sin(80 * np.arctan2(y, x))
            vertex.co = (x * rib, y * rib, z)


def label(rng: np.random.Generator) -> Object:
    """Return the paper round the jar's front, put on a little crooked, with an edge lifting."""
    drawing = draw_label(
        (1000, 520),
        (252, 248, 236),
        (40, 60, 22),
        (176, 22, 22),
        [
            ("DAPUR BU EUIS", 0.145, 0.14, 800),
            ("Sambal Bawang", 0.44, 0.19, 900),
            ("pedas nampol", 0.62, 0.09, 500),
            ("Isi 150 gr  ·  tanpa pengawet", 0.76, 0.075, 600),
            ("Simpan di kulkas", 0.86, 0.055, 400),
        ],
    )
    v, angle = np.meshgrid(np.linspace(0.013, 0.054, 50), np.linspace(-1.25, 1.25, 120), indexing="ij")
    lift = np.clip(angle - 1.12, 0, None) ** 1.5 * 0.03
    radius = RADIUS + 0.00025 + lift + 0.00006 * noise(rng, v.shape, 30, 2)
    skew = 0.0014 * angle
    grid = np.stack([radius * np.sin(angle), -radius * np.cos(angle), v + skew], axis=-1)
    return surface("label", grid, printed("label", drawing))


def build(rng: np.random.Generator) -> list[Object]:
    """Return one jar."""
    return jar(rng, (0.8, 0.62, 0.2))


def build_pair(rng: np.random.Generator) -> list[Object]:
    """Return two jars side by side, one a step behind."""
    first, second = jar(rng, (0.8, 0.62, 0.2)), jar(rng, (0.8, 0.62, 0.2))
    place(first, (-0.033, 0, 0), (0, 0, 6))
    place(second, (0.043, 0.026, 0), (0, 0, -14))
    return first + second


def build_spoon() -> list[Object]:
    """Return a small steel spoon lying beside the jar (not part of the product)."""
    along = np.linspace(0, 1, 60)
    width = np.where(
        along < 0.3,
        0.013 * np.sqrt(np.clip(1 - ((along - 0.15) / 0.15) ** 2, 0, 1)) + 0.0015,
        0.0022 + 0.0025 * (along - 0.3),
    )
    hollow = 0.004 * np.clip(1 - ((along - 0.15) / 0.15) ** 2, 0, 1)
    t = np.linspace(-1, 1, 15)[None, :]
    z = 0.006 + 0.011 * smoothstep(0.2, 0.65, along)[:, None] - hollow[:, None] * (1 - t**2)
    grid = np.stack(np.broadcast_arrays(t * width[:, None], along[:, None] * 0.15, z), axis=-1)
    steel = plain("steel", (0.75, 0.75, 0.73), 0.2, metallic=1.0)
    return [surface("spoon", grid, steel, thickness=0.0012)]
