"""From a kept render to the files of the sample: the phone's picture, its fault, its matte."""

from pathlib import Path
from zlib import crc32

import numpy as np
from PIL import Image

from .encode import heic, jpeg, matte_png, write
from .faults import cropped_again, shake, shrunk, watermark
from .phone import develop
from .render import cache_of
from .scenes import PHOTOS, Photo

TINY = (240, 180)


def exposed(photo: Photo) -> tuple[np.ndarray, np.ndarray]:
    """Return a photo's linear light (H, W, 3) and matte (H, W) as they fall on the sensor."""
    with np.load(cache_of(photo)) as kept:
        light, alpha = (enlarged(kept[name].astype(np.float32), photo.size) for name in ("light", "alpha"))
    if photo.fault == "blurred":
        both = shake(np.dstack([light, alpha]), 0.032, 0.5)
        light, alpha = both[..., :3], both[..., 3]
    return light, alpha


def enlarged(field: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Return a render (H, W) or (H, W, 3) at the photo's full size, as a phone's digital zoom makes it."""
    layers = [field] if field.ndim == 2 else [field[..., k] for k in range(3)]
    grown = [np.asarray(Image.fromarray(layer).resize(size, Image.Resampling.BICUBIC)) for layer in layers]
    return grown[0] if field.ndim == 2 else np.dstack(grown)


def files_of(photo: Photo) -> tuple[bytes, bytes | None]:
    """Return a photo's file and its matte's (none where the photo cannot be read to its end)."""
    source = next(p for p in PHOTOS if p.path == photo.copy_of) if photo.copy_of else photo
    light, alpha = exposed(source)
    picture = Image.fromarray(develop(light, source.phone, crc32(source.path.encode())))
    matte = Image.fromarray(np.clip(alpha, 0, 1))
    if photo.fault == "near_duplicate":
        picture, matte = cropped_again(picture), cropped_again(matte)
    if photo.fault == "tiny":
        picture, matte = shrunk(picture, TINY), shrunk(matte, TINY)
    if photo.fault == "watermark":
        picture = watermark(picture, "DAPUR BU EUIS")
    return encoded(photo, picture), None if photo.fault == "truncated" else matte_png(np.asarray(matte))


def encoded(photo: Photo, picture: Image.Image) -> bytes:
    """Return the file that arrives: sideways with an orientation tag, as HEIC, cut short, or a plain JPEG."""
    quality = photo.phone.quality
    if photo.fault == "heic":
        return heic(picture, photo.path, quality)
    if photo.fault == "sideways":
        return jpeg(picture.transpose(Image.Transpose.ROTATE_90), photo.path, quality, orientation=6)
    content = jpeg(picture, photo.path, quality)
    return content[: int(0.58 * len(content))] if photo.fault == "truncated" else content


def write_photo(photo: Photo, samples: Path) -> None:
    """Write a photo and its matte under the samples folder."""
    content, matte = files_of(photo)
    write(samples / "raw" / photo.file, content)
    if matte is not None:
        write(samples / "truth" / f"{photo.path}.png", matte)
