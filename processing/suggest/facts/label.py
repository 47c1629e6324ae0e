"""Facts printed on labels in her photos."""

import re
from collections.abc import Callable
from difflib import SequenceMatcher

from models.fact import Evidence, Fact, FactKind
from models.geometry import Box
from models.photo import Finished
from models.reading import TextLine
from processing.suggest.facts.expiry import find_expiries
from processing.suggest.facts.halal import find_halal
from processing.suggest.facts.misread import FIGURE, FIGURES
from processing.suggest.facts.permit import find_permits
from processing.suggest.facts.said import Said
from processing.suggest.facts.volume import find_volumes
from processing.suggest.facts.weight import find_weights
from processing.suggest.mention import Mention

FINDERS: dict[FactKind, Callable[[str], tuple[Mention[Said], ...]]] = {
    FactKind.PERMIT: find_permits,
    FactKind.HALAL: find_halal,
    FactKind.EXPIRY: find_expiries,
}
NET: dict[FactKind, Callable[[str], tuple[Mention[Said], ...]]] = {
    FactKind.WEIGHT: find_weights,
    FactKind.VOLUME: find_volumes,
}
MARKED = re.compile(r"\b(?:netto|neto|net|nett|nt|berat|bersih|isi|b\.?b|volume|vol)\b", re.IGNORECASE)
NUTRITION = re.compile(
    r"saji|gula|protein|lemak|karbo|natrium|energi|kalori|kkal|komposisi|serat|gizi|%|per hari|min\b|max\b",
    re.IGNORECASE,
)
QUANTITY = re.compile(
    rf"(?<![A-Za-z])(?=[0-9OoIl]){FIGURE}{{1,5}}(?=\s?(?:kg|gr?|gram|ml|ltr?|liter|l)\b)", re.IGNORECASE
)
OVERLAYS = frozenset({"text_overlay", "watermark"})
LEAST_CONFIDENCE = 0.75
MOST = 25_000
"""g or ml: what is read as more was misread."""
UNMARKED = 0.6
"""How much is left of a weight's confidence where the label does not say that it is the net weight."""
SAME_NAME = 0.8


def read_labels(photos: tuple[Finished, ...], brands: tuple[Fact, ...]) -> list[Fact]:
    """Return the facts on the labels, each of the photo and place where it is read best.

    ``brands`` are those in her words: a label tells a brand where one of its lines says the same, for which of its
    lines is the brand cannot be told from the letters alone.
    """
    found = [
        fact
        for photo in photos
        for lines in [_printed(photo)]
        for place, line in enumerate(lines)
        for fact in _read(photo.file, line, lines[place + 1 : place + 2], brands)
    ]
    best: dict[tuple[FactKind, str], Fact] = {}
    for fact in found:
        key = (fact.kind, fact.value)
        if key not in best or fact.confidence > best[key].confidence:
            best[key] = fact
    return list(best.values())


def _printed(photo: Finished) -> list[TextLine]:
    """Return what is read well enough, without what was laid over the photo."""
    laid_over = [
        box
        for measurement in photo.assessment.measurements
        if measurement.name in OVERLAYS
        for box in measurement.boxes
    ]
    return [
        line
        for line in photo.assessment.reading
        if line.confidence >= LEAST_CONFIDENCE and not any(_holds(box, line.box) for box in laid_over)
    ]


def _holds(outer: Box, inner: Box) -> bool:
    across, down = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= across <= outer.right and outer.top <= down <= outer.bottom


def _read(file: str, line: TextLine, below: list[TextLine], brands: tuple[Fact, ...]) -> list[Fact]:
    facts = [
        _fact(kind, mention.value, file, line, line.text[mention.start : mention.end], 1.0)
        for kind, find in FINDERS.items()
        for mention in find(line.text)
    ]
    if not any(fact.kind is FactKind.PERMIT for fact in facts):
        # The number often stands under the word.
        facts += [
            _fact(FactKind.PERMIT, mention.value, file, line, f"{line.text} {after.text}", 1.0)
            for after in below
            for mention in find_permits(f"{line.text} {after.text}")
            if mention.start < len(line.text) < mention.end
        ]
    if NUTRITION.search(line.text) is None:
        # Of the same length, so that every place stays where it is.
        mended = QUANTITY.sub(lambda quantity: quantity[0].translate(FIGURES), line.text)
        facts += [
            _fact(kind, mention.value, file, line, line.text[mention.start : mention.end], _is_net(line.text))
            for kind, find in NET.items()
            for mention in find(mended)
            if (mention.value.amount or 0.0) <= MOST
        ]
    facts += [
        _fact(FactKind.BRAND, Said(brand.value), file, line, line.text, 1.0)
        for brand in brands
        if SequenceMatcher(None, brand.value.casefold(), line.text.casefold()).ratio() >= SAME_NAME
    ]
    return facts


def _is_net(text: str) -> float:
    return 1.0 if MARKED.search(text) else UNMARKED


def _fact(kind: FactKind, said: Said, file: str, line: TextLine, quote: str, share: float) -> Fact:
    return Fact(
        kind=kind,
        value=said.value,
        amount=said.amount,
        unit=said.unit,
        evidence=Evidence(source="label", quote=quote, photo=file, box=line.box),
        confidence=round(said.confidence * line.confidence * share, 3),
    )
