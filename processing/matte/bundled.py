"""The matte by the network that ships with the project: nothing to download, a hundredth of a second a photo."""

from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from models.matte import Matte
from models.picture import Picture
from processing.matte.crumbs import sweep
from processing.matte.evidence import disagreement, weigh
from processing.matte.named import WEIGHTS, name_bundled
from processing.matte.trust import LOOK_AGAIN, judge, rate
from processing.resizing import fit, resize

LONG, SHORT = 288, 256
"""px: the network sees every photo with these sides, whatever its proportions; it learnt at somewhat less."""
LEARNT_SIDE = 320
"""px, the longer side of the photos that it learnt from: finer texture than theirs is strange to it."""
MATTE_SIDE = 384
"""px, the longer side of the matte that is given back."""


def show(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a photo, sRGB (H, W, 3), as the network sees it: (256, 288, 3), or (288, 256, 3) if upright."""
    height, width = pixels.shape[:2]
    seen = resize(pixels, fit(width, height, LEARNT_SIDE))
    return resize(seen, (LONG, SHORT) if width >= height else (SHORT, LONG))


class Look(NamedTuple):
    """What the network makes of a photo."""

    alpha: NDArray[np.float32]
    """Shape (h, w), in [0, 1]; the longer side at most MATTE_SIDE px."""
    evidence: dict[str, float]
    """For the matte, as :mod:`processing.matte.trust` takes it."""
    strewn: NDArray[np.float32]
    warmth: float
    """Both as in :class:`~models.matte.Matte`."""


class BundledEstimator:
    """One session with one thread, for as long as the estimator lives."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        weights = WEIGHTS.read_bytes()
        self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        self._identity = name_bundled(weights)

    @property
    def identity(self) -> str:
        """The model's name and the hash of its weights."""
        return self._identity

    def estimate(self, picture: Picture) -> Matte:
        """Return the product's matte, its longer side at most 384 px.

        The same picture gives the same bytes on the same kind of processor.
        """
        look = self.look(picture)
        return Matte(look.alpha, *judge(look.evidence), look.strewn, look.warmth)

    def look(self, picture: Picture, again: float = LOOK_AGAIN) -> Look:
        """Return what the network makes of a photo.

        What is trusted by less than ``again`` is looked at once more, mirrored: where both mattes differ, the
        network guesses.
        """
        size = fit(picture.width, picture.height, MATTE_SIDE)
        seen = show(picture.pixels)
        alpha, strewn, warmth = self._ask(seen)
        evidence = weigh(seen, alpha)
        if rate(evidence) < again:
            mirrored, *_ = self._ask(np.ascontiguousarray(seen[:, ::-1]))
            evidence["unlike"] = disagreement(alpha, mirrored[:, ::-1])
        return Look(resize(sweep(alpha), size), evidence, strewn, warmth)

    def _ask(self, seen: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32], float]:
        alphas, strewn, warmth = self._session.run(["alpha", "strewn", "warmth"], {"pixels": seen[None]})
        return np.asarray(alphas[0], np.float32), np.asarray(strewn[0], np.float32), float(warmth[0])
