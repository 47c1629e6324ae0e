"""Sellers with plain, good photos."""

import io
import json
from collections.abc import Mapping

import cv2
import numpy as np
from PIL import Image

from models.store import ObjectStore

DYE, SQUARES = 22, (14, 18)
"""Levels by which squares of a mat are lighter or darker, and how many there are over the photo."""


def draw_photo(seed: int, *, width: int = 1200, height: int = 900) -> bytes:
    """Return a JPEG of a woven-looking mat on a plain, softly lit sheet: easy, sharp and well exposed.

    Each seed's mat is dyed in squares of its own, so that none is taken for another's photo.
    """
    random = np.random.default_rng(seed)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    sheet = 232 - 14 * np.hypot(across / width - 0.4, down / height - 0.3)
    photo = np.repeat(sheet[..., None], 3, axis=2)
    outline = np.zeros((height, width), np.float32)
    axes = (int(width * random.uniform(0.24, 0.3)), int(height * random.uniform(0.28, 0.34)))
    centre = (width // 2 + int(random.integers(-30, 30)), height // 2 + int(random.integers(-30, 30)))
    cv2.ellipse(outline, centre, axes, float(random.uniform(-3, 3)), 0, 360, 1.0, -1, cv2.LINE_AA)
    weave = 26 * np.sign(np.sin(across / 7)) * np.sign(np.sin(down / 7)) + 6 * random.standard_normal(
        (height, width)
    )
    colour = np.array([152, 116, 92], np.float32) * random.uniform(0.9, 1.1, 3).astype(np.float32)
    dye = random.choice([-DYE, DYE], SQUARES).astype(np.float32)
    squares = cv2.resize(dye, (width, height), interpolation=cv2.INTER_NEAREST)
    product = colour + (weave + squares)[..., None].astype(np.float32)
    photo = photo + outline[..., None] * (product - photo) + random.standard_normal((height, width, 1)) * 1.5
    out = io.BytesIO()
    Image.fromarray(np.clip(photo, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=90)
    return out.getvalue()


def dark(photo: bytes) -> bytes:
    """Return a photo as it comes out in a kitchen in the evening: good, but nobody would publish it unseen."""
    light = np.asarray(Image.open(io.BytesIO(photo))).astype(np.float32)
    out = io.BytesIO()
    Image.fromarray((light * 0.3).astype(np.uint8)).save(out, "JPEG", quality=90)
    return out.getvalue()


def add_listing(
    store: ObjectStore, place: str, photos: Mapping[str, bytes], words: str = "Tampah anyaman bambu 45rb"
) -> None:
    """Put a listing's files where a seller's lie; its note comes last and makes it due at once.

    ``place`` is ``{seller}/{listing}``.
    """
    for name, data in photos.items():
        store.put(f"raw/{place}/{name}", data, media_type="application/octet-stream")
    note = json.dumps({"words": words, "price": None}).encode()
    store.put(f"raw/{place}/listing.json", note, media_type="application/json")
