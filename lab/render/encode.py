"""Files as phones write them: JPEG and HEIC with EXIF, and mattes as small PNGs; all written atomically."""

import io
import os
from pathlib import Path
from zlib import crc32

import numpy as np
import pillow_heif
from PIL import Image

CAMERA, GPS = 0x8769, 0x8825
MAKES = {
    "ibu-sari": ("Saguna", "SG-A12"),
    "bu-euis": ("Pelita", "P5 Lite"),
    "pak-asep": ("Saguna", "SG-A03"),
    "kang-dadan": ("Nirwana", "N20"),
}
PLACES = {"bu-euis": (7.2191, 107.9042), "kang-dadan": (7.3344, 108.3519)}  # degrees south and east, made up


def write(path: Path, content: bytes) -> None:
    """Replace a file at once, so that a reader never meets half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)


def sexagesimal(degrees: float) -> tuple[float, float, float]:
    """Return degrees as (degrees, minutes, seconds)."""
    minutes = degrees % 1 * 60
    return (float(int(degrees)), float(int(minutes)), round(minutes % 1 * 60, 2))


def exif_of(path: str, orientation: int) -> Image.Exif:
    """Return what the phone of this photo's seller writes: make, model, time, and for some the place."""
    seller, chance = path.partition("/")[0], crc32(path.encode())
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = *MAKES[seller], orientation
    day = f"2026:{8 + chance % 3:02d}:{1 + chance % 27:02d}"
    when = f"{day} {7 + chance % 11:02d}:{chance % 59:02d}:{chance // 7 % 59:02d}"
    exif[0x0132] = when
    camera = exif.get_ifd(CAMERA)
    camera[0x9003], camera[0x9011] = when, "+07:00"
    camera[0x829D], camera[0x8827], camera[0x920A] = 1.8, 100 + 50 * (chance % 12), 5.0
    if seller in PLACES:
        south, east = PLACES[seller]
        exif.get_ifd(GPS).update({1: "S", 2: sexagesimal(south), 3: "E", 4: sexagesimal(east)})
    return exif


def jpeg(photo: Image.Image, path: str, quality: int, orientation: int = 1) -> bytes:
    """Return a JPEG with halved colour, as phones store it."""
    buffer = io.BytesIO()
    photo.save(
        buffer, "JPEG", quality=quality, subsampling="4:2:0", optimize=True, exif=exif_of(path, orientation)
    )
    return buffer.getvalue()


def heic(photo: Image.Image, path: str, quality: int) -> bytes:
    """Return a HEIC."""
    pillow_heif.register_heif_opener()
    buffer = io.BytesIO()
    photo.save(buffer, "HEIF", quality=quality - 24, exif=exif_of(path, 1).tobytes())
    return buffer.getvalue()


def matte_png(alpha: np.ndarray) -> bytes:
    """Return a matte (H, W) in [0, 1] as an 8-bit grey PNG."""
    buffer = io.BytesIO()
    Image.fromarray(np.round(np.clip(alpha, 0, 1) * 255).astype(np.uint8)).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
