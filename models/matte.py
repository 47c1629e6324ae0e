"""A matte: where the product is, and how far it is to be trusted."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # NumPy takes a tenth of a second, and what is said of a photo is read without it
    import numpy as np
    from numpy.typing import NDArray


class Doubt(StrEnum):
    """Why a matte may not be the whole product and nothing else."""

    NOTHING_FOUND = "nothing_found"
    BUSY_BACKGROUND = "busy_background"
    LOW_CONTRAST = "low_contrast"
    TOUCHES_FRAME = "touches_frame"
    SEVERAL_PARTS = "several_parts"
    FILLS_FRAME = "fills_frame"
    TOO_SMALL = "too_small"
    SOFT_OUTLINE = "soft_outline"
    UNCLEAR = "unclear"
    """Nothing about the photo tells why."""


@dataclass(frozen=True, slots=True)
class Matte:
    """The product's coverage of each pixel."""

    alpha: "NDArray[np.float32]"
    """Shape (h, w), in [0, 1]: the picture's proportions at the estimator's working size, longer side at most
    1024 px; to be read in fractions of width and height. ``processing.matte.refine`` brings it to any size."""
    trust: float
    """In [0, 1]: how sure we are that this is the whole product and nothing else. An estimated probability for the
    bundled model, an uncalibrated figure from the matte's shape for rembg's networks."""
    doubts: tuple[Doubt, ...] = ()
    """What lowered the trust, the gravest first."""
    strewn: "NDArray[np.float32] | None" = None
    """Shape (rows, columns): log-odds that a part of the photo shows one of several things strewn about. ``None``
    where the network does not tell."""
    warmth: float | None = None
    """Of the photo's light, in stops between red and blue: positive as under a lamp, negative as in blue shade.
    ``None`` where the network does not tell."""
    corrected: bool = False
    """True: a person has drawn on it, and says that it is right; ``trust`` is still what was measured before."""

    def is_trusted(self, least: float) -> bool:
        """Return whether it is used: a person says so, or it is trusted as much as ``least`` at least."""
        return self.corrected or self.trust >= least
