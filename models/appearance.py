"""The appearance of a product: what its own pixels show of it."""

from typing import Literal

from models.value import Value


class Shade(Value):
    """One of a product's main colours."""

    colour: str
    """Its standard name in ``config/colours.toml``."""
    srgb: str
    """The mean of its pixels, ``#rrggbb``."""
    share: float
    """Of the product's area, in [0, 1]: all shades of the same plain colour."""
    distance: float
    """CIEDE2000 units between the mean and the name."""


class Appearance(Value):
    """What can be seen of a product where its outline is known."""

    shades: tuple[Shade, ...]
    """The largest first; at most three."""
    surface: Literal["plain", "patterned"] | None
    """``None`` between the two."""
    pieces: int
    """Parts that lie apart and are alike, as two shoes do; 1 for what hangs together or is not alike."""
    tallness: float
    """Height of the product's upright rectangle by its width."""
