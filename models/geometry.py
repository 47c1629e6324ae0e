"""Rectangles on a photo."""

from models.value import Value


class Box(Value):
    """An upright rectangle in fractions of the upright photo's width and height, so that it fits every size."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Share of the photo's width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Share of the photo's height."""
        return self.bottom - self.top
