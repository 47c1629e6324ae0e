"""The outline by colour: which pixels are painted like the product, and which like what lies behind it."""

import cv2
import numpy as np
from numpy.typing import NDArray

NEVER = 0.15
"""A prior under this is background for good."""
LIKELY = 0.42
"""A prior over this is product to begin with."""
ROUNDS = 2
LEAST = 30
"""px that a colour mixture of five needs to be learnt from."""


def cut_out(pixels: NDArray[np.uint8], prior: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return which pixels of an sRGB photo (H, W, 3) are the product, shape (H, W), by GrabCut [1]_.

    ``prior`` (H, W) in [0, 1] tells where to start. Where it names nearly nothing or nearly everything there is
    nothing to learn colours from, and it is returned as it is, cut at LIKELY. The caller seeds OpenCV's random
    numbers: GrabCut draws.

    References
    ----------
    .. [1] Rother, Kolmogorov, Blake, "GrabCut", ACM TOG 23(3), 2004.
    """
    likely = prior > LIKELY
    if min(np.count_nonzero(likely), np.count_nonzero(~likely)) < LEAST:
        return likely
    classes = np.where(likely, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    classes[prior < NEVER] = cv2.GC_BGD
    mixtures = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(pixels, classes, (0, 0, 0, 0), *mixtures, ROUNDS, cv2.GC_INIT_WITH_MASK)
    return np.asarray((classes == cv2.GC_FGD) | (classes == cv2.GC_PR_FGD), dtype=np.bool_)
