"""How a photo's light is mended."""

from models.value import Value


class Light(Value):
    """Gains on linear light; all 1 would change nothing."""

    exposure: float
    """Slope of the shadows; white stays white."""
    balance: tuple[float, float, float]
    """Of red, green and blue."""
