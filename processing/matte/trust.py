"""How far the bundled matte is to be trusted, learnt from photos whose true outline is known."""

import math

from models.matte import Doubt
from processing.matte.shape import doubt_shape

RIGHT = 0.8
"""The overlap (IoU) with the true outline from which a matte counts as the whole product and nothing else."""
# Learnt by `python -m lab.matte.trust`, which prints these lines.
WEIGHTS = {
    "contact": -7.219,
    "hesitant": -9.172,
    "timid": -35.218,
}
TYPICAL = {
    "contact": 0.024,
    "hesitant": 0.108,
    "timid": 0.018,
}
"""The same figures for the mattes that are right, on average."""
BIAS = 4.982
WEIGHTS_AGAIN = {
    "contact": -6.895,
    "hesitant": -5.903,
    "timid": -32.032,
    "unlike": -9.484,
}
"""Those of a photo that was looked at again."""
BIAS_AGAIN = 4.889
LOOK_AGAIN = 0.93
"""The trust under which a photo is looked at once more, mirrored: one of sellers' photos in twelve."""

SAYS = {
    "contact": Doubt.TOUCHES_FRAME,
    "hesitant": Doubt.BUSY_BACKGROUND,
    "timid": Doubt.LOW_CONTRAST,
}
"""What it means for a person when a figure speaks against the matte."""
ALIKE = 25.0
"""CIELAB units between product and surroundings under which their likeness is a reason to give."""
CLUTTERED = 0.15
"""Share of the surroundings at an edge from which their clutter is a reason to give."""
TRUSTED = 0.9
"""A trust under this needs a reason that can be said."""
WORTH_SAYING = 1.0
"""Log-odds of trust that must be lost to a doubt before it is named."""
SHAPE_GRAVITY = 4.0
"""Log-odds that the gravest doubt about a shape counts for when doubts are put in order."""


def rate(evidence: dict[str, float]) -> float:
    """Return the trust in [0, 1]: the probability that the matte is right, by logistic regression on the evidence.

    Takes that of :func:`processing.matte.evidence.weigh`, and for a photo that was looked at again ``unlike``: one
    less the overlap (IoU) of both mattes. Where nothing was found there is no trust.
    """
    if evidence["area"] == 0.0:
        return 0.0
    weights, bias = (WEIGHTS_AGAIN, BIAS_AGAIN) if "unlike" in evidence else (WEIGHTS, BIAS)
    logit = bias + sum(weight * evidence[name] for name, weight in weights.items())
    return 1.0 / (1.0 + math.exp(-logit))


def judge(evidence: dict[str, float]) -> tuple[float, tuple[Doubt, ...]]:
    """Return the trust in [0, 1] and the doubts, the gravest first.

    A matte that is not trusted always has a doubt. What the photo does not bear out is not said of it: nobody is
    to take a photo again because the network knows no better.
    """
    trust = rate(evidence)
    if evidence["area"] == 0.0:
        return trust, (Doubt.NOTHING_FOUND,)
    lost: dict[Doubt, float] = {}
    for name, weight in WEIGHTS.items():
        lost[SAYS[name]] = lost.get(SAYS[name], 0.0) + weight * (TYPICAL[name] - evidence[name])
    for doubt, grave in doubt_shape(evidence).items():
        if doubt is Doubt.SEVERAL_PARTS and evidence["strangers"] == 0.0:
            continue  # a pair of shoes is one product
        lost[doubt] = max(lost.get(doubt, 0.0), SHAPE_GRAVITY * grave)
    for doubt in _without_reason(evidence):
        lost[Doubt.UNCLEAR] = max(lost.get(Doubt.UNCLEAR, 0.0), lost.pop(doubt, 0.0))
    ordered = sorted(lost, key=lambda doubt: -lost[doubt])
    doubts = tuple(doubt for doubt in ordered if lost[doubt] > WORTH_SAYING)
    return trust, doubts if doubts or trust >= TRUSTED else (ordered[0],)


def _without_reason(evidence: dict[str, float]) -> tuple[Doubt, ...]:
    """Return what the network's hesitation could mean, but does not mean on this photo."""
    alike, cluttered = evidence["apart"] < ALIKE, evidence["clutter"] >= CLUTTERED
    borne_out = {
        Doubt.LOW_CONTRAST: alike,
        Doubt.BUSY_BACKGROUND: cluttered,
        Doubt.SOFT_OUTLINE: alike or cluttered,
    }
    return tuple(doubt for doubt, reason in borne_out.items() if not reason)
