"""Assess: everything that is found out about one photo."""

from config.score import load_score_weights
from models.assessment import Assessment
from models.marketplace import Marketplace
from models.matte import Matte
from models.picture import Picture
from models.recipe import Recipe
from processing.appraise.photo_rules import judge_photo
from processing.appraise.sent import facts_as_sent
from processing.assess.appearance import measure_appearance
from processing.assess.measures import MEASURES
from processing.assess.score import score
from processing.assess.subject import reduce
from processing.foresee import foresee


def assess(
    picture: Picture,
    matte: Matte,
    marketplaces: tuple[Marketplace, ...],
    *,
    min_trust: float,
    recipe: Recipe,
) -> Assessment:
    """Return what was measured on a photo, its defects, its score, and the verdicts on the file as it was sent.

    The recipe has no say in these: it tells how the photo's light will be mended, and what will be left of what is
    wrong with its light and framing.

    A matte that is trusted less than ``min_trust``, or empty, is not used: light and sharpness are then taken
    from the middle of the photo, and framing cannot be checked, so that nobody is blamed for our failed matte.
    What is written on it is what can be read from afar: no measure needs more.
    """
    subject = reduce(picture, matte, min_trust)
    figures = {measure: measure.measure(subject) for measure in MEASURES}
    found = [defect for measure in MEASURES for defect in measure.find(figures[measure])]
    foreseen = foresee(subject, figures, found, recipe)
    defects = tuple(
        defect.model_copy(update={"foreseen": foreseen.left.get(defect.code)})
        for defect in sorted(found, key=lambda defect: -defect.severity)
    )
    able = [measure for measure in MEASURES if any(one.value is not None for one in figures[measure])]
    weights = load_score_weights()
    points, parts = score(defects, weights, frozenset(weights.parts) - {measure.part for measure in able})
    measurements = tuple(one for measure in MEASURES for one in figures[measure])
    looked_for = tuple(sorted(code for measure in able for code in measure.defects))
    return Assessment(
        score=points,
        parts=parts,
        measurements=measurements,
        defects=defects,
        looked_for=looked_for,
        reading=subject.lines,
        light=foreseen.light,
        look=measure_appearance(subject.pixels, subject.alpha),
        verdicts=judge_photo(marketplaces, facts_as_sent(picture.source, measurements, defects, looked_for)),
    )
