"""Assess: everything that is found out about one photo."""

from config.score import load_score_weights
from models.assessment import Assessment, Measurement
from models.marketplace import Marketplace
from models.matte import Matte
from models.picture import Picture
from processing.assess.exposure import find_misexposure, measure_exposure
from processing.assess.framing import find_misframing, measure_framing
from processing.assess.score import score
from processing.assess.sharpness import find_blur, measure_sharpness
from processing.assess.size import find_smallness, measure_size
from processing.assess.subject import reduce
from processing.assess.verdicts import judge


def assess(
    picture: Picture,
    matte: Matte,
    marketplaces: tuple[Marketplace, ...],
    *,
    min_trust: float,
) -> Assessment:
    """Return what was measured on a photo, its defects, its score, and the verdicts on the file as it was sent.

    A matte that is trusted less than ``min_trust``, or empty, is not used: light and sharpness are then taken
    from the middle of the photo, and framing cannot be checked, so that nobody is blamed for our failed matte.
    """
    subject = reduce(picture, matte, min_trust)
    sharpness = measure_sharpness(subject)
    exposure = measure_exposure(subject)
    size = measure_size(picture.source, subject)
    framing = measure_framing(subject)
    found = (*find_blur(sharpness), *find_misexposure(exposure), *find_smallness(size), *find_misframing(framing))
    defects = tuple(sorted(found, key=lambda defect: -defect.severity))
    points, parts = score(defects, load_score_weights(), _unchecked(sharpness, framing))
    source = picture.source
    return Assessment(
        score=points,
        parts=parts,
        measurements=(sharpness, *exposure, *size, *framing),
        defects=defects,
        verdicts=judge(marketplaces, source.width, source.height, source.bytes, source.format),
    )


def _unchecked(sharpness: Measurement, framing: tuple[Measurement, ...]) -> frozenset[str]:
    """Return the parts of the score that have no figure to rest on."""
    missing = {"sharpness"} if sharpness.value is None else set()
    if all(figure.value is None for figure in framing):
        missing.add("framing")
    return frozenset(missing)
