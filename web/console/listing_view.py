"""What the listing's page shows, gathered from the catalog and the marketplaces' profiles."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from models.audit import AuditEntry
from models.edit import Edit, EditedField, Overrides, RecipeChoice
from models.fact import Evidence
from models.listing import ListingKey, ListingResult
from models.marketplace import Marketplace
from models.photo import Finished
from models.review import UNDECIDED, beyond_approval
from models.rule import Limit
from models.seller import Seller
from models.suggestion import Asked, Suggested, Suggestion
from processing.listing import in_order
from storage.catalog.audit import read_listing_audit
from storage.catalog.connection import Catalog
from storage.catalog.edits import overrides_of
from storage.catalog.reading import ListingRow

MOST_ENTRIES = 30
LONG = frozenset({EditedField.DESCRIPTION, EditedField.ENGLISH_DESCRIPTION})
ENGLISH = "english."
SMALL = "small/"


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a field may be at a marketplace, in characters."""

    marketplace: str
    """Its name."""
    least: int | None
    most: int | None


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field that a person may write."""

    field: EditedField
    value: str
    """What stands there now, a person's words that no run has taken up yet too."""
    edit: Edit | None
    """A person's words; ``None`` where they are ours."""
    evidence: tuple[Evidence, ...]
    bounds: tuple[Bounds, ...]

    @property
    def language(self) -> str:
        """Which language it is written in."""
        return "en" if self.field.startswith(ENGLISH) else "id"

    @property
    def long(self) -> bool:
        """True for what takes several lines."""
        return self.field in LONG


@dataclass(frozen=True, slots=True)
class Preview:
    """A listing as it is met with on a phone at a marketplace."""

    marketplace: Marketplace
    title: str
    field: EditedField
    """The field that the title is written in."""


@dataclass(frozen=True, slots=True)
class ListingView:
    """All that the page shows."""

    seller: Seller
    row: ListingRow
    fields: tuple[FieldView, ...]
    previews: tuple[Preview, ...]
    questions: tuple[tuple[Asked, str], ...]
    """Without those that have been answered since; each with the answer that could not be understood, if any."""
    record: tuple[AuditEntry, ...]
    order: tuple[str, ...]
    """Of the photos' files as a person put them; empty where nobody has."""
    recipe: RecipeChoice | None
    """By which a person wants the photos made; ``None`` where nobody has chosen."""

    @property
    def photos(self) -> tuple[Finished, ...]:
        """The photos that can be shown, in the order that a person wants, though no run has taken it up yet."""
        return in_order(self.row.result.finished, self.order) if self.row.result else ()

    @property
    def address(self) -> str:
        """The page's own."""
        return address_of(self.row.key)

    @property
    def result(self) -> ListingResult | None:
        """What was made of the newest version that was processed."""
        return self.row.result

    @property
    def pending(self) -> bool:
        """True while something has changed that is not on the page yet."""
        return self.row.result is None or self.row.result.version != self.row.version

    @property
    def decidable(self) -> bool:
        """True where a person may decide about what the page shows."""
        return not self.pending and self.row.state in UNDECIDED

    @property
    def approvable(self) -> bool:
        """True where nothing is missing that no approval can replace."""
        return self.decidable and self.row.result is not None and not beyond_approval(self.row.result)


def address_of(key: ListingKey) -> str:
    """Return the address of a listing's page."""
    return f"/sellers/{quote(key.seller, safe='')}/listings/{quote(key.listing, safe='')}"


def picture_of(key: ListingKey, photo: Finished, name: str) -> str | None:
    """Return the address of a finished file of a photo, a small copy of it after :data:`SMALL`.

    ``None`` where there is none of this name.
    """
    own = name.removeprefix(SMALL)
    rendition = next((rendition for rendition in photo.renditions if rendition.name == own), None)
    if rendition is None:
        return None
    # A browser keeps what it has under an address; corrected or on another ground, a photo has another picture.
    which = rendition.sha256[:12]
    return f"/pictures/{quote(key.seller, safe='')}/{quote(key.listing, safe='')}/{photo.sha256}/{name}?{which}"


def view_listing(catalog: Catalog, seller: Seller, row: ListingRow) -> ListingView:
    """Return what there is to show of a listing. Raises CatalogError."""
    overrides = overrides_of(catalog, row.key)
    suggestion = row.result.suggestion if row.result else None
    markets = tuple(_marketplaces(row.result)) if row.result else ()
    edits = {edit.field: edit for edit in overrides.edits}
    return ListingView(
        seller=seller,
        row=row,
        fields=tuple(_field(field, suggestion, edits.get(field), markets) for field in EditedField),
        previews=tuple(_previews(suggestion, edits, markets)) if suggestion else (),
        questions=tuple(_open(row, overrides)),
        record=read_listing_audit(catalog, row.key, limit=MOST_ENTRIES),
        order=overrides.order,
        recipe=overrides.recipe,
    )


def _marketplaces(result: ListingResult) -> Iterator[Marketplace]:
    """Yield those that the listing is meant for, as far as they are still known."""
    known = known_marketplaces()
    return (load_marketplace(one.marketplace) for one in result.appraisals if one.marketplace in known)


def _field(
    field: EditedField, suggestion: Suggestion | None, edit: Edit | None, markets: tuple[Marketplace, ...]
) -> FieldView:
    ours = value_of(suggestion, field) if suggestion else ""
    evidence = _suggested(suggestion, field)
    return FieldView(
        field=field,
        value=edit.value if edit and edit.value is not None else ours,
        edit=edit,
        evidence=evidence.evidence if evidence else (),
        bounds=tuple(_bounds(field, markets)),
    )


def value_of(suggestion: Suggestion, field: EditedField) -> str:
    """Return a field's words as a person writes them; empty where there are none."""
    holder = suggestion.english if field.startswith(ENGLISH) else suggestion
    value = getattr(holder, field.removeprefix(ENGLISH), None)
    if isinstance(value, Suggested):
        value = value.value
    return ", ".join(value) if isinstance(value, tuple) else str("" if value is None else value)


def _suggested(suggestion: Suggestion | None, field: EditedField) -> Suggested[str] | Suggested[int] | None:
    found = getattr(suggestion, field.value, None)
    return found if isinstance(found, Suggested) else None


def _bounds(field: EditedField, markets: tuple[Marketplace, ...]) -> Iterator[Bounds]:
    """Yield the limits of each marketplace whose listings are in the field's language."""
    for market in markets:
        if (market.language == "en") != field.startswith(ENGLISH):
            continue
        name = field.removeprefix(ENGLISH)
        limits = [rule for _, rule in market.placed() if isinstance(rule, Limit)]
        least = [int(rule.value) for rule in limits if rule.rule == f"min_{name}"]
        most = [int(rule.value) for rule in limits if rule.rule == f"max_{name}"]
        if least or most:
            yield Bounds(market.name, max(least, default=None), min(most, default=None))


def _previews(
    suggestion: Suggestion, edits: dict[EditedField, Edit], markets: tuple[Marketplace, ...]
) -> Iterator[Preview]:
    own = {copy.marketplace: copy.title for copy in suggestion.marketplaces}
    for market in markets:
        field = EditedField.ENGLISH_TITLE if market.language == "en" else EditedField.TITLE
        edit = edits.get(field)
        written = edit.value if edit and edit.value else own.get(market.code) or value_of(suggestion, field)
        yield Preview(market, written, field)


def _open(row: ListingRow, overrides: Overrides) -> Iterator[tuple[Asked, str]]:
    """Yield what is still asked; an answer that a run has seen and could not understand leaves it open."""
    if row.result is None:
        return
    answers = {(answer.question, answer.about): answer.value for answer in overrides.answers}
    for asked in row.result.suggestion.questions:
        answer = answers.get((asked.question, asked.about), "")
        if not answer or row.result.version == row.version:
            yield asked, answer
