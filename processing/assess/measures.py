"""All measures that a photo is assessed by."""

from models.assessment import DefectCode
from processing.assess.background import BACKGROUND
from processing.assess.border import BORDER
from processing.assess.cast import CAST
from processing.assess.collage import COLLAGE
from processing.assess.compression import COMPRESSION
from processing.assess.contrast import CONTRAST
from processing.assess.emptiness import EMPTINESS
from processing.assess.exposure import EXPOSURE
from processing.assess.framing import FRAMING
from processing.assess.measure import Measure
from processing.assess.noise import NOISE
from processing.assess.overlay import OVERLAY
from processing.assess.resolution import RESOLUTION
from processing.assess.screenshot import SCREENSHOT
from processing.assess.several_products import SEVERAL_PRODUCTS
from processing.assess.sharpness import SHARPNESS
from processing.assess.size import SIZE
from processing.assess.straightness import STRAIGHTNESS
from processing.assess.unseen import UNSEEN

MEASURES: tuple[Measure, ...] = (
    SHARPNESS,
    RESOLUTION,
    EXPOSURE,
    CONTRAST,
    CAST,
    NOISE,
    COMPRESSION,
    SIZE,
    FRAMING,
    STRAIGHTNESS,
    BACKGROUND,
    SEVERAL_PRODUCTS,
    BORDER,
    COLLAGE,
    OVERLAY,
    SCREENSHOT,
    EMPTINESS,
    UNSEEN,
)

PART: dict[DefectCode, str] = {code: measure.part for measure in MEASURES for code in measure.defects}
"""The part of the score that each defect takes points from."""
