"""Score: one figure from 0 to 100, and where its points were lost."""

import math

from config.score import ScoreWeights
from models.assessment import Defect
from processing.assess.measures import PART


def score(
    defects: tuple[Defect, ...], weights: ScoreWeights, unchecked: frozenset[str] = frozenset()
) -> tuple[int, dict[str, float | None]]:
    """Return the score and its parts.

    Each part is 1 less the severity of its gravest defect. The score is 100 times the product of
    ``1 - weight * (1 - part)``: a part's weight is the share of the points that it alone can take, so that one
    grave defect is not made good by three things that happen to be right. Parts that are ``unchecked`` take
    nothing away and are ``None``: nobody is blamed for what cannot be seen.

    Returns
    -------
    tuple[int, dict[str, float | None]]
        0 to 100, and each part in [0, 1]. Both only fall as a defect's severity rises.
    """
    parts = dict[str, float].fromkeys(weights.parts, 1.0)
    for defect in defects:
        part = PART[defect.code]
        parts[part] = min(parts[part], 1 - defect.severity)
    share = math.prod(1 - weight * (1 - parts[part]) for part, weight in weights.parts.items())
    return round(100 * share), {name: None if name in unchecked else part for name, part in parts.items()}
