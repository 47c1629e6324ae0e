"""Facts that the product's pixels show."""

import numpy as np

from config.colours import load_colours
from models.appearance import Appearance, Shade
from models.assessment import DefectCode
from models.fact import Evidence, Fact, FactKind
from models.photo import Finished
from processing.difference import ciede2000, to_lab

SURE, DOUBTFUL = 0.6, 0.25
"""Confidence of a colour that nothing speaks against, and of one of which her words, or the photo's light, do: an
order, not measured."""
AGREED = 0.85
"""Of one that her words name."""
SURFACE, PIECES, PROPORTION = 0.5, 0.5, 0.7
WIDELY, TALL = 1.25, 0.8
"""Heights by widths between which a product is as tall as it is wide."""
NEAR = 15.0
"""CIEDE2000 units between two colours that may go by either's name."""
UNTRUE = frozenset({DefectCode.COLOUR_CAST, DefectCode.UNDEREXPOSED, DefectCode.OVEREXPOSED})


def look_at_pixels(photos: tuple[Finished, ...], colours: tuple[Fact, ...], *, edible: bool) -> list[Fact]:
    """Return what the best photo with a trusted outline shows, or nothing where there is none.

    Her own word for a colour (``colours``) is never contradicted: where a photo shows another, that is little
    trusted. Of what is eaten only pieces and proportions are told, for its colours are mostly the package's.
    """
    trusted = [photo for photo in photos if photo.trusted and photo.assessment.look is not None]
    if not trusted:
        return []
    photo = max(trusted, key=lambda one: one.assessment.score)
    look = photo.assessment.look
    assert look is not None
    facts = _form(photo, look)
    if not edible:
        facts = [*_colours(photo, look, colours), *_surface(photo, look), *facts]
    return facts


def _colours(photo: Finished, look: Appearance, said: tuple[Fact, ...]) -> list[Fact]:
    untrue = any(defect.code in UNTRUE for defect in photo.assessment.defects)
    return [
        _fact(
            photo,
            FactKind.COLOUR,
            shade.colour,
            f"{shade.srgb} {round(100 * shade.share)}%",
            _confidence(shade, said, untrue=untrue),
        )
        for shade in look.shades
    ]


def _confidence(shade: Shade, said: tuple[Fact, ...], *, untrue: bool) -> float:
    if any(agrees(shade, fact.value) for fact in said):
        return AGREED
    return DOUBTFUL if said or untrue else SURE


def agrees(shade: Shade, word: str) -> bool:
    """Return whether a colour may go by a name: of the same plain colour, or near to it by CIEDE2000."""
    colours = load_colours().colour
    named = colours.get(word) or colours.get(word.split(maxsplit=1)[0])
    if named is None or named.base == colours[shade.colour].base:
        return named is not None
    if named.srgb is None:
        return False
    seen = tuple(int(shade.srgb[place : place + 2], 16) for place in (1, 3, 5))
    lab = to_lab(np.array([seen, named.levels], np.uint8))
    return float(ciede2000(lab[0], lab[1])) <= NEAR


def _surface(photo: Finished, look: Appearance) -> list[Fact]:
    if look.surface is None:
        return []
    value = "polos" if look.surface == "plain" else "bermotif"
    return [_fact(photo, FactKind.PATTERN, value, look.surface, SURFACE)]


def _form(photo: Finished, look: Appearance) -> list[Fact]:
    facts = []
    if look.pieces > 1:
        count = _fact(photo, FactKind.COUNT, f"{look.pieces} di foto", str(look.pieces), PIECES)
        facts.append(count.model_copy(update={"amount": float(look.pieces), "unit": "piece"}))
    if not any(defect.code is DefectCode.CUT_OFF for defect in photo.assessment.defects):
        facts.append(_fact(photo, FactKind.PROPORTION, _proportion(look), f"{look.tallness:g}", PROPORTION))
    return facts


def _proportion(look: Appearance) -> str:
    if TALL <= look.tallness <= WIDELY:
        return "tinggi dan lebar hampir sama"
    if look.tallness > WIDELY:
        return f"tinggi {_times(look.tallness)} kali lebarnya"
    return f"lebar {_times(1 / look.tallness)} kali tingginya"


def _times(ratio: float) -> str:
    return f"{ratio:.1f}".removesuffix(".0").replace(".", ",")


def _fact(photo: Finished, kind: FactKind, value: str, quote: str, confidence: float) -> Fact:
    evidence = Evidence(source="pixels", quote=quote, photo=photo.file)
    return Fact(kind=kind, value=value, evidence=evidence, confidence=confidence)
