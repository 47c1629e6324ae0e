"""Subject: a photo reduced to the size at which all photos are judged alike."""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from models.matte import Matte
from models.picture import Picture
from models.reading import TextLine
from processing.assess.blur import FEWEST_PIXELS, BlurEllipse, fit_blur
from processing.assess.edges import Edges, find_edges
from processing.extent import SOLID
from processing.read.presence import may_hold_text
from processing.read.text import read_text
from processing.resizing import fit

WORKING_SIDE = 512
"""px; a fixed scale, so that a 12-megapixel and a 1-megapixel photo are judged alike."""

CENTRAL = 0.2
"""Share left off on each side where the product is not known: what is sold is mostly in the middle."""


@dataclass(frozen=True)
class Subject:
    """A photo at working scale, and where on it the product is."""

    picture: Picture
    """The photo as it was decoded, for what the working scale would hide."""
    pixels: NDArray[np.uint8]
    """sRGB, shape (H, W, 3), its longer side at most WORKING_SIDE."""
    product: NDArray[np.bool_]
    """Shape (H, W): the product, or the middle of the photo where it is not known."""
    alpha: NDArray[np.float32] | None
    """Shape (h, w) of any size, in [0, 1]; ``None`` where nothing reliable is known of the product."""
    strewn: NDArray[np.float32] | None = None
    """As in :class:`~models.matte.Matte`: it is known where the product is not, too."""
    warmth: float | None = None
    """As in :class:`~models.matte.Matte`."""

    @cached_property
    def luma(self) -> NDArray[np.uint8]:
        """Shape (H, W): Rec. 601 luma of ``pixels``."""
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """What is written on the photo; empty where nothing is dense enough to be writing."""
        return read_text(self.picture.pixels) if may_hold_text(self.luma) else ()

    @cached_property
    def decoded_luma(self) -> NDArray[np.uint8]:
        """Shape of the picture: its Rec. 601 luma, at the size at which it was decoded."""
        return np.asarray(cv2.cvtColor(self.picture.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    @cached_property
    def channels(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
        """Red, green and blue of ``pixels``, each of shape (H, W)."""
        red, green, blue = (np.asarray(channel, dtype=np.uint8) for channel in cv2.split(self.pixels))
        return red, green, blue

    @cached_property
    def brightest(self) -> NDArray[np.uint8]:
        """Shape (H, W): each pixel's brightest channel."""
        return np.asarray(np.maximum.reduce(self.channels), dtype=np.uint8)

    @cached_property
    def darkest(self) -> NDArray[np.uint8]:
        """Shape (H, W): each pixel's darkest channel."""
        return np.asarray(np.minimum.reduce(self.channels), dtype=np.uint8)

    @cached_property
    def edges(self) -> Edges:
        """The steps of light within the product and on its outline, at working scale."""
        return find_edges(self.luma, self.product)

    @cached_property
    def blur(self) -> BlurEllipse | None:
        """Of the product's sharpest edges; ``None`` where they are too few."""
        return fit_blur(self.edges, WORKING_SIDE / max(*self.luma.shape, FEWEST_PIXELS))


def reduce(picture: Picture, matte: Matte, min_trust: float) -> Subject:
    """Return the photo at working scale; a matte trusted less than ``min_trust``, or empty, is not used."""
    pixels = shrink_to_working_scale(picture.pixels)
    size = (pixels.shape[1], pixels.shape[0])
    if matte.is_trusted(min_trust):
        product = cv2.resize(matte.alpha, size, interpolation=cv2.INTER_AREA) > SOLID
        if product.any():
            return Subject(picture, pixels, product, matte.alpha, matte.strewn, matte.warmth)
    across, down = int(CENTRAL * size[0]), int(CENTRAL * size[1])
    product = np.zeros((size[1], size[0]), dtype=np.bool_)
    product[down : size[1] - down, across : size[0] - across] = True
    return Subject(picture, pixels, product, None, matte.strewn, matte.warmth)


def shrink_to_working_scale(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return pixels, shape (H, W, 3), averaged down so that the longer side has at most WORKING_SIDE px.

    By halves first: that is ten times faster, and averages the same.
    """
    height, width = pixels.shape[:2]
    size = fit(width, height, WORKING_SIDE)
    while pixels.shape[1] >= 2 * size[0] and pixels.shape[0] >= 2 * size[1]:
        half = (pixels.shape[1] // 2, pixels.shape[0] // 2)
        pixels = np.asarray(cv2.resize(pixels, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    if (pixels.shape[1], pixels.shape[0]) == size:
        return pixels
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
