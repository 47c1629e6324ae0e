"""A pair of pandan sandals: rubber sole, woven footbed with stitches, two crossed woven straps."""

import numpy as np

from ..fields import mix, noise
from ..material import Material, plain, woven
from ..mesh import Object, place, strands, surface

LENGTH = 0.25  # m


def plait(rng: np.random.Generator, cells: int, accent: tuple[float, float, float], every: int) -> tuple:
    """Return a pandan plait as (colours, height): strips over two and under two, some of them dyed."""
    side = 1024
    y, x = np.meshgrid(np.arange(side) / side * cells, np.arange(side) / side * cells, indexing="ij")
    over = ((np.floor(x) + np.floor(y)) % 4) < 2
    across, along = np.where(over, y % 1, x % 1), np.where(over, np.floor(y), np.floor(x))
    run = np.where(over, x, y)
    height = np.sqrt(np.clip(1 - (2 * across - 1) ** 2, 0, 1)) * (0.7 + 0.3 * np.cos(np.pi * (run % 2 - 1)))
    tint = rng.uniform(0.82, 1.08, cells + 1)[along.astype(int)] * (1 + 0.05 * noise(rng, (side, side), 12, 3))
    dyed = (over & (along % every < every // 4)).astype(float)
    straw = mix(np.array([0.88, 0.76, 0.53]), np.array(accent), dyed)
    colours = straw * (tint * (0.6 + 0.4 * height))[..., None]
    return np.clip(colours, 0, 1), height


def outline(v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the left and right edge of a right foot's sole at v in [0, 1] from heel to toe, in metres."""
    round_ends = np.clip(1 - np.abs(2 * v - 1) ** 5, 0, 1) ** 0.45
    width = np.interp(v, [0, 0.15, 0.42, 0.72, 0.9, 1], [0.066, 0.07, 0.066, 0.092, 0.082, 0.06])
    shift = np.interp(v, [0, 0.2, 0.45, 0.75, 1], [0.002, 0.0, 0.006, 0.0, -0.012])
    return shift - width * round_ends / 2, shift + width * round_ends / 2


def slab(name: str, low: float, high: float, inset: float, material: Material) -> Object:
    """Return one layer of the sole between two heights, its edge rounded."""
    v = (1 - np.cos(np.pi * np.linspace(0, 1, 150))) / 2
    left, right = outline(v)
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)[None, :]
    across = np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** 0.3
    up = np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** 0.5
    half = np.maximum((right - left) / 2 - inset, 0)[:, None]
    y = (v - 0.5) * (LENGTH - 2 * inset)
    rise = (0.006 * np.clip(v - 0.75, 0, None) * 4 + 0.006 * np.clip(0.25 - v, 0, None) * 2)[:, None]
    x = (left + right)[:, None] / 2 + half * across
    z = (low + high) / 2 + (high - low) / 2 * up + rise
    grid = np.stack(np.broadcast_arrays(x, y[:, None], z), axis=-1)
    uv = np.stack([x / LENGTH * 1.6 + 0.5, np.broadcast_to(y[:, None] / LENGTH * 1.6 + 0.5, x.shape)], axis=-1)
    return surface(name, grid, material, closed=True, uv=np.concatenate([uv, uv[:, :1]], axis=1))


def strap(start: float, end: float, height: float, side: int, material: Material) -> Object:
    """Return a band that rises from the sole's edge at ``start``, arches over and goes down at ``end``."""
    t, w = np.linspace(0, 1, 70)[:, None], np.linspace(-1, 1, 24)[None, :]
    v = start + (end - start) * t + 0.062 * w
    left, right = outline(v)
    x = np.where(side > 0, left + (right - left) * t, right + (left - right) * t)
    x = (x - x.mean()) * 1.05 + x.mean()
    arch = np.sin(np.pi * t) ** 0.6 * height * (1 - 0.1 * w * np.sign(end - start)) + 0.0015 * (1 - w**2)
    grid = np.stack(np.broadcast_arrays(x, (v - 0.5) * LENGTH, 0.012 + arch), axis=-1)
    uv = np.stack(np.broadcast_arrays(w * 0.09 + 0.5, t * 0.62), axis=-1)
    return surface("strap", grid, material, uv=uv, thickness=0.0028)


def stitches(material: Material) -> Object:
    """Return the thread sewn round the footbed."""
    v = (1 - np.cos(np.pi * np.linspace(0.06, 0.94, 64))) / 2
    left, right = outline(v)
    dashes = []
    for edge, inward in ((left, 0.0055), (right, -0.0055)):
        line = np.stack([edge + inward, (v - 0.5) * (LENGTH - 0.012), np.full_like(v, 0.0198)], axis=1)
        line[:, 2] += 0.006 * np.clip(v - 0.75, 0, None) * 4 + 0.006 * np.clip(0.25 - v, 0, None) * 2
        dashes += [line[k : k + 2] * (1, 1, 1) for k in range(0, 62, 2)]
    return strands("stitches", dashes, 0.0006, material, resolution=1)


def one(footbed: Material, band: Material, rubber: Material, edge: Material, thread: Material) -> list[Object]:
    """Return the right sandal, toe towards +y."""
    soles = [
        slab("outsole", 0, 0.010, 0, rubber),
        slab("midsole", 0.009, 0.0155, 0.0006, edge),
        slab("footbed", 0.015, 0.0195, 0.0012, footbed),
    ]
    bands = [strap(0.5, 0.74, 0.052, 1, band), strap(0.5, 0.74, 0.0555, -1, band)]
    return [*soles, *bands, stitches(thread)]


def build(rng: np.random.Generator) -> list[Object]:
    """Return the pair, toes towards +y, set down as if just taken off."""
    footbed = woven("footbed", *plait(rng, 44, (0.55, 0.40, 0.2), 12), 0.0012)
    band = woven("band", *plait(rng, 52, (0.45, 0.10, 0.07), 8), 0.0011)
    rubber, edge = plain("rubber", (0.03, 0.027, 0.025), 0.75), plain("edge", (0.35, 0.2, 0.09), 0.6)
    thread = plain("thread", (0.75, 0.68, 0.52), 0.8)
    right, left = (one(footbed, band, rubber, edge, thread) for _ in range(2))
    for part in left:
        part.scale.x = -1
    place(right, (0.058, 0.004, 0), (0, 0, -5))
    place(left, (-0.058, -0.008, 0), (0, 0, 7))
    return right + left
