"""Numpy fields that textures and meshes are drawn from: noise, blur, distances."""

import numpy as np


def blur(field: np.ndarray, sigma: float) -> np.ndarray:
    """Return a 2-D field after a Gaussian blur of ``sigma`` pixels, wrapping at the edges."""
    fy = np.fft.fftfreq(field.shape[0])[:, None]
    fx = np.fft.rfftfreq(field.shape[1])[None, :]
    gain = np.exp(-2 * (np.pi * sigma) ** 2 * (fx**2 + fy**2))
    return np.fft.irfft2(np.fft.rfft2(field) * gain, s=field.shape)


def noise(rng: np.random.Generator, shape: tuple[int, int], size: float, octaves: int = 4) -> np.ndarray:
    """Return tileable fractal noise, mean 0 and deviation 1, whose largest lumps are ``size`` pixels wide."""
    total = np.zeros(shape)
    for octave in range(octaves):
        layer = blur(rng.standard_normal(shape), max(size / 2**octave / 3, 0.3))
        total += layer / layer.std() * 0.5**octave
    return total / total.std()


def wrinkles(rng: np.random.Generator, shape: tuple[int, int], size: float) -> np.ndarray:
    """Return soft creases in [0, 1]: the ridges along which warped noise changes its sign."""
    total = np.zeros(shape)
    for scale, weight in ((1.0, 1.0), (0.55, 0.5), (0.3, 0.22)):
        field = noise(rng, shape, size * scale, 2)
        total += weight * np.exp(-np.abs(field) * 2.2)
    total = blur(total, size / 30 + 0.5)
    return (total - total.min()) / (total.max() - total.min())


def smoothstep(low: float, high: float, value: np.ndarray) -> np.ndarray:
    """Return the cubic step from 0 at ``low`` to 1 at ``high``."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def mix(low: np.ndarray, high: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Blend two colours (3,) or pictures (H, W, 3) by a share (H, W) in [0, 1]."""
    share = share[..., None]
    return np.asarray(low) * (1 - share) + np.asarray(high) * share


def fade(points: np.ndarray, radius: float) -> np.ndarray:
    """Return 0 at the origin rising to 1 beyond ``radius``, for points (..., 2+)."""
    distance = np.hypot(points[..., 0], points[..., 1])
    return smoothstep(radius * 0.7, radius * 1.5, distance)
