"""Compose: the product on the recipe's background, with a soft shadow where it stands."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.recipe import Colour, Scene, Shadow
from processing.channels import over_channels
from processing.extent import SOLID, SUPPORT
from processing.resizing import fit

WORKING_SIDE = 300
"""px; a shadow has no detail that a larger size would show."""

CONTACT_BAND = 0.07
"""Share of the product's height, above its lowest point, within which it can touch the ground."""

SEAM = 0.6
"""Share of the darkness that is the narrow seam; the rest is the glow."""

FAINTEST = 0.01
"""Share of the darkness below which there is none, so that a shadow ends."""

RIM, FADE = 0.015, 0.04
"""Share of the longer side along the picture's border that is free of shadow, for there its ground is judged; and
share of the shorter side over which a shadow fades before that."""


def compose(
    foreground: NDArray[np.uint8],
    alpha: NDArray[np.float32],
    background: Colour | Scene,
    shadow: Shadow | None,
) -> NDArray[np.uint8]:
    """Return the product on a background.

    Where alpha is at most :data:`processing.extent.SUPPORT` and no shadow falls, the result is ``background``
    to the last bit. Blending is done in sRGB as browsers do it, so that the transparent rendition laid on the
    same background looks the same.

    Parameters
    ----------
    foreground
        The product's own colours, shape (H, W, 3), not multiplied by alpha.
    alpha
        Shape (H, W), in [0, 1].
    background
        One colour, sRGB, 0 to 255; or a scene, :func:`draw_scene`.
    shadow
        Of the ground under the product; ``None`` or a strength of 0 switches it off.

    Returns
    -------
    NDArray[np.uint8]
        Shape (H, W, 3).
    """
    ground = np.empty_like(foreground)
    if isinstance(background, Scene):
        ground[:] = draw_scene(background, len(ground))
    else:
        ground[:] = np.full(foreground.shape[1:], background, dtype=np.uint8)  # by rows: five times faster
    shade = contact_shadow(alpha, shadow) if shadow else np.zeros_like(alpha)
    dark = _rows(shade > 0)
    light = 1 - shade[dark]
    if len(light):
        ground[dark] = np.rint(over_channels(light, 3) * ground[dark]).astype(np.uint8)
    cv2.copyTo(foreground, (alpha >= 1 - SUPPORT).astype(np.uint8), ground)
    # Only the soft outline, a small part of the picture, is blended.
    soft = np.flatnonzero((alpha > SUPPORT) & (alpha < 1 - SUPPORT))
    coverage = (np.take(alpha, soft)[:, None] - SUPPORT) * np.float32(1 / (1 - 2 * SUPPORT))
    over, under = (np.take(colours.reshape(-1, 3), soft, axis=0) for colours in (foreground, ground))
    ground.reshape(-1, 3)[soft] = np.rint(coverage * over + (1 - coverage) * under).astype(np.uint8)
    return ground


def draw_scene(scene: Scene, height: int) -> NDArray[np.uint8]:
    """Return a scene's colour in each row of a picture of this height in px, shape (H, 1, 3).

    The wall goes over into the table along Perlin's smootherstep, whose slope is 0 at both ends, so that no line
    is seen where it begins.
    """
    share = (np.arange(height, dtype=np.float32) + 0.5) / height
    along = np.clip((share - scene.horizon) / scene.softness + 0.5, 0.0, 1.0)
    table = (along**3 * (along * (along * 6 - 15) + 10))[:, None]
    colours = (1 - table) * np.array(scene.wall, np.float32) + table * np.array(scene.table, np.float32)
    return np.rint(colours)[:, None, :].astype(np.uint8)


def _rows(mask: NDArray[np.bool_]) -> slice:
    """Return the band of rows that holds all of a mask: outside it there is nothing to compute."""
    rows = np.flatnonzero(mask.any(axis=1))
    return slice(int(rows[0]), int(rows[-1]) + 1) if len(rows) else slice(0, 0)


def contact_shadow(alpha: NDArray[np.float32], shadow: Shadow) -> NDArray[np.float32]:
    """Return how much the ground is darkened under the product.

    The outline's lowest stretch is taken for the line of contact. It is softened twice, narrowly for the dark
    seam under the product and widely for the glow around it, flatter than wide because the ground is seen at a
    slant. A product that the frame's lower edge cuts has no visible ground, and no shadow.

    Parameters
    ----------
    alpha
        Shape (H, W), in [0, 1].
    shadow
        ``strength`` is the largest value returned.

    Returns
    -------
    NDArray[np.float32]
        Shape (H, W), in [0, strength]; exactly 0 away from the product's foot and on the picture's border.
    """
    height, width = alpha.shape
    small = cv2.resize(alpha, fit(width, height, WORKING_SIDE), interpolation=cv2.INTER_AREA)
    sigma = max(0.5, shadow.blur * max(small.shape))
    line = _contact_line(small > SOLID, 0.4 * sigma)
    if line is None:
        return np.zeros((height, width), dtype=np.float32)
    seam = cv2.GaussianBlur(line, (0, 0), sigmaX=0.6 * sigma, sigmaY=0.35 * sigma, borderType=cv2.BORDER_CONSTANT)
    glow = cv2.GaussianBlur(line, (0, 0), sigmaX=2.0 * sigma, sigmaY=0.9 * sigma, borderType=cv2.BORDER_CONSTANT)
    shade = (seam / seam.max() * SEAM + glow / glow.max() * (1 - SEAM)) * _fade(*line.shape)
    shade = np.where(shade < FAINTEST, 0.0, shade * shadow.strength).astype(np.float32)
    return np.asarray(cv2.resize(shade, (width, height), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _contact_line(solid: NDArray[np.bool_], reach: float) -> NDArray[np.float32] | None:
    """Return the outline's lowest stretch as a line of weights in [0, 1], or None where there is none.

    It reaches ``reach`` px above and below the outline.
    """
    height = solid.shape[0]
    rows = np.flatnonzero(solid.any(axis=1))
    if not len(rows) or rows[-1] == height - 1:
        return None
    lowest = int(rows[-1])
    band = max(2.0, CONTACT_BAND * (lowest - int(rows[0]) + 1))
    columns = solid.any(axis=0)
    bottom = height - 1 - solid[::-1].argmax(axis=0)
    weight = np.where(columns, np.clip(1 - (lowest - bottom) / band, 0.0, 1.0), 0.0)
    below = np.arange(height)[:, None] - bottom
    return np.asarray(np.where(np.abs(below) <= reach, weight, 0.0), dtype=np.float32)


def _fade(height: int, width: int) -> NDArray[np.float32]:
    """Return a window, shape (H, W): 0 within :data:`RIM` of the border, 1 a :data:`FADE` further in."""
    rim = RIM * max(height, width)
    reach = max(1.0, FADE * min(height, width))

    def ramp(length: int) -> NDArray[np.float32]:
        place = np.arange(length)
        inwards = (np.minimum(place, length - 1 - place) - rim) / reach
        return np.asarray(np.clip(inwards, 0.0, 1.0), dtype=np.float32)

    return ramp(height)[:, None] * ramp(width)
