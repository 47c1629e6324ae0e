"""How far a classical matte is to be trusted, learnt from photos whose true outline is known."""

import math

from models.matte import Doubt
from processing.matte.shape import doubt_shape

# Learnt by `python -m lab.matte_check fit`, which prints these lines.
WEIGHTS = {
    "largest": 0.59,
    "contact": -6.07,
    "agrees_saliency": 3.53,
    "weakest": 1.80,
    "stray": -1.77,
    "ragged": -30.14,
    "boxed": -3.93,
}
BIAS = -3.70
TYPICAL = {
    "largest": 0.98,
    "contact": 0.02,
    "agrees_saliency": 0.81,
    "weakest": 0.70,
    "stray": 0.06,
    "ragged": 0.01,
    "boxed": 0.01,
}
"""The same figures for the mattes that are right, on average."""

SAYS = {
    "largest": Doubt.SEVERAL_PARTS,
    "contact": Doubt.TOUCHES_FRAME,
    "agrees_saliency": Doubt.LOW_CONTRAST,
    "weakest": Doubt.LOW_CONTRAST,
    "stray": Doubt.BUSY_BACKGROUND,
    "ragged": Doubt.BUSY_BACKGROUND,
    "boxed": Doubt.FILLS_FRAME,
}
"""What it means for a person when a figure speaks against the matte."""
TRUSTED = 0.5
"""A trust under this needs a reason that can be said."""
WORTH_SAYING = 1.0
"""Log-odds of trust that must be lost to a doubt before it is named."""
STRANGERS = 0.2
"""Share of the product in parts unlike its largest at which no trust is left. The training photos often show
several things that all count, and cannot teach this; a seller's photo is of one product."""
SHAPE_GRAVITY = 4.0
"""Log-odds that the gravest doubt about a shape counts for when doubts are put in order."""


def judge(evidence: dict[str, float]) -> tuple[float, tuple[Doubt, ...]]:
    """Return the trust in [0, 1] and the doubts, the gravest first.

    The trust is the probability that the matte overlaps with the true outline by at least 0.9 (intersection over
    union), by logistic regression on the evidence of :func:`processing.matte.evidence.weigh`, times what parts
    that do not belong together leave of it. A matte that is not trusted always has a doubt.
    """
    if evidence["area"] == 0.0:
        return 0.0, (Doubt.NOTHING_FOUND,)
    logit = BIAS + sum(weight * evidence[name] for name, weight in WEIGHTS.items())
    lost: dict[Doubt, float] = {}
    for name, weight in WEIGHTS.items():
        lost[SAYS[name]] = lost.get(SAYS[name], 0.0) + weight * (TYPICAL[name] - evidence[name])
    for doubt, grave in doubt_shape(evidence).items():
        lost[doubt] = max(lost.get(doubt, 0.0), SHAPE_GRAVITY * grave)
    company = max(0.0, 1.0 - evidence["strangers"] / STRANGERS)
    if company < 1.0:
        lost[Doubt.SEVERAL_PARTS] = max(lost[Doubt.SEVERAL_PARTS], SHAPE_GRAVITY * (1.0 - company))
    trust = company / (1.0 + math.exp(-logit))
    ordered = sorted(lost, key=lambda doubt: -lost[doubt])
    doubts = tuple(doubt for doubt in ordered if lost[doubt] > WORTH_SAYING)
    return trust, doubts if doubts or trust >= TRUSTED else (ordered[0],)
