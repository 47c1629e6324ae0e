"""A degradation: a fault that is put into clean photos, six times stronger and stronger."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.assessment import DefectCode

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scene:
    """A clean photo that a fault is put into."""

    pixels: Pixels
    """sRGB, shape (H, W, 3)."""
    alpha: NDArray[np.float32]
    """The product, by the bundled matte at the photo's size: shape (H, W), in [0, 1]."""
    trusted: bool
    """Whether that matte is trusted."""
    companion: Pixels
    """Another clean photo, of another sender, for what puts two together."""


@dataclass(frozen=True, slots=True)
class Degradation:
    """One kind of fault."""

    name: str
    defect: DefectCode
    """What is to be found."""
    unit: str
    amounts: tuple[float, float, float, float, float, float]
    """How much of it, the mildest first."""
    noticed: float
    """The one of these amounts from which on a person who is asked about the photo names the fault."""
    apply: Callable[[Scene, float, np.random.Generator], Pixels]
    """Returns the faulty photo, of any size; it is stored as a JPEG afterwards, as a phone would."""
    figure: str | None = None
    """The measurement that ranks photos for the area under the curve; without one, the defect's severity does."""
    falls: bool = False
    """Whether that figure falls where the fault grows."""
    peer: str | None = None
    """CleanVision's name for it, if it looks for this fault."""
    suits: Callable[[Scene], bool] = lambda _: True
    """Whether it can be put into this photo at all."""
