"""One file for each family of faults, and all of them by name.

To add one: a file here that ends with its :class:`~lab.quality.degradation.Degradation`, and its line below.
"""

from lab.quality.degradation import Degradation
from lab.quality.degradations.company import CLUTTER, SECOND_PRODUCT
from lab.quality.degradations.compression import COMPRESSION
from lab.quality.degradations.covered import COVERED_LENS
from lab.quality.degradations.defocus import DEFOCUS
from lab.quality.degradations.enlargement import ENLARGEMENT
from lab.quality.degradations.exposure import OVEREXPOSURE, UNDEREXPOSURE
from lab.quality.degradations.framing import MOVED_ASIDE, TURNED
from lab.quality.degradations.light import COLD_LIGHT, WARM_LIGHT
from lab.quality.degradations.montage import COLLAGE, FRAME, SCREENSHOT
from lab.quality.degradations.motion import MOTION
from lab.quality.degradations.noise import NOISE
from lab.quality.degradations.veil import VEIL
from lab.quality.degradations.writing import WATERMARK, WRITING

DEGRADATIONS: tuple[Degradation, ...] = (
    DEFOCUS,
    MOTION,
    ENLARGEMENT,
    UNDEREXPOSURE,
    OVEREXPOSURE,
    VEIL,
    WARM_LIGHT,
    COLD_LIGHT,
    NOISE,
    COMPRESSION,
    MOVED_ASIDE,
    TURNED,
    CLUTTER,
    SECOND_PRODUCT,
    FRAME,
    COLLAGE,
    WRITING,
    WATERMARK,
    SCREENSHOT,
    COVERED_LENS,
)
