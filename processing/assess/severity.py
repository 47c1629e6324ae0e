"""How badly a figure misses."""


def severity(value: float, harmless: float, useless: float) -> float:
    """Return 0 up to ``harmless``, 1 from ``useless`` on, and a straight line between, in either direction."""
    return min(1.0, max(0.0, (value - harmless) / (useless - harmless)))
