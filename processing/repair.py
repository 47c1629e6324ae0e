"""Repair: which defects the pipeline can mend, told before the work, and looked at after it."""

import numpy as np
from numpy.typing import NDArray

from models.assessment import Assessment, Defect, DefectCode
from models.matte import Matte
from models.picture import Picture, Source
from models.recipe import Tone
from models.repair import Remedy, Repair
from processing.assess.measures import MEASURES
from processing.assess.subject import Subject, reduce, shrink_to_working_scale
from processing.tone import tone

BY_LIGHT = frozenset({"underexposed", "colour_cast", "cold_light"})
"""What :mod:`processing.tone` mends."""

BY_FRAMING = frozenset({"small_in_frame", "off_centre", "tilted", "cluttered_background", "border"})
"""What goes with cutting the product out and laying it into the frame; a matte that is not trusted mends none."""

BY_SELLER = frozenset(
    {
        "blur",
        "motion_blur",
        "upscaled",
        "overexposed",
        "low_contrast",
        "noise",
        "jpeg_artifacts",
        "low_resolution",
        "cut_off",
        "multiple_products",
        "collage",
        "text_overlay",
        "watermark",
        "screenshot",
        "blank",
    }
)
"""What is lost, or was never there: no filter brings it back, and whatever looks as if it did has made it up."""

REACH = 0.4
"""Severity beyond which light is not mended well: tone keeps the product's colour, and so lifts little. Up to here
a third of it goes, and of what lies under 0.2 less (`lab.bench.repair`)."""


def predict_remedy(defect: Defect, *, trusted: bool) -> Remedy:
    """Return who is to mend a defect; ``trusted`` says whether the product can be cut out."""
    by_light = defect.code in BY_LIGHT and defect.severity <= REACH
    by_framing = defect.code in BY_FRAMING and trusted
    return Remedy.REPAIR if by_light or by_framing else Remedy.RETAKE


def mend_light(
    pixels: NDArray[np.uint8],
    alpha: NDArray[np.float32],
    limits: Tone,
    seen: NDArray[np.bool_] | None = None,
) -> NDArray[np.uint8]:
    """Return the photo with its light mended, or ``pixels`` itself where that would make nothing better.

    Parameters
    ----------
    pixels
        sRGB, shape (H, W, 3).
    alpha
        Shape (H, W), in [0, 1]: where the product is.
    seen
        Shape (H, W): where the photo itself is, and not its mirror image; everywhere unless said.
    """
    toned = tone(pixels, alpha, limits, seen)
    if toned is pixels:
        return pixels
    subject = subject_of(pixels, alpha)
    lit = Subject(subject.picture, shrink_to_working_scale(toned), subject.product, subject.alpha)
    before, after = (severities(one, BY_LIGHT) for one in (subject, lit))
    graver = any(after[code] > before[code] for code in after)
    lighter = any(after[code] < before[code] for code in before)
    # Where there was no defect the toning is a matter of taste, and harmless as long as it makes none.
    return pixels if graver or (any(before.values()) and not lighter) else toned


def look_at_repairs(
    assessment: Assessment,
    lit: NDArray[np.uint8],
    composed: NDArray[np.uint8],
    alpha: NDArray[np.float32],
    *,
    trusted: bool,
) -> tuple[Repair, ...]:
    """Return what came of each defect that the pipeline was expected to mend.

    Parameters
    ----------
    assessment
        Of the photo as it was sent.
    lit
        The framed photo with its light mended and its own background, shape (H, W, 3).
    composed
        The finished picture, shape (H, W, 3).
    alpha
        Shape (H, W), in [0, 1]: where on both the product is.
    """
    wanted = [one for one in assessment.defects if predict_remedy(one, trusted=trusted) is Remedy.REPAIR]
    if not wanted:
        return ()
    left: dict[DefectCode, float] = {}
    for shown, codes in ((lit, BY_LIGHT), (composed, BY_FRAMING)):
        if any(one.code in codes for one in wanted):
            left |= severities(subject_of(shown, alpha), codes)
    gravest = {one.code: one for one in reversed(wanted)}
    return tuple(Repair(code=code, before=one.severity, after=left[code]) for code, one in gravest.items())


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
