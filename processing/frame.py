"""Frame: where the product sits in the finished picture, and the one resampling that takes it there."""

import math
from dataclasses import dataclass, replace
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from models.matte import Matte
from models.recipe import Framing, Recipe
from processing.extent import SUPPORT, Side, cut_sides, outer_corners
from processing.matte.haze import without_haze
from processing.tilt import SMALLEST, measure_tilt

T = TypeVar("T", np.uint8, np.float32)

NEAREST = 1e-9
"""px; a frame may pass the photo's edge by this much through rounding alone."""


@dataclass(frozen=True, slots=True)
class Placement:
    """How a picture is laid into a frame."""

    matrix: tuple[tuple[float, float, float], tuple[float, float, float]]
    """Maps a point of the picture to the frame, both in px from the upper left corner of the corner pixel."""
    size: tuple[int, int]
    """Width and height of the picture, in px."""
    output: tuple[int, int]
    """Width and height of the frame, in px."""
    scale: float
    """Frame px per picture px."""
    rotation: float
    """Degrees that the picture is turned, positive anticlockwise."""
    outside: frozenset[Side]
    """Sides of the frame that the photo's side of the same name does not reach, at one end at least."""

    def resized(self, output: tuple[int, int]) -> "Placement":
        """Return the same view in a frame of other width and height, in px."""
        across, down = output[0] / self.output[0], output[1] / self.output[1]
        (a, b, c), (d, e, f) = self.matrix
        matrix = ((a * across, b * across, c * across), (d * down, e * down, f * down))
        return replace(self, matrix=matrix, output=output, scale=self.scale * min(across, down))


def frame(size: tuple[int, int], matte: Matte, framing: Framing, output: tuple[int, int]) -> Placement:
    """Return the placement that centres the product in the frame, with the recipe's margin around it.

    All of the product (alpha above :data:`processing.extent.SUPPORT`) lies within the frame, whatever the
    matte. A product that the photo's own edge cuts off is laid flush with that edge of the frame: a straight
    cut reads as a crop there, and as a broken thing anywhere else. It is not straightened either, for the cut
    has to stay parallel to the frame. Where opposite sides are cut and the frame is too wide for both, it is
    centred between them.

    Parameters
    ----------
    size
        Width and height of the decoded picture, in px.
    matte
        Its alpha may be of another size than the picture, with the same aspect.
    framing
        ``aspect`` must be that of ``output``.
    output
        Width and height of the frame, in px.

    Raises
    ------
    ValueError
        When ``output`` is not of the recipe's aspect to the nearest pixel, or the matte is empty.
    """
    if abs(output[0] - framing.aspect * output[1]) > max(1.0, framing.aspect):
        raise ValueError(f"a frame of {output[0]} x {output[1]} px is not of the aspect {framing.aspect:g}")
    corners = outer_corners(matte.alpha, SUPPORT) * np.array(size, dtype=np.float64)
    if not len(corners):
        raise ValueError("an empty matte cannot be framed")
    cut = cut_sides(matte.alpha)
    rotation = 0.0 if cut else _straightening(size, matte, framing)
    turn = _rotation_matrix(rotation)
    turned = corners @ turn.T
    low, high = turned.min(axis=0), turned.max(axis=0)
    (scale_x, offset_x), (scale_y, offset_y) = (
        _fit_axis(high[axis] - low[axis], output[axis], framing.margin, cut & set(sides))
        for axis, sides in enumerate(((Side.LEFT, Side.RIGHT), (Side.TOP, Side.BOTTOM)))
    )
    scale = min(scale_x, scale_y, framing.max_enlargement)
    spare = np.array(output, dtype=np.float64) - scale * (high - low)
    origin = spare * np.array([offset_x, offset_y]) - scale * low
    return _placement(scale, rotation, origin, size=size, output=output)


def frame_product(size: tuple[int, int], matte: Matte, recipe: Recipe) -> Placement:
    """Return the placement of a picture of that width and height, in px, as a recipe wants it.

    Refining leaves nothing of a matte's haze, so the product is framed without it. Raises as :func:`frame` does.
    """
    return frame(size, replace(matte, alpha=without_haze(matte.alpha)), recipe.framing, recipe.canvas)


def fit(size: tuple[int, int], output: tuple[int, int], max_enlargement: float = 1.0) -> Placement:
    """Return the placement that shows the whole upright photo, centred, neither cut nor turned.

    ``size`` and ``output`` are widths and heights in px; the photo is magnified by ``max_enlargement`` at most.
    """
    scale = min(output[0] / size[0], output[1] / size[1], max_enlargement)
    origin = (np.array(output, dtype=np.float64) - scale * np.array(size, dtype=np.float64)) / 2
    return _placement(scale, 0.0, origin, size=size, output=output)


def place(image: NDArray[T], placement: Placement) -> NDArray[T]:
    """Return a photo or matte as it lies in the frame.

    Parameters
    ----------
    image
        Pixels ``uint8 (h, w, 3)`` or alpha ``float32 (h, w)`` in [0, 1]; h and w may be others than the
        placement's picture has, with the same aspect.
    placement
        Where it goes.

    Returns
    -------
    NDArray
        Same type, of the placement's output size. Beyond the photo's edge pixels are its mirror image, which
        gives later steps a plausible neighbourhood, and alpha is 0.
    """
    width, height = placement.size
    across, down = image.shape[1] / width, image.shape[0] / height
    shrink = math.floor(min(across, down) / placement.scale)
    if shrink > 1:
        # A warp reads four neighbours of each point and would skip the others: they are averaged first.
        smaller = (math.ceil(image.shape[1] / shrink), math.ceil(image.shape[0] / shrink))
        image = _typed(cv2.resize(image, smaller, interpolation=cv2.INTER_AREA), image)
        across, down = image.shape[1] / width, image.shape[0] / height
    linear = np.array(placement.matrix)[:, :2] / [across, down]
    # OpenCV counts from the centre of the corner pixel, half a pixel from its corner.
    offset = np.array(placement.matrix)[:, 2] + linear @ [0.5, 0.5] - 0.5
    matrix = np.concatenate([linear, offset[:, None]], axis=1)
    is_alpha = image.ndim == 2  # noqa: PLR2004 - rows and columns, no channels
    enlarges = placement.scale >= min(across, down)
    warped = cv2.warpAffine(
        image,
        matrix,
        placement.output,
        flags=cv2.INTER_CUBIC if enlarges and not is_alpha else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT if is_alpha else cv2.BORDER_REFLECT,
        borderValue=0,
    )
    return _typed(warped, image)


def _straightening(size: tuple[int, int], matte: Matte, framing: Framing) -> float:
    tilt = measure_tilt(matte.alpha, *size)
    return tilt if tilt is not None and SMALLEST <= abs(tilt) <= framing.max_tilt else 0.0


def _fit_axis(extent: float, room: float, margin: float, cut: set[Side] | frozenset[Side]) -> tuple[float, float]:
    """Return the largest scale for one axis, and the share of the spare room that goes before the product."""
    margins = 2 - len(cut)
    before = 0.5
    if margins == 1:
        before = 0.0 if cut & {Side.LEFT, Side.TOP} else 1.0
    return room * (1 - margins * margin) / extent, before


def _rotation_matrix(degrees: float) -> NDArray[np.float64]:
    """Return the 2x2 matrix that turns points anticlockwise as seen on a screen, where y points down."""
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[cosine, sine], [-sine, cosine]])


def _placement(
    scale: float, rotation: float, origin: NDArray[np.float64], *, size: tuple[int, int], output: tuple[int, int]
) -> Placement:
    linear = scale * _rotation_matrix(rotation)
    corners = np.array([[0, 0], [output[0], 0], [0, output[1]], output], dtype=np.float64)
    seen = (corners - origin) @ np.linalg.inv(linear).T
    before, behind = seen < -NEAREST, seen > np.array(size) + NEAREST
    beyond = {
        Side.LEFT: before[[0, 2], 0],
        Side.TOP: before[[0, 1], 1],
        Side.RIGHT: behind[[1, 3], 0],
        Side.BOTTOM: behind[[2, 3], 1],
    }
    rows = tuple((float(linear[i, 0]), float(linear[i, 1]), float(origin[i])) for i in range(2))
    return Placement(
        matrix=(rows[0], rows[1]),
        size=size,
        output=output,
        scale=float(scale),
        rotation=rotation,
        outside=frozenset(side for side, ends in beyond.items() if ends.any()),
    )


def _typed(result: object, like: NDArray[T]) -> NDArray[T]:
    return np.asarray(result, dtype=like.dtype)
