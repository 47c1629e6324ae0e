"""What is known of a photo as it was sent."""

from collections.abc import Iterable

from models.assessment import Defect, DefectCode, Measurement
from models.picture import Source
from processing.appraise.facts import PhotoFacts, Shown

FILL, WHITENESS = "fill", "background_whiteness"
"""The measurements that rules rest on; where one is missing they cannot be checked."""


def facts_as_sent(
    source: Source,
    measurements: Iterable[Measurement],
    defects: Iterable[Defect],
    looked_for: Iterable[DefectCode],
) -> PhotoFacts:
    """Return a photo's facts from its file and its assessment."""
    figures = {one.name: one.value for one in measurements}
    there = {defect.code for defect in defects}
    return PhotoFacts(
        width=source.width,
        height=source.height,
        bytes=source.bytes,
        format=source.format,
        colours=source.colours,
        moves=source.moves,
        extension_fits=bool(source.extension),  # one that does not fit is refused before
        quality=None,
        finished=False,
        shown=Shown(
            fill=figures.get(FILL),
            whiteness=figures.get(WHITENESS),
            found={code: code in there for code in looked_for},
        ),
    )
