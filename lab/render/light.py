"""Light: one of Blender's own studio worlds for the surroundings, and windows or lamps as area lights."""

from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector

WORLDS = Path(bpy.utils.resource_path("LOCAL")) / "datafiles" / "studiolights" / "world"


def surroundings(
    name: str, strength: float, turn: float = 0.0, warmth: tuple[float, float, float] = (1, 1, 1)
) -> None:
    """Light the scene with one of Blender's worlds (``city``, ``interior``...), turned by degrees."""
    world = bpy.data.worlds.new("surroundings")
    bpy.context.scene.world = world
    world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    picture = nodes.new("ShaderNodeTexEnvironment")
    picture.image = bpy.data.images.load(str(WORLDS / f"{name}.exr"))
    mapping, where = nodes.new("ShaderNodeMapping"), nodes.new("ShaderNodeTexCoord")
    mapping.inputs["Rotation"].default_value[2] = np.radians(turn)
    tint = nodes.new("ShaderNodeMix")
    tint.data_type, tint.blend_type = "RGBA", "MULTIPLY"
    tint.inputs[0].default_value = 1
    tint.inputs[7].default_value = (*warmth, 1)
    links.new(where.outputs["Generated"], mapping.inputs["Vector"])
    links.new(mapping.outputs[0], picture.inputs["Vector"])
    links.new(picture.outputs[0], tint.inputs[6])
    background = nodes["Background"]
    links.new(tint.outputs[2], background.inputs["Color"])
    background.inputs["Strength"].default_value = strength


def area(
    at: tuple[float, float, float],
    watts: float,
    size: tuple[float, float] = (0.9, 1.2),
    colour: tuple[float, float, float] = (1, 1, 1),
    towards: tuple[float, float, float] = (0, 0, 0.05),
) -> None:
    """Hang a rectangular light that looks at a point: a window, a doorway, a lamp."""
    lamp = bpy.data.lights.new("window", "AREA")
    lamp.shape, lamp.size, lamp.size_y, lamp.energy, lamp.color = "RECTANGLE", *size, watts, colour
    obj = bpy.data.objects.new("window", lamp)
    bpy.context.scene.collection.objects.link(obj)
    obj.location = at
    obj.rotation_euler = (Vector(towards) - Vector(at)).to_track_quat("-Z", "Y").to_euler()
