"""What a page says of a photo: the one thing to do first, the rest to be unfolded, and the marks on the photo."""

from dataclasses import dataclass

from config.score import load_score_weights
from models.photo import Finished
from processing.advise import Finding, findings_of


@dataclass(frozen=True, slots=True)
class Point:
    """A finding, and by which number it is marked on the photo."""

    finding: Finding
    number: int | None
    """From 1 on; ``None`` for what has no place of its own."""


@dataclass(frozen=True, slots=True)
class PhotoAdvice:
    """All that is said of a photo."""

    first: Point | None
    """What the seller is to do first; ``None`` where there is nothing for her to do."""
    rest: tuple[Point, ...]
    """What comes after that, and what we have seen to."""

    @property
    def marked(self) -> tuple[Point, ...]:
        """Those with a place, in the order of their numbers."""
        points = self.rest if self.first is None else (self.first, *self.rest)
        return tuple(point for point in points if point.number is not None)


def advise_on(photo: Finished) -> PhotoAdvice:
    """Return what a page says of a processed photo."""
    points: list[Point] = []
    marks = 0
    for finding in findings_of(photo, load_score_weights()):
        marks += bool(finding.places)
        points.append(Point(finding, marks if finding.places else None))
    if points and not points[0].finding.ours:
        return PhotoAdvice(points[0], tuple(points[1:]))
    return PhotoAdvice(None, tuple(points))
