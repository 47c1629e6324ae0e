"""What a cheap phone makes of the light: noise, smeared denoising, sharpening, tone curve, colour cast."""

from dataclasses import dataclass

import numpy as np

from .fields import smoothstep


@dataclass(frozen=True)
class Phone:
    """One phone on one day.

    ``stops`` is over- or under-exposure, ``cast`` the white balance's error per channel, ``noise`` the shot
    noise (0.5 outdoors, 3 in a dim kitchen), ``quality`` the JPEG's.
    """

    stops: float = 0.0
    cast: tuple[float, float, float] = (1.0, 1.0, 1.0)
    noise: float = 1.0
    contrast: float = 1.0
    quality: int = 90


def soften_picture(picture: np.ndarray, sigma: float) -> np.ndarray:
    """Return a picture (H, W, 3) after a Gaussian blur that mirrors at the edges."""
    reach = max(int(3 * sigma + 0.5), 1)
    taps = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    taps /= taps.sum()
    for axis in (0, 1):
        pad = [(reach, reach) if k == axis else (0, 0) for k in range(3)]
        padded = np.pad(picture, pad, mode="reflect")
        length = picture.shape[axis]
        picture = sum(tap * padded.take(range(k, k + length), axis=axis) for k, tap in enumerate(taps))
    return picture


def expose(light: np.ndarray, stops: float) -> np.ndarray:
    """Return linear light scaled so that its centre-weighted middle becomes mid-grey, as a meter would."""
    height, width = light.shape[:2]
    y, x = np.meshgrid(np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij")
    weight = np.exp(-(x**2 + y**2) * 1.2)
    luminance = light @ np.array([0.2126, 0.7152, 0.0722])
    mean = np.exp((weight * np.log(luminance + 1e-3)).sum() / weight.sum())
    bright = np.percentile(luminance, 96)
    gain = min(0.27 / mean, 1.3 / bright) if bright > 0 else 1.0
    return light * gain * 2.0**stops


def lens(light: np.ndarray) -> np.ndarray:
    """Return linear light with the lens's slight vignette and veil."""
    height, width = light.shape[:2]
    y, x = np.meshgrid(np.linspace(-1, 1, height), np.linspace(-1, 1, width), indexing="ij")
    far = (x**2 + y**2)[..., None] / 2
    veil = soften_picture(light[::8, ::8], 6).repeat(8, 0).repeat(8, 1)[:height, :width]
    glare = 0.03 * soften_picture(veil, 4)
    return light * (1 - 0.24 * far - 0.08 * far**2) * 0.975 + glare


def sense(light: np.ndarray, noise: float, rng: np.random.Generator) -> np.ndarray:
    """Return linear light as the sensor counts it, with shot noise, read noise and coarse colour noise."""
    shape = light.shape
    grain = rng.standard_normal(shape)
    coarse = soften_picture(rng.standard_normal(shape), 1.3) * 3.2
    deviation = noise * np.sqrt(np.clip(light, 0, None) * 0.0007 + 0.000006)
    return light + deviation * (0.75 * grain + 0.55 * coarse)


def denoise(picture: np.ndarray, noise: float) -> np.ndarray:
    """Return the picture as the phone smooths it: flat parts smeared, edges kept, colour blurred more."""
    grey = picture.mean(axis=2, keepdims=True)
    smooth = soften_picture(picture, 1.0 + 0.35 * noise)
    edge = np.abs(grey - soften_picture(grey, 2.0))
    keep = smoothstep(0.006 + 0.006 * noise, 0.05 + 0.012 * noise, soften_picture(edge, 1.0))
    smeared = smooth * (1 - keep) + picture * keep
    out = 0.7 * smeared + 0.3 * picture
    colour = soften_picture(out - out.mean(axis=2, keepdims=True), 1.6 + 0.4 * noise)
    return out.mean(axis=2, keepdims=True) + colour


def tone(light: np.ndarray, contrast: float) -> np.ndarray:
    """Return display values in [0, 1]: the phone's s-curve over the sRGB transfer, with a soft shoulder."""
    light = np.clip(light, 0, None)
    rolled = np.where(light > 0.6, 0.6 + 0.4 * (1 - np.exp(-(light - 0.6) / 0.55)), light)
    value = np.where(rolled < 0.0031308, 12.92 * rolled, 1.055 * np.maximum(rolled, 1e-9) ** (1 / 2.4) - 0.055)
    bent = value + 0.11 * contrast * np.sin(2 * np.pi * (value - 0.5)) / np.pi * 1.4
    return np.clip(bent, 0, 1)


def develop(light: np.ndarray, phone: Phone, seed: int) -> np.ndarray:
    """Return the photo, uint8 (H, W, 3), that a phone makes of linear light (H, W, 3)."""
    rng = np.random.default_rng(seed)
    seen = lens(expose(np.clip(light.astype(np.float64), 0, 60), phone.stops)) * np.array(phone.cast)
    counted = sense(seen, phone.noise, rng)
    picture = denoise(tone(counted, phone.contrast), phone.noise)
    grey = picture @ np.array([0.299, 0.587, 0.114])
    vivid = grey[..., None] + (picture - grey[..., None]) * 1.1
    sharp = vivid + 0.55 * (vivid - soften_picture(vivid, 1.1)) + 0.12 * (vivid - soften_picture(vivid, 4.0))
    return (np.clip(sharp, 0, 1) * 255 + rng.uniform(0, 1, sharp.shape)).clip(0, 255).astype(np.uint8)
