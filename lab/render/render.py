"""Render one photo and its matte with Cycles, and keep both for the phone to develop as often as it likes."""

import tempfile
from pathlib import Path
from zlib import crc32

import bpy
import numpy as np

from .camera import set_camera
from .mesh import Object, place
from .scenes import Photo
from .truth import show_truth

CACHE = Path(__file__).parent / ".cache"


def chance(name: str) -> np.random.Generator:
    """Return the random numbers that belong to a name, the same in every run."""
    return np.random.default_rng(crc32(name.encode()))


def set_up(photo: Photo) -> list[Object]:
    """Build a photo's scene and return what is for sale: the same in all of a listing's photos."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    products: list[Object] = []
    for stand in photo.stands:
        objects = stand.build(chance(stand.build.__module__))
        place(objects, stand.at, stand.turn)
        products += objects
    photo.place(chance(photo.path))
    set_camera(photo.shot)
    return products


def set_render(size: tuple[int, int], samples: int) -> None:
    """Set Cycles up for a quick picture in linear light."""
    scene = bpy.context.scene
    render, cycles = scene.render, scene.cycles
    render.engine = "CYCLES"
    render.resolution_x, render.resolution_y, render.resolution_percentage = *size, 100
    render.image_settings.file_format, render.image_settings.color_mode, render.image_settings.color_depth = (
        "OPEN_EXR",
        "RGBA",
        "32",
    )
    render.use_persistent_data = True
    scene.view_settings.view_transform = "Standard"
    cycles.device, cycles.samples, cycles.seed = "CPU", samples, 7
    cycles.use_adaptive_sampling, cycles.use_light_tree = False, False
    cycles.use_denoising, cycles.denoiser, cycles.denoising_prefilter = True, "OPENIMAGEDENOISE", "FAST"
    cycles.use_fast_gi, cycles.fast_gi_method, cycles.ao_bounces_render = True, "REPLACE", 1
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 12, 2, 2
    cycles.transmission_bounces, cycles.transparent_max_bounces = 8, 24
    cycles.caustics_reflective = cycles.caustics_refractive = False
    cycles.sample_clamp_indirect, cycles.blur_glossy = 6.0, 0.5


def shoot() -> np.ndarray:
    """Render the scene and return it as float32 (H, W, 4) in linear light, top row first."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "shot.exr")
        bpy.context.scene.render.filepath = path
        bpy.ops.render.render(write_still=True)
        image = bpy.data.images.load(path)
        width, height = image.size
        pixels = np.empty(width * height * 4, np.float32)
        image.pixels.foreach_get(pixels)
        bpy.data.images.remove(image)
    return pixels.reshape(height, width, 4)[::-1]


def render_photo(photo: Photo, samples: int, scale: float) -> None:
    """Render a photo and its matte into the cache."""
    size = tuple(max(round(side * scale), 8) for side in photo.size)
    products = set_up(photo)
    set_render(size, samples)
    light = shoot()[..., :3]
    show_truth(products, 64)
    alpha = shoot()[..., 3]
    CACHE.mkdir(exist_ok=True)
    np.savez(cache_of(photo), light=light.astype(np.float16), alpha=alpha.astype(np.float16))


def cache_of(photo: Photo) -> Path:
    """Return where a photo's render is kept."""
    return CACHE / (photo.path.replace("/", "_") + ".npz")
