"""Facts: what rules ask of a photo and of a listing, with ``None`` for what is not known."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.fact import FactKind
from models.photo import Finished
from models.suggestion import Suggested, Suggestion


@dataclass(frozen=True, slots=True)
class Shown:
    """What a picture shows."""

    fill: float | None = None
    """Share of the picture's width or height that the product spans, whichever is larger."""
    fill_is_recipes: bool = False
    """True where the recipe's margin is kept; otherwise the photo has too few pixels of the product for it."""
    whiteness: float | None = None
    """Lowest level of any channel of the background, 0 to 255."""
    plain_background: bool | None = None
    background_is_recipes: bool = False
    found: Mapping[str, bool] = field(default_factory=dict)
    """By the code of a defect: whether it is there. What was not looked for is absent."""


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """A file and what it shows."""

    width: int
    """Upright, in px."""
    height: int
    """Upright, in px."""
    bytes: int
    format: str
    """Pillow's name."""
    colours: str | None
    """RGB, CMYK or grey."""
    moves: bool | None
    extension_fits: bool
    quality: int | None
    """A JPEG's, where we have encoded it."""
    finished: bool
    """False of a file as it was sent."""
    shown: Shown


@dataclass(frozen=True, slots=True)
class ListingFacts:
    """A listing as it would be published."""

    sides: tuple[int, ...]
    """The shorter side of each photo, in px."""
    title: str
    """Empty where there is none."""
    description: str
    """Empty where there is none."""
    category: str | None
    """Its code in ``config/categories``."""
    category_chosen: bool = False
    """True where a person has chosen it, or said that ours is right."""
    attributes: int | None = None
    """How many of the product's attributes are filled in; ``None`` where nothing is proposed there."""
    branded: bool = False
    """True where a brand is known."""


def listing_facts(photos: tuple[Finished, ...], suggestion: Suggestion, marketplace: str) -> ListingFacts:
    """Return a listing's facts at a marketplace from its photos and from what is proposed for its words there."""
    own = next((copy for copy in suggestion.marketplaces if copy.marketplace == marketplace), None)
    pictures = [photo.picture for photo in photos]
    return ListingFacts(
        sides=tuple(min(picture.width, picture.height) for picture in pictures if picture is not None),
        title=own.title if own else _value(suggestion.title),
        description=own.description if own else _value(suggestion.description),
        category=suggestion.category.value if suggestion.category else None,
        category_chosen=_is_chosen(suggestion.category),
        attributes=len(own.attributes) if own else None,
        branded=own is not None and any(fact.kind is FactKind.BRAND for fact in suggestion.facts),
    )


def _value(suggested: Suggested[str] | None) -> str:
    return suggested.value if suggested else ""


def _is_chosen(category: Suggested[str] | None) -> bool:
    """Return whether a category rests on a person's own choice; a guess rests on words, which have a place."""
    if category is None:
        return False
    return any(
        one.source == "answer" and one.quote == category.value and one.span is None for one in category.evidence
    )
