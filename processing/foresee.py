"""Foresee: what will become of a photo's light and framing, found out on the small picture before the work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from config.score import load_score_weights
from models.assessment import Defect, DefectCode
from models.light import Light
from models.matte import Matte
from models.recipe import Recipe, Tone
from processing.assess.cast import CAST
from processing.assess.measure import Figures, Measure
from processing.assess.score import score
from processing.assess.subject import WORKING_SIDE, Subject
from processing.frame import frame_product, place
from processing.repair import BY_FRAMING, BY_LIGHT, CUT_AWAY, severities, subject_of
from processing.tone import choose_light, relight, stops_of

TOUCHED = BY_LIGHT | {"overexposed", "low_contrast"}
"""The defects that another light takes or makes; where it lifts the shadows, noise too."""

LEAST_GAIN = 2
"""Points that another light must win where it leaves something to be seen to."""


@dataclass(frozen=True, slots=True)
class Foresight:
    """What will come of a photo."""

    light: Light | None = None
    """``None``: it stays in its own."""
    left: Mapping[DefectCode, float] = field(default_factory=dict)
    """The severity on the finished picture of each defect of light or framing that is tried to be mended."""


def foresee(
    subject: Subject, figures: Mapping[Measure, Figures], found: Sequence[Defect], recipe: Recipe
) -> Foresight:
    """Return what a recipe will make of the defects that were found.

    That is told by what will be done, and not by how grave they are. The light is the very one that the photo is
    finished in; it is chosen and looked at on the whole photo.
    """
    lit = _in_better_light(subject, figures, found, recipe.tone)
    return Foresight(lit.light, {**lit.left, **_framed(subject, found, recipe)})


def _in_better_light(
    subject: Subject, figures: Mapping[Measure, Figures], found: Sequence[Defect], limits: Tone
) -> Foresight:
    told = {one.code for one in found}
    (warmth,) = figures[CAST]
    light = choose_light(
        subject.pixels,
        _product(subject),
        limits,
        dark=DefectCode.UNDEREXPOSED in told,
        warmth=(warmth.value or 0.0) if DefectCode.COLOUR_CAST in told else 0.0,
    )
    if light is None:
        return Foresight()
    left = None if subject.warmth is None else subject.warmth + stops_of(light)
    lit, touched = replace(subject, pixels=relight(subject.pixels, light), warmth=left), TOUCHED
    if light.exposure > 1:
        # Noise is seen on the photo as it was decoded alone, and takes several times as long as all else.
        lit = replace(lit, picture=replace(subject.picture, pixels=relight(subject.picture.pixels, light)))
        touched |= {"noise"}
    before = {one.code: one.severity for one in found if one.code in touched}
    after = {code: amount for code, amount in severities(lit, touched).items() if amount > 0}
    # Where no defect is left the new light is a matter of taste, and harmless as long as it costs nothing.
    least = LEAST_GAIN if after.keys() & BY_LIGHT else 0
    if _points(after) - _points(before) < least:
        return Foresight()
    return Foresight(light, {code: after.get(code, 0.0) for code in before if code in BY_LIGHT})


def _framed(subject: Subject, found: Sequence[Defect], recipe: Recipe) -> dict[DefectCode, float]:
    asked = {one.code for one in found} & (BY_FRAMING - CUT_AWAY)
    if subject.alpha is None or not asked:
        return {}
    size = subject.picture.width, subject.picture.height
    placement = frame_product(size, Matte(subject.alpha, 1.0), recipe)
    shrink = WORKING_SIDE / max(recipe.canvas)
    width, height = (round(side * shrink) for side in recipe.canvas)
    alpha = place(subject.alpha, placement.resized((width, height)))
    left = severities(subject_of(np.zeros((height, width, 3), np.uint8), alpha), frozenset(asked))
    return {code: left[code] for code in asked}


def _product(subject: Subject) -> NDArray[np.float32]:
    """Return where on the working picture the product is; all of it where that is not known."""
    height, width = subject.pixels.shape[:2]
    if subject.alpha is None:
        return np.ones((height, width), np.float32)
    return np.asarray(cv2.resize(subject.alpha, (width, height), interpolation=cv2.INTER_AREA), dtype=np.float32)


def _points(severity: Mapping[DefectCode, float]) -> int:
    """Return the score of a photo that has only these defects."""
    defects = tuple(Defect(code=code, severity=amount) for code, amount in severity.items())
    return score(defects, load_score_weights())[0]
