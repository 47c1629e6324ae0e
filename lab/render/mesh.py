"""Geometry: grids of points, lathes, strands and rounded boxes made into Blender objects."""

from collections.abc import Iterable, Sequence

import bpy
import numpy as np

Object = bpy.types.Object


def link(obj: Object, material: bpy.types.Material | None) -> Object:
    """Put an object into the scene and dress it."""
    bpy.context.scene.collection.objects.link(obj)
    if material is not None:
        obj.data.materials.append(material)
    return obj


def surface(
    name: str,
    points: np.ndarray,
    material: bpy.types.Material | None,
    *,
    closed: bool = False,
    uv: np.ndarray | None = None,
    thickness: float = 0.0,
) -> Object:
    """Return a smooth mesh over a grid of points (rows, columns, 3).

    ``closed`` joins the last column to the first; ``uv`` (rows, columns, 2) defaults to the unit square with
    v growing along the rows; ``thickness`` in metres makes a sheet solid.
    """
    rows, columns = points.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    if closed:
        index = np.concatenate([index, index[:, :1]], axis=1)
    quads = np.stack([index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]], axis=-1).reshape(-1, 4)
    data = bpy.data.meshes.new(name)
    data.from_pydata(points.reshape(-1, 3).tolist(), [], quads.tolist())
    if uv is None:
        across = np.linspace(0, 1, index.shape[1])
        uv = np.stack(np.meshgrid(across, np.linspace(0, 1, rows)), axis=-1)
    corners = np.stack([uv[:-1, :-1], uv[:-1, 1:], uv[1:, 1:], uv[1:, :-1]], axis=2)
    data.uv_layers.new().data.foreach_set("uv", corners.reshape(-1).astype(np.float32))
    data.polygons.foreach_set("use_smooth", np.ones(len(quads), dtype=bool))
    obj = link(bpy.data.objects.new(name, data), material)
    if thickness:
        modifier = obj.modifiers.new("solid", "SOLIDIFY")
        modifier.thickness, modifier.offset = thickness, 0
    return obj


def profile(corners: Sequence[Sequence[float]], step: float = 0.0015) -> np.ndarray:
    """Return a polyline (n, 2) resampled every ``step`` metres, so that lathes have round enough corners."""
    corners = np.asarray(corners, dtype=float)
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    at = np.linspace(0, length[-1], max(int(length[-1] / step), 4))
    return np.stack([np.interp(at, length, corners[:, axis]) for axis in (0, 1)], axis=1)


def soften(line: np.ndarray, passes: int = 3) -> np.ndarray:
    """Return a polyline with its corners rounded by repeated averaging; its ends stay."""
    for _ in range(passes):
        line = np.concatenate([line[:1], (line[:-2] + 2 * line[1:-1] + line[2:]) / 4, line[-1:]])
    return line


def lathe(
    name: str,
    line: np.ndarray,
    material: bpy.types.Material,
    segments: int = 96,
    wobble: float = 0.0,
) -> Object:
    """Turn a profile of (radius, height) about z; ``wobble`` is a hand-made unroundness in metres."""
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)[None, :]
    radius = np.repeat(line[:, :1], segments, axis=1)
    if wobble:
        height = line[:, 1:] * 60
        lumps = np.sin(2 * angle + height) + 0.6 * np.sin(3 * angle - 1.7 * height + 1)
        radius = radius + wobble * lumps * (radius > 0.001)
    grid = np.stack([radius * np.cos(angle), radius * np.sin(angle), np.repeat(line[:, 1:], segments, axis=1)], -1)
    return surface(name, grid, material, closed=True)


def strands(
    name: str,
    lines: Iterable[np.ndarray],
    radius: float,
    material: bpy.types.Material,
    *,
    cyclic: bool = False,
    resolution: int = 2,
    taper: float = 1.0,
) -> Object:
    """Return round strands along polylines (n, 3); ``taper`` is the end's share of the radius."""
    data = bpy.data.curves.new(name, "CURVE")
    data.dimensions, data.bevel_depth, data.bevel_resolution = "3D", radius, resolution
    data.use_fill_caps = True
    for line in lines:
        spline = data.splines.new("POLY")
        spline.points.add(len(line) - 1)
        spline.points.foreach_set("co", np.c_[line, np.ones(len(line))].astype(np.float32).reshape(-1))
        spline.points.foreach_set("radius", np.linspace(1, taper, len(line)).astype(np.float32))
        spline.use_cyclic_u = cyclic
        spline.use_smooth = True
    return link(bpy.data.objects.new(name, data), material)


def box(
    name: str,
    size: Sequence[float],
    centre: Sequence[float],
    material: bpy.types.Material,
    bevel: float = 0.002,
) -> Object:
    """Return a box of ``size`` about ``centre`` with rounded edges."""
    corners = [(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)]
    faces = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
    data = bpy.data.meshes.new(name)
    data.from_pydata((np.array(corners) * np.array(size)).tolist(), [], faces)
    data.polygons.foreach_set("use_smooth", np.ones(6, dtype=bool))
    obj = link(bpy.data.objects.new(name, data), material)
    obj.location = centre
    modifier = obj.modifiers.new("bevel", "BEVEL")
    modifier.width, modifier.segments, modifier.harden_normals = bevel, 4, True
    return obj


def twist(path: np.ndarray, radius: float, turns: float, count: int, up: Sequence[float] = (0, 0, 1)) -> list:
    """Return ``count`` strands laid like a rope about a path (n, 3)."""
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.cross(tangent, np.asarray(up, dtype=float))
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-6)
    other = np.cross(side, tangent)
    turn = np.linspace(0, 2 * np.pi * turns, len(path))[:, None]
    starts = 2 * np.pi * np.arange(count) / count
    return [path + radius * (np.cos(turn + s) * side + np.sin(turn + s) * other) for s in starts]


def place(
    objects: Iterable[Object],
    at: Sequence[float] = (0, 0, 0),
    turn: Sequence[float] = (0, 0, 0),
    size: float = 1.0,
) -> None:
    """Move objects together: turned by Euler degrees, scaled, and set down at a place."""
    pivot = link(bpy.data.objects.new("pivot", None), None)
    for obj in objects:
        if obj.parent is None:
            obj.parent = pivot
    pivot.location, pivot.rotation_euler = at, np.radians(turn)
    pivot.scale = (size,) * 3
