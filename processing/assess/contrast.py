"""Contrast: whether a photo has darks and lights, or lies under a veil."""

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.percentile import percentile
from processing.assess.severity import severity
from processing.assess.subject import Subject

SPECKS = 0.5
"""Per cent of the photo that may be darker, or lighter, than its range."""

HARMLESS, USELESS = 112.0, 30.0
"""Levels of range. Of the senders' photos that thresholds were chosen on, none has less; under a veil that makes
out 60 % of the light, 99 % have less than 103."""

VEILED = 25.0
"""Levels; a photo whose darkest places are darker has no veil over it, it lacks light."""

HIGH_KEY = 225.0
"""Levels; a photo that reaches this white and has no darks may well show something white on white."""


def measure_contrast(subject: Subject) -> Figures:
    """Return the range of tones between the darkest and the lightest places of the whole photo.

    The darkest are looked for on each pixel's darkest channel, the lightest on its lightest, for strong colours
    are contrast as well: fog and a greasy lens leave no channel dark [1]_.

    Returns
    -------
    Figures
        ``black_point``, ``white_point`` and ``tonal_range`` between them, in levels; the range is ``None`` where
        light things on a light ground leave it open.

    References
    ----------
    .. [1] He, Sun and Tang, "Single image haze removal using dark channel prior", CVPR 2009.
    """
    black = percentile(subject.darkest, SPECKS)
    white = percentile(subject.brightest, 100 - SPECKS)
    span = white - black
    high_key = white >= HIGH_KEY and span < HARMLESS
    return (
        Measurement(name="black_point", value=black, unit="levels"),
        Measurement(name="white_point", value=white, unit="levels"),
        Measurement(name="tonal_range", value=None if high_key else span, unit="levels"),
    )


def find_veil(figures: Figures) -> tuple[Defect, ...]:
    """Return the defect that a narrow range without darks implies, if any."""
    black, _, span = (one.value for one in figures)
    if span is None or black is None or span >= HARMLESS or black < VEILED:
        return ()
    return (Defect(code=DefectCode.LOW_CONTRAST, severity=severity(span, HARMLESS, USELESS)),)


CONTRAST = Measure("exposure", frozenset({DefectCode.LOW_CONTRAST}), measure_contrast, find_veil)
