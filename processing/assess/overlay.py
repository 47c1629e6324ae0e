"""Overlay: writing that was laid over the photo: a price, a telephone number, a date, a shop's watermark.

What is printed on the product, or on a package in the picture, is none. Six kinds of evidence tell them apart, and
each is enough. Two of them, how wide a line is and that it stands at a side of the photo, a label that was shot
straight or from nearby has too: they are none on what lies wholly on the product.
"""

import re
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from config.chatter import load_chatter
from models.assessment import Defect, DefectCode, Measurement
from models.geometry import Box
from processing.assess.lettering import Lettering, look_at
from processing.assess.measure import Figures, Measure
from processing.assess.severity import severity
from processing.assess.subject import Subject
from processing.read.joining import join_words
from processing.read.text import READING_SIDE
from processing.resizing import fit, shrink
from processing.suggest.facts.contact import find_contacts
from processing.suggest.facts.price import find_prices

LEAST_LETTERS, LEAST_CONFIDENCE, TALLEST = 3, 0.75, 0.3
"""Of a line that counts as writing: folds and weave are read as less, and whole products as taller letters."""

LIKELY, SURE = 0.85, 0.9
"""Confidence of a line whose angle, or whose place, alone shows that it was laid over."""

LEVEL, JITTER = 1.0, 0.3
"""Degrees off the photo's axes up to which a line was drawn level; that of a short one is not known so well."""

ASLANT = 13.0
"""Degrees off the axes from which a line was drawn aslant: products lie straighter."""

WORD, NAME, LONG_NAME = 4, 6, 8
"""Letters and digits: shorter ones are often misread."""

BY_THE_SIDE, AT_THE_SIDE = 0.06, 0.04
"""Share of the photo's longer side that is left between a line and the nearest side."""

SHORT, LONG, WIDE = 0.08, 0.18, 0.4
"""Lengths of a line, as shares of the photo's longer side: a word of print, a name across the photo, and more than
is printed on shirts."""

CROSSING = 0.05, 0.9
"""Share of a line on the product between which it runs across the product's outline: a label that goes round a jar
passes it by a letter."""

FLAT_SPREAD, FLAT_DRIFT, FLAT_CONTRAST = 1.9, 0.8, 50.0
"""CIELAB units: ground as even as that was drawn, for light falls unevenly on what was photographed."""

ALIKE, SAME_HEIGHT, SAME_ANGLE = 0.6, 0.7, 3.0
"""Likeness of two texts, ratio of two heights, degrees between two lines of one pattern."""

FEWEST_LEVEL = 3
"""Lines of the same words, not all side by side, that make a pattern; aslant, two do."""

SQUARE = 8.0
"""Degrees off the axes up to which a line counts as one of those."""

FULL_CONTRAST = 40.0
"""CIELAB units between letters and ground from which writing covers what is under it."""

USELESS = 0.15
"""Share of the photo that is written over."""

DATE = re.compile(r"\d{1,4}[./:-]\d{1,2}[./:-]\d{1,4}|\d{1,2}:\d{2}")
"""What a camera stamps on a photo, as far as it is read."""


def measure_overlay(subject: Subject) -> Figures:
    """Return how much of the photo is written over.

    Returns
    -------
    Figures
        ``text_overlay`` is for prices, numbers, dates and names beside the product, ``watermark`` for what runs
        across it, aslant or again and again: shares of the photo, with the place of each line. Faint writing
        covers less.
    """
    laid_over = _laid_over(_lettering(subject)) if subject.lines else []
    marks = [one for one, is_mark in laid_over if is_mark]
    texts = [one for one, is_mark in laid_over if not is_mark]
    return (_covered("text_overlay", texts), _covered("watermark", marks))


def find_overlay(overlay: Figures) -> tuple[Defect, ...]:
    """Return the defects that measured writing implies."""
    codes = DefectCode.TEXT_OVERLAY, DefectCode.WATERMARK
    return tuple(
        Defect(code=code, severity=severity(one.value, 0.0, USELESS), box=_around(one.boxes))
        for code, one in zip(codes, overlay, strict=True)
        if one.value
    )


def _lettering(subject: Subject) -> list[Lettering]:
    """Return the lines of writing on a photo."""
    photo = subject.picture.pixels
    size = fit(subject.picture.width, subject.picture.height, READING_SIDE)
    pixels = shrink(photo, size)
    product = None if subject.alpha is None else subject.product
    read = [line for line in subject.lines if line.confidence >= LEAST_CONFIDENCE]
    lines = [look_at(line, pixels, product, read) for line in join_words(read, *size)]
    return [one for one in lines if one.letters >= LEAST_LETTERS and one.height <= TALLEST]


def _laid_over(lines: list[Lettering]) -> list[tuple[Lettering, bool]]:
    """Return the lines that were laid over the photo, each with whether it is a watermark."""
    repeated = _repeated(lines)
    found = []
    for place, one in enumerate(lines):
        says_something = _is_message(one.line.text)
        is_text = _is_on_plate(one) or _is_beside(one, says_something) or _is_at_side(one)
        is_mark = place in repeated or _is_aslant(one) or _lies_across(one)
        if is_mark or is_text or _runs_across(one) or _is_wide(one):
            found.append((one, is_mark or not (is_text or says_something)))
    return found


def _is_printed(one: Lettering) -> bool:
    """Wholly on the product, as what is printed on it."""
    return one.on_product is not None and one.on_product >= CROSSING[1]


def _is_level(one: Lettering) -> bool:
    return one.off_axis <= LEVEL + JITTER / max(one.length, 0.05)


def _is_message(text: str) -> bool:
    """Return whether a line is what sellers write to buyers, or a date."""
    priced = any(price.value.marked for price in find_prices(text))
    return priced or bool(find_contacts(text) or _offer().search(text)) or DATE.search(text) is not None


@cache
def _offer() -> re.Pattern[str]:
    """Return what finds a call to buy, or talk of the price."""
    phrases = (re.escape(phrase) for phrase in (*load_chatter().price, *load_chatter().order))
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


def _is_on_plate(one: Lettering) -> bool:
    """On evenly coloured ground: a sticker or a banner."""
    even = one.ground_drift < FLAT_DRIFT and one.ground_spread < FLAT_SPREAD
    return even and one.contrast > FLAT_CONTRAST and one.length > SHORT and _is_level(one)


def _is_beside(one: Lettering, says_something: bool) -> bool:
    """Level beside the product, near a side of the photo or with something to say."""
    if one.on_product is None or one.on_product >= 0.5 or one.letters < WORD:  # noqa: PLR2004 - half
        return False
    by_the_side = one.margin < BY_THE_SIDE and one.line.confidence >= SURE
    return _is_level(one) and (by_the_side or says_something)


def _is_at_side(one: Lettering) -> bool:
    """Level along a side of the photo; on the product alone it is the label of one that was shot from nearby."""
    near = one.margin < AT_THE_SIDE and _is_level(one) and not _is_printed(one)
    return near and one.letters >= NAME and one.line.confidence >= SURE


def _runs_across(one: Lettering) -> bool:
    """Partly on the product and partly beside it."""
    if one.on_product is None or one.length < LONG or one.letters < WORD:
        return False
    return CROSSING[0] < one.on_product < CROSSING[1]


def _is_aslant(one: Lettering) -> bool:
    """Aslant, and too long for a product that lies aslant; a print under a very long one may break its letters."""
    certain = one.line.confidence >= LIKELY or one.length > WIDE
    return one.length > LONG and one.off_axis > ASLANT and certain


def _is_wide(one: Lettering) -> bool:
    """Level, and wider than what is printed on things beside the product and on clothes."""
    wide = one.length > WIDE and one.letters >= LONG_NAME and not _is_printed(one)
    return wide and one.off_axis < LEVEL and one.line.confidence >= SURE


def _lies_across(one: Lettering) -> bool:
    """Wide, over the product, and away from the sides that it runs along, where prices and numbers stand."""
    over = one.on_product is None or one.on_product > CROSSING[0]
    return over and one.margin >= BY_THE_SIDE and _is_wide(one)


def _repeated(lines: list[Lettering]) -> set[int]:
    """Return the places of lines that stand there again and again, at the same angle and of the same height."""
    alike: dict[int, set[int]] = {}
    for (first, one), (second, other) in combinations(enumerate(lines), 2):
        if _is_alike(one, other):
            alike.setdefault(first, {first}).add(second)
            alike.setdefault(second, {second}).add(first)
    return {
        place
        for place, group in alike.items()
        if lines[place].off_axis > SQUARE or _is_level_pattern([lines[each] for each in group])
    }


def _is_level_pattern(group: list[Lettering]) -> bool:
    """Return whether level lines of the same words were laid over: equal packages have equal labels, side by side.

    A pattern goes on beside the product, and below its first row.
    """
    if len(group) < FEWEST_LEVEL or all(_is_printed(one) for one in group):
        return False
    rows = sorted(one.row for one in group)
    return rows[-1] - rows[0] > max(one.height for one in group)


def _is_alike(one: Lettering, other: Lettering) -> bool:
    if abs(one.angle - other.angle) > SAME_ANGLE:
        return False
    if min(one.height, other.height) < SAME_HEIGHT * max(one.height, other.height):
        return False
    return SequenceMatcher(None, one.line.text.casefold(), other.line.text.casefold()).ratio() > ALIKE


def _covered(name: str, lines: list[Lettering]) -> Measurement:
    shares = (one.line.box.width * one.line.box.height * min(1.0, one.contrast / FULL_CONTRAST) for one in lines)
    boxes = tuple(one.line.box for one in lines)
    return Measurement(name=name, value=min(1.0, sum(shares)), unit="share", boxes=boxes)


def _around(boxes: tuple[Box, ...]) -> Box:
    return Box(
        left=min(box.left for box in boxes),
        top=min(box.top for box in boxes),
        right=max(box.right for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )


OVERLAY = Measure(
    "overlay", frozenset({DefectCode.TEXT_OVERLAY, DefectCode.WATERMARK}), measure_overlay, find_overlay
)
