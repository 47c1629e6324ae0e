"""A phone's main camera: a small sensor, a wide lens, a steady but never level hand."""

from dataclasses import dataclass

import bpy
import numpy as np
from mathutils import Matrix, Vector

SENSOR = 6.4  # mm wide along the longer side
LENS = 5.0  # mm; 28 mm on a 36 mm film


@dataclass(frozen=True)
class Shot:
    """Where the phone is held: place, aim and focus offset in metres, roll in degrees, zoom, f-number."""

    at: tuple[float, float, float]
    aim: tuple[float, float, float]
    roll: float = 0.0
    zoom: float = 1.0
    stop: float = 1.8
    focus: float = 0.0


def set_camera(shot: Shot) -> None:
    """Put the camera into the scene, focused on its aim (moved by ``focus`` along the view)."""
    data = bpy.data.cameras.new("phone")
    data.sensor_width, data.sensor_fit, data.lens = SENSOR, "AUTO", LENS * shot.zoom
    data.clip_start = 0.01
    view = Vector(shot.aim) - Vector(shot.at)
    data.dof.use_dof, data.dof.focus_distance, data.dof.aperture_fstop = (
        True,
        view.length + shot.focus,
        shot.stop,
    )
    camera = bpy.data.objects.new("phone", data)
    bpy.context.scene.collection.objects.link(camera)
    turn = view.to_track_quat("-Z", "Y").to_matrix().to_4x4() @ Matrix.Rotation(np.radians(shot.roll), 4, "Z")
    camera.matrix_world = Matrix.Translation(shot.at) @ turn
    bpy.context.scene.camera = camera
