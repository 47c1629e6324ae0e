"""Repair: which defects the pipeline can mend, told before the work, and looked at after it."""

import numpy as np
from numpy.typing import NDArray

from models.assessment import Assessment, Defect, DefectCode
from models.matte import Matte
from models.picture import Picture, Source
from models.repair import Remedy, Repair, is_mended
from processing.assess.measures import MEASURES
from processing.assess.subject import Subject, reduce

BY_LIGHT = frozenset({"underexposed", "colour_cast"})
"""What :mod:`processing.tone` mends."""

BY_FRAMING = frozenset({"small_in_frame", "off_centre", "tilted", "cluttered_background", "border"})
"""What goes with cutting the product out and laying it into the frame; a matte that is not trusted mends none."""

CUT_AWAY = frozenset({"cluttered_background", "border"})
"""What goes altogether with the background; of the rest of BY_FRAMING the product's place in the frame tells."""


def predict_remedy(defect: Defect, *, trusted: bool) -> Remedy:
    """Return who is to mend a defect; ``trusted`` says whether the product can be cut out.

    Light is ours to mend where that was tried on the photo and succeeded. So is the product's place in the frame;
    of results from before it was tried, wherever the product can be cut out.
    """
    mends = defect.foreseen is not None and is_mended(defect.severity, defect.foreseen)
    by_light = defect.code in BY_LIGHT and mends
    by_framing = defect.code in BY_FRAMING and trusted and (defect.foreseen is None or mends)
    return Remedy.REPAIR if by_light or by_framing else Remedy.RETAKE


def look_at_repairs(
    assessment: Assessment, composed: NDArray[np.uint8], alpha: NDArray[np.float32], *, trusted: bool
) -> tuple[Repair, ...]:
    """Return what came of each defect that the pipeline was expected to mend.

    Framing is looked at on the finished picture. Light is another table for each channel, whose use on the whole
    photo was looked at before it was chosen: on the finished picture, which shows another part of the photo, the
    same light could not be told from another crop.

    Parameters
    ----------
    assessment
        Of the photo as it was sent.
    composed
        The finished picture, shape (H, W, 3).
    alpha
        Shape (H, W), in [0, 1]: where on it the product is.
    """
    wanted = {
        one.code: one
        for one in reversed(assessment.defects)
        if predict_remedy(one, trusted=trusted) is Remedy.REPAIR
    }
    left = {one.code: one.foreseen or 0.0 for one in wanted.values()}
    if left.keys() & BY_FRAMING:
        left |= severities(subject_of(composed, alpha), BY_FRAMING)
    return tuple(Repair(code=code, before=one.severity, after=left[code]) for code, one in wanted.items())


def severities(subject: Subject, codes: frozenset[str]) -> dict[DefectCode, float]:
    """Return how grave those defects are, with what the same measures find besides; 0 for what is not there."""
    found: dict[DefectCode, float] = {}
    for measure in MEASURES:
        if measure.defects & codes:
            found |= dict.fromkeys(measure.defects, 0.0)
            for defect in measure.find(measure.measure(subject)):
                found[defect.code] = max(found[defect.code], defect.severity)
    return found


def subject_of(pixels: NDArray[np.uint8], alpha: NDArray[np.float32]) -> Subject:
    """Return a photo of which only the pixels and the product's place are known, at working scale."""
    source = Source(format="", width=pixels.shape[1], height=pixels.shape[0], bytes=0)
    return reduce(Picture(pixels, source), Matte(alpha, 1.0), 0.0)
