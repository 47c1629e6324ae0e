"""What every way of finding the product has in common."""

from typing import Protocol

from models.matte import Matte
from models.picture import Picture


class MatteEstimator(Protocol):
    """Finds the product in a photo. One estimator serves one process, one photo at a time."""

    @property
    def identity(self) -> str:
        """The model's name and version; part of every result's fingerprint."""
        ...

    def estimate(self, picture: Picture) -> Matte:
        """Return the product's matte at the estimator's working size, never larger than the picture."""
        ...
