"""What goes wrong with photos, as functions on finished pictures and on their mattes alike."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw

from .label import font

Draw = Callable[[Image.Image], Image.Image]


def shake(light: np.ndarray, length: float, angle: float) -> np.ndarray:
    """Return a picture (H, W, C) smeared along a slightly bent path, ``length`` as a share of its width."""
    reach = length * light.shape[1]
    steps = np.linspace(-0.5, 0.5, max(int(reach), 2))
    shifts = {
        (
            round(reach * t * np.sin(angle) + 0.2 * reach * (t * t - 0.12)),
            round(reach * t * np.cos(angle)),
        )
        for t in steps
    }
    pad = int(reach) + 2
    padded = np.pad(light, ((pad, pad), (pad, pad), (0, 0)), mode="edge").astype(np.float32)
    height, width = light.shape[:2]
    total = sum(padded[pad + dy : pad + dy + height, pad + dx : pad + dx + width] for dy, dx in sorted(shifts))
    return total / len(shifts)


def watermark(photo: Image.Image, text: str) -> Image.Image:
    """Return a photo with a shop's half-transparent name across it and again in a corner."""
    layer = Image.new("RGBA", photo.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    width, height = photo.size
    draw.text(
        (width / 2, height * 0.56),
        text,
        font=font(width // 13, 800),
        fill=(255, 255, 255, 120),
        anchor="mm",
        stroke_width=2,
        stroke_fill=(0, 0, 0, 60),
    )
    band = layer.rotate(24, resample=Image.Resampling.BICUBIC, center=(width / 2, height * 0.56))
    ImageDraw.Draw(band).text(
        (width * 0.97, height * 0.96),
        "WA 0800-0000-000",
        font=font(width // 34, 600),
        fill=(255, 235, 60, 230),
        anchor="rs",
        stroke_width=2,
        stroke_fill=(0, 0, 0, 160),
    )
    return Image.alpha_composite(photo.convert("RGBA"), band).convert("RGB")


def cropped_again(photo: Image.Image) -> Image.Image:
    """Return the picture as it comes back from a chat: a little cropped and smaller."""
    width, height = photo.size
    inner = photo.crop((int(0.02 * width), int(0.015 * height), int(0.985 * width), int(0.99 * height)))
    return inner.resize((int(0.8 * width), int(0.8 * height)), Image.Resampling.BICUBIC)


def shrunk(photo: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Return the picture at thumbnail size."""
    return photo.resize(size, Image.Resampling.LANCZOS)
