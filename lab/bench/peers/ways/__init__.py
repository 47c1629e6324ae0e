"""The ways that are compared, one file each, all of one shape.

``prepare(photos, scratch, threads)`` does what is done once, such as reading files and opening networks, and
returns what is timed: a call that takes each of the photos the whole way. ``INTERPRETER`` names the environment,
``ours`` or ``peers``. ``THREADED`` says whether one process uses all cores; otherwise as many are started as there
are cores. ``STARTS`` says whether each call starts a program, which is then measured with one photo too and taken
off.
"""

ORDER = (
    "etalase",
    "etalase_s3",
    "etalase_u2netp",
    "rembg_folder",
    "rembg_png",
    "rembg_jpeg",
    "etalase_photo_work",
    "floor",
    "cleanvision",
    "pillow",
)
