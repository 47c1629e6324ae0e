"""Cassava chips in a clear plastic bag, heat-sealed at both ends, with a printed label."""

import numpy as np

from ..fields import noise, wrinkles
from ..label import draw_label
from ..material import Graph, Material, printed
from ..mesh import Object, surface

WIDTH, LENGTH, BULGE = 0.17, 0.245, 0.030  # m; the bag lies on its back, its front looking up (+z)


def film() -> Material:
    """Return thin clear plastic: it only mirrors at its creases, and lets the rest pass straight through."""
    g = Graph("film")
    crease = g.bump(g.noise(70, 6, distortion=1.5), 0.004, 0.35)
    shine = g.add("BsdfGlossy", {"Color": (1, 1, 1), "Roughness": 0.09, "Normal": crease})
    clear = g.add("BsdfTransparent", {"Color": (0.98, 0.98, 0.977)})
    fresnel = g.add("Fresnel", {"IOR": 1.45, "Normal": crease})
    lit = g.math("SUBTRACT", 1.0, g.nodes.new("ShaderNodeLightPath").outputs["Is Shadow Ray"])
    return g.close(g.add("MixShader", {0: g.math("MULTIPLY", fresnel, lit), 1: clear, 2: shine}))


def crisp() -> Material:
    """Return fried cassava dusted with chilli: gold, browned in places, no two chips alike."""
    g = Graph("crisp")
    each = g.nodes.new("ShaderNodeObjectInfo").outputs["Random"]
    gold = g.ramp(each, [(0.0, (0.9, 0.5, 0.12)), (0.5, (0.95, 0.68, 0.26)), (1.0, (0.88, 0.42, 0.1))])
    brown = g.mix(g.ramp(g.noise(75, 5), [(0.56, 0.0), (0.8, 0.6)]), gold, (0.42, 0.17, 0.04))
    chilli = g.mix(g.ramp(g.noise(330, 4), [(0.53, 0.0), (0.66, 0.8)]), brown, (0.62, 0.1, 0.025))
    rough = g.bump(g.noise(280, 4), 0.0008, 0.5)
    return g.principled(
        base_color=chilli,
        roughness=0.38,
        normal=rough,
        subsurface_weight=0.08,
        subsurface_radius=(0.004, 0.002, 0.001),
    )


def half_thickness(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Return how far the filled bag bulges at (u, v) in [0, 1]^2; nothing at its seals and side folds."""
    inside = np.clip((v - 0.075) / 0.85, 0, 1)
    along = np.clip(np.sin(np.pi * inside), 0, 1) ** 0.42
    across = np.clip(np.sin(np.pi * u), 0, 1) ** 0.5
    return BULGE * along * across * (1.12 - 0.3 * v)


def sheet(rng: np.random.Generator, side: int, shape: tuple[int, int] = (220, 160)) -> np.ndarray:
    """Return the front (side 1) or back (-1) film as a grid of points, crumpled most near the seals."""
    v, u = np.meshgrid(np.linspace(0, 1, shape[0]), np.linspace(0, 1, shape[1]), indexing="ij")
    swell = half_thickness(u, v)
    crumple = (wrinkles(rng, shape, 36) - 0.35) * 0.006 + noise(rng, shape, 14, 3) * 0.0005
    pleats = (
        np.sin(2 * np.pi * 13 * u + 2 * noise(rng, shape, 70, 1)) * 0.0016 * np.exp(-np.minimum(v, 1 - v) / 0.1)
    )
    free = np.clip(np.minimum(v - 0.05, 0.95 - v) / 0.05, 0, 1)
    z = side * swell + (crumple + pleats) * free + 0.0012 * np.sin(5 * u + 9 * v) * (1 - free)
    narrow = 1 - 0.12 * swell / BULGE
    x = (u - 0.5) * WIDTH * narrow
    y = (v - 0.5) * LENGTH + 0.002 * np.sin(40 * u) * (np.abs(v - 0.5) > 0.499)
    return np.stack([x, y, z + BULGE], axis=-1)


def chip(rng: np.random.Generator, material: Material) -> Object:
    """Return one thin curled disc."""
    around, rings = np.linspace(0, 2 * np.pi, 30, endpoint=False), np.linspace(0.02, 1, 7)
    radius, angle = np.meshgrid(rings, around, indexing="ij")
    lumps = 1 + 0.06 * np.sin(2 * angle + rng.uniform(0, 6)) + 0.03 * np.sin(5 * angle + rng.uniform(0, 6))
    reach = rng.uniform(0.015, 0.021) * radius * lumps
    curl = rng.uniform(0.001, 0.0036) * radius**2 * np.cos(2 * angle + rng.uniform(0, 6))
    ripple = 0.0009 * radius * np.sin(7 * angle + rng.uniform(0, 6)) + 0.0006 * np.sin(9 * radius + 3 * angle)
    grid = np.stack([reach * np.cos(angle), reach * np.sin(angle), curl + ripple], axis=-1)
    return surface("chip", grid, material, closed=True, thickness=0.0011)


def filling(rng: np.random.Generator) -> list[Object]:
    """Return the chips: layers of scattered discs, those next to the film lying along it."""
    material = crisp()
    models = [chip(rng, material) for _ in range(9)]
    pieces: list[Object] = []
    for layer in (-0.7, -0.3, 0.1, 0.42, 0.62, 0.72):
        taken: list[np.ndarray] = []
        gap = 0.0125 if layer > 0.5 else 0.0165
        for _ in range(900):
            u, v = rng.uniform(0.07, 0.93), rng.uniform(0.1, 0.88)
            spot = np.array([(u - 0.5) * WIDTH * 0.88, (v - 0.5) * LENGTH])
            room = half_thickness(np.array(u), np.array(v)).item() - 0.0045
            if room < 0.006 or any(np.hypot(*(spot - other)) < gap for other in taken):
                continue
            taken.append(spot)
            piece = models[rng.integers(9)].copy()
            models[0].users_collection[0].objects.link(piece)
            piece.location = (*spot, BULGE + layer * room + rng.normal(0, 0.0015))
            steep = 0.2 if abs(layer) > 0.6 else 0.45
            lean = -0.5 * (u - 0.5) * np.pi
            piece.rotation_euler = (rng.normal(0, steep), rng.normal(0, steep) - lean, rng.uniform(0, 6.3))
            piece.scale = (min(1.0, room / 0.012),) * 3
            pieces.append(piece)
    for piece, u in zip(models, np.linspace(0.2, 0.8, 9), strict=True):
        piece.location = ((u - 0.5) * WIDTH * 0.8, rng.uniform(-0.05, 0.05), BULGE)
    v, u = np.meshgrid(np.linspace(0.1, 0.9, 120), np.linspace(0.06, 0.94, 90), indexing="ij")
    crumbs = 0.45 * half_thickness(u, v) + 0.0022 * noise(rng, u.shape, 12, 3)
    heap = np.stack([(u - 0.5) * WIDTH * 0.88, (v - 0.5) * LENGTH, BULGE + crumbs], axis=-1)
    return [*pieces, *models, surface("crumbs", heap, material)]


def sticker(rng: np.random.Generator) -> Object:
    """Return the label that follows the bag's front."""
    drawing = draw_label(
        (900, 760),
        (250, 244, 220),
        (110, 24, 10),
        (196, 36, 20),
        [
            ("DAPUR BU EUIS", 0.145, 0.12, 800),
            ("Keripik Singkong", 0.40, 0.135, 800),
            ("BALADO", 0.55, 0.13, 900),
            ("Berat bersih 250 gram", 0.70, 0.065, 600),
            ("Renyah · Pedas · Gurih   Garut", 0.82, 0.055, 500),
        ],
    )
    v, u = np.meshgrid(np.linspace(0.34, 0.70, 90), np.linspace(0.2, 0.8, 90), indexing="ij")
    wave = noise(rng, (90, 90), 60, 2) * 0.0004
    z = half_thickness(u, v) + 0.0058 + wave
    grid = np.stack(
        [(u - 0.5) * WIDTH * (1 - 0.12 * half_thickness(u, v) / BULGE), (v - 0.5) * LENGTH, z + BULGE], -1
    )
    return surface("label", grid, printed("label", drawing, 0.32))


def build(rng: np.random.Generator) -> list[Object]:
    """Return a bag of chips lying on its back, its top towards +y."""
    plastic = film()
    bag = [surface("bag", sheet(rng, side), plastic) for side in (1, -1)]
    seals = []
    for v in (0.012, 0.988):
        at = np.linspace(0.0, 1.0, 60)[None, :].repeat(8, 0)
        y = (v - 0.5) * LENGTH + np.linspace(-0.004, 0.004, 8)[:, None]
        z = np.full_like(at, BULGE + 0.0012) + 0.0006 * np.sin(5 * at * 9)
        seals.append(surface("seal", np.stack([(at - 0.5) * WIDTH, y + 0 * at, z], axis=-1), plastic))
    return [*bag, *seals, *filling(rng), sticker(rng)]
