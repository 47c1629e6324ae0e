"""Background: whether it is plain, white, restless all over, or strewn with things."""

import cv2
import numpy as np
from numpy.typing import NDArray

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject
from processing.channels import colours_where

WORKING_SIDE = 256
"""px; grain, weave and the joints of a floor vanish at this size, and things stay."""

RIM = 0.03
"""Share of the photo's longer side around the product that is left out: its shadow, and the matte's own error."""

LEAST = 0.05
"""Share of the photo under which there is too little background to tell."""

SMOOTHING = 1.5
"""px; standard deviation of the blur that quiets what is left of the grain."""

EDGE = 2.4
"""CIELAB units per px from which two neighbouring places are of two colours."""

LIKE = 12.0
"""CIELAB units from the background's own colour up to which a place is of it."""

DARKEST = 5
"""Percentile that stands for the darkest place: a lowest value alone would be noise."""

HARMLESS, USELESS = 0.45, 0.9
"""Share of the background at an edge between two colours. Wooden floors, tiles and creased sheets stay under 0.2,
a laid table under 0.45. Flowered carpets, checked cloths and heaps of things have more."""

CELLS = 8
"""Cells, of 288, that must agree that things lie about. In validation two find as many photos with 32 things, and
call one or two things beside the product many more than twice as often."""

FEW = 1.0
"""Log-odds of things strewn about, as ``lab.quality.strewn_head`` prints them: about one untouched photo in a
hundred has more."""

COVERED = 0.3
"""Share of the photo that things are expected to cover where there are too many to put aside; with 48 of them it
is 0.2 in the median of the photos that thresholds were chosen on."""


def measure_background(subject: Subject) -> Figures:
    """Return what lies around the product; ``None`` where it is not known, or fills the photo.

    Returns
    -------
    Figures
        ``background_clutter``: share of it that lies at an edge between two colours. ``background_uniformity``:
        share of it that is of its main colour. ``background_whiteness``: the lowest channel of its darkest
        places, in levels; 255 is pure white. ``strewn_things``: log-odds that things lie about, by the network;
        it tells that of a product that fills the photo, too. ``strewn_share``: share of the photo that they are
        expected to cover, the mean of all its cells' odds.
    """
    ground = None if subject.alpha is None else _ground(subject)
    clutter = uniformity = whiteness = None
    if ground is not None:
        pixels, where = ground
        lab = np.asarray(cv2.cvtColor(pixels.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), dtype=np.float32)
        around = colours_where(lab, where)
        clutter = float((_steepness(lab)[where] > EDGE).mean())
        uniformity = float((np.linalg.norm(around - np.median(around, axis=0), axis=1) < LIKE).mean())
        whiteness = float(np.percentile(np.minimum.reduce(cv2.split(pixels))[where], DARKEST))
    strewn = covered = None
    if subject.strewn is not None:
        strewn = surest(subject.strewn)
        covered = float((1 / (1 + np.exp(-subject.strewn))).mean())
    return (
        Measurement(name="background_clutter", value=clutter, unit="share"),
        Measurement(name="background_uniformity", value=uniformity, unit="share"),
        Measurement(name="background_whiteness", value=whiteness, unit="levels"),
        Measurement(name="strewn_things", value=strewn, unit="log-odds"),
        Measurement(name="strewn_share", value=covered, unit="share"),
    )


def find_clutter(background: Figures) -> tuple[Defect, ...]:
    """Return the defect that a restless background implies, or things that lie about, if any.

    The surest cells tell that there are things, and all of them together how many.
    """
    clutter, _, _, strewn, covered = (one.value for one in background)
    amount = 0.0 if clutter is None else severity(clutter, HARMLESS, USELESS)
    if strewn is not None and covered is not None and strewn > FEW:
        amount = max(amount, severity(covered, 0.0, COVERED))
    return (Defect(code=DefectCode.CLUTTERED_BACKGROUND, severity=amount),) if amount > 0 else ()


def surest(odds: NDArray[np.float32]) -> float:
    """Return the mean log-odds of the CELLS cells that are surest; ``odds`` has any shape."""
    return float(np.sort(odds, axis=None)[-CELLS:].mean())


def _ground(subject: Subject) -> tuple[NDArray[np.uint8], NDArray[np.bool_]] | None:
    """Return the photo at working scale and where on it the background is; None where there is too little."""
    height, width = subject.product.shape
    scale = min(1.0, WORKING_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    pixels = np.asarray(cv2.resize(subject.pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    product = cv2.resize(subject.product.astype(np.uint8), size, interpolation=cv2.INTER_NEAREST)
    side = 2 * round(RIM * max(size)) + 1
    where = cv2.dilate(product, np.ones((side, side), np.uint8)) == 0
    return (pixels, np.asarray(where)) if where.mean() >= LEAST else None


def _steepness(lab: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the length of the colour's gradient, in CIELAB units per px; shape (H, W)."""
    smooth = cv2.GaussianBlur(lab, (0, 0), SMOOTHING)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8)
    light, green_red, blue_yellow = cv2.split(across**2 + down**2)
    return np.asarray(np.sqrt(light + green_red + blue_yellow), dtype=np.float32)


BACKGROUND = Measure("background", frozenset({DefectCode.CLUTTERED_BACKGROUND}), measure_background, find_clutter)
