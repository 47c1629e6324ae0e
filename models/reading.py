"""Lines of text that are read on a photo."""

from models.geometry import Box
from models.value import Value

Point = tuple[float, float]
"""x and y in fractions of the upright photo's width and height."""


class TextLine(Value):
    """One line of text on a photo."""

    text: str
    corners: tuple[Point, Point, Point, Point]
    """Clockwise, from the corner where the line begins, above it."""
    confidence: float
    """In [0, 1], of the reading."""

    @property
    def box(self) -> Box:
        """The upright rectangle around it."""
        across, down = zip(*self.corners, strict=True)
        return Box(left=min(across), top=min(down), right=max(across), bottom=max(down))
