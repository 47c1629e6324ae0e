"""What marketplaces' rules say of one photo or finished file."""

from collections.abc import Callable

from models.assessment import Verdict
from models.marketplace import Marketplace
from models.rule import (
    Aspects,
    Colours,
    FileCondition,
    FileTerms,
    FillLimit,
    Formats,
    PhotoRule,
    PictureCondition,
    WhitenessLimit,
    amount,
)
from processing.appraise.facts import PhotoFacts
from processing.appraise.verdict import Finding, verdict

LOSSLESS = 100
MILLION = 1_000_000

FIGURES: dict[str, Callable[[PhotoFacts], float | None]] = {
    "min_width": lambda photo: photo.width,
    "min_height": lambda photo: photo.height,
    "min_side": lambda photo: min(photo.width, photo.height),
    "min_longest_side": lambda photo: max(photo.width, photo.height),
    "max_side": lambda photo: max(photo.width, photo.height),
    "max_bytes": lambda photo: photo.bytes,
    "max_megapixels": lambda photo: photo.width * photo.height / MILLION,
    "min_jpeg_quality": lambda photo: photo.quality if photo.format == "JPEG" else LOSSLESS,
    "min_fill": lambda photo: photo.shown.fill,
    "max_fill": lambda photo: photo.shown.fill,
    "min_whiteness": lambda photo: photo.shown.whiteness,
}
"""What each limit is about."""

CONDITIONS: dict[str, Callable[[PhotoFacts], bool | None]] = {
    "still": lambda photo: None if photo.moves is None else not photo.moves,
    "extension_fits": lambda photo: photo.extension_fits,
    "keeps_ai_label": lambda photo: None,  # what a file says of its making is not read yet
    "plain_background": lambda photo: photo.shown.plain_background,
    "no_text": lambda photo: _free_of(photo, "text_overlay"),
    "no_logo": lambda photo: _free_of(photo, "logo"),
    "no_watermark": lambda photo: _free_of(photo, "watermark"),
    "no_border": lambda photo: _free_of(photo, "border"),
    "no_collage": lambda photo: _free_of(photo, "collage"),
}
"""What each condition asks; ``None`` where nobody can tell."""


def judge_photo(
    marketplaces: tuple[Marketplace, ...], photo: PhotoFacts, rendition: str = ""
) -> tuple[Verdict, ...]:
    """Return one verdict for each rule that each marketplace has about a photo.

    ``rendition`` names the finished file that the facts are of; empty for the photo as it was sent.
    """
    return tuple(
        verdict(
            marketplace.code, rule, _check(rule, photo), rendition=rendition, by_recipe=_is_recipes(rule, photo)
        )
        for marketplace in marketplaces
        for rule in marketplace.photo_rules
    )


def _check(rule: PhotoRule, photo: PhotoFacts) -> Finding:
    match rule:
        case Aspects():
            aspect = photo.width / photo.height
            return Finding(rule.allows(aspect), f"{aspect:.3g}:1")
        case Formats():
            return Finding(rule.allows(photo.format), photo.format)
        case Colours():
            return Finding(None) if photo.colours is None else Finding(rule.allows(photo.colours), photo.colours)
        case FileCondition() | PictureCondition():
            return Finding(CONDITIONS[rule.rule](photo))
    figure = FIGURES[rule.rule](photo)
    return Finding(None) if figure is None else Finding(rule.allows(figure), amount(figure, rule.unit))


def _is_recipes(rule: PhotoRule, photo: PhotoFacts) -> bool:
    """Return whether a finished file keeps or breaks a rule by its recipe alone."""
    match rule:
        case FileTerms():
            return photo.finished
        case FillLimit():
            return photo.shown.fill_is_recipes
        case WhitenessLimit() | PictureCondition(rule="plain_background"):
            return photo.shown.background_is_recipes
    return False


def _free_of(photo: PhotoFacts, defect: str) -> bool | None:
    found = photo.shown.found.get(defect)
    return None if found is None else not found
