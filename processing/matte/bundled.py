"""The matte that needs no download: found by colour and place alone, good on plain backgrounds."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.matte import Doubt, Matte
from models.picture import Picture
from processing.matte.border import border_distance
from processing.matte.cleaning import clean
from processing.matte.cut import cut_out
from processing.matte.evidence import weigh
from processing.matte.outline import contrast_across
from processing.matte.refine import refine
from processing.matte.regions import find_regions
from processing.matte.resizing import fit, shrink
from processing.matte.saliency import find_salient
from processing.matte.trust import judge

VERSION = 2
"""Raised whenever the same photo would give another matte than before."""
SEARCH_SIDE = 192
"""px, the longer side at which the product is looked for."""
MATTE_SIDE = 384
"""px, the longer side of the matte that is given back."""
REGIONS = 200
SEED = 20261123
LEAST_SIDE = 16
"""px: a photo whose shorter side has fewer at the search's scale shows nothing that could be told apart."""
FAINT_OUTLINE = 4.0
"""CIELAB units: a product whose outline differs less from its surroundings is noise."""
BORDER_WEIGHT = 0.3
"""How much the frame's colours say in the prior; saliency says the rest."""
UNLIKE = 3.0
"""Standard deviations from the background at which a pixel is as likely product as not."""


class BundledEstimator:
    """Saliency by background connectivity, an outline by colour, and doubts of its own."""

    @property
    def identity(self) -> str:
        """The method's name and version."""
        return f"bundled/{VERSION}"

    def estimate(self, picture: Picture) -> Matte:
        """Return the product's matte, its longer side at most 384 px.

        The same picture gives the same bytes, whatever was drawn from OpenCV's random numbers before; they are
        seeded here, which the rest of the thread will notice.
        """
        pixels = shrink(picture.pixels, fit(picture.width, picture.height, MATTE_SIDE))
        search = fit(picture.width, picture.height, SEARCH_SIDE)
        if min(search) < LEAST_SIDE:
            return Matte(np.zeros(pixels.shape[:2], dtype=np.float32), 0.0, (Doubt.NOTHING_FOUND,))
        product, evidence = find_product(shrink(pixels, search))
        soft = cv2.GaussianBlur(product.astype(np.float32), (0, 0), 1.0)
        alpha = refine(np.asarray(soft, dtype=np.float32), pixels)
        return Matte(alpha, *judge(evidence))


def find_product(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], dict[str, float]]:
    """Return which pixels of a small sRGB photo (H, W, 3) are the product, and the evidence for it."""
    cv2.setRNGSeed(SEED)
    lab = np.asarray(cv2.cvtColor(pixels.astype(np.float32) / np.float32(255.0), cv2.COLOR_RGB2LAB), np.float32)
    regions = find_regions(lab, REGIONS)
    saliency = find_salient(regions)[regions.labels]
    unlikeness = border_distance(lab)
    odd = 1.0 / (1.0 + np.exp(UNLIKE - unlikeness))
    prior = (1.0 - BORDER_WEIGHT) * saliency + BORDER_WEIGHT * odd
    product = clean(cut_out(pixels, prior), unlikeness)
    if float(np.mean(contrast_across(lab, product))) < FAINT_OUTLINE:
        product = np.zeros_like(product)
    return product, weigh(lab, saliency, unlikeness, product)
