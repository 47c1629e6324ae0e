"""Cast: whether the light has coloured everything, as a lamp does that the phone took for daylight."""

from models.assessment import Defect, DefectCode, Measurement
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject

DARK, CLIPPED = 20, 250
"""Levels of the brightest channel between which a pixel tells its colour."""

FEWEST = 0.05
"""Share of the pixels that must tell their colour."""

WARM, COLD, USELESS = 1.3, 1.2, 2.8
"""Stops between red and blue, of lamp light and of blue shade, up to which a photo is harmless, and from which it
is of no use. Of 115 clean photos of the senders that thresholds were chosen on one measures more, and 97 and 98 %
do under 2 stops of the one and of the other."""


def measure_cast(subject: Subject) -> Figures:
    """Return how warm or cold the light of the photo is, as the matte network tells.

    The network sees what things are, and so which colour they would have in daylight: a head on its encoder was
    fitted to photos of clothes and things under lights that were put on (``lab/quality/cast_head.py``).

    Returns
    -------
    Figures
        ``warmth``, in stops between red and blue: positive under a lamp, negative in blue shade. ``None`` where
        nearly all is black or clipped, and with a network that does not tell.
    """
    brightest = subject.brightest
    tells = float(((brightest > DARK) & (brightest < CLIPPED)).mean())
    return (Measurement(name="warmth", value=subject.warmth if tells >= FEWEST else None, unit="stops"),)


def find_cast(figures: Figures) -> tuple[Defect, ...]:
    """Return the defect that light far from daylight implies, if any."""
    (warmth,) = figures
    stops = warmth.value or 0.0
    amount = severity(stops, WARM, USELESS) if stops > 0 else severity(-stops, COLD, USELESS)
    return (Defect(code=DefectCode.COLOUR_CAST, severity=amount),) if amount > 0 else ()


CAST = Measure("colour", frozenset({DefectCode.COLOUR_CAST}), measure_cast, find_cast)
