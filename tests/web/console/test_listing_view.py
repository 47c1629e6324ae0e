"""What the listing's page gathers."""

from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from models.edit import EditedField
from models.note import SellerNote
from models.rule import TextLimit
from models.suggestion import Copy
from processing.suggest.suggest import suggest
from storage.catalog.reading import find_listing
from storage.catalog.sellers import seller_of
from tests.web.console.processed import Workshop
from web.console.listing_view import value_of, view_listing


def test_every_field_is_shown_as_a_person_writes_it() -> None:
    english = Copy(title="Woven tray", description="Of bamboo.", keywords=("tray", "bamboo"), alt_text="A tray")
    suggestion = suggest(SellerNote(words="Tampah anyaman bambu 45rb")).model_copy(update={"english": english})

    shown = {field: value_of(suggestion, field) for field in EditedField}

    assert shown[EditedField.PRICE] == "45000"
    assert shown[EditedField.KEYWORDS] == ", ".join(suggestion.keywords)
    assert shown[EditedField.ENGLISH_KEYWORDS] == "tray, bamboo"
    assert shown[EditedField.ENGLISH_TITLE] == "Woven tray"
    assert value_of(suggestion.model_copy(update={"english": None}), EditedField.ENGLISH_TITLE) == ""


def test_limits_are_those_of_the_listings_marketplaces_in_the_fields_language(workshop: Workshop) -> None:
    result = workshop.add()
    row, seller = (
        find_listing(workshop.console.catalog, result.key),
        seller_of(workshop.console.catalog, "ibu-ani"),
    )
    assert row is not None and seller is not None

    view = view_listing(workshop.console.catalog, seller, row)

    markets = [load_marketplace(one.marketplace) for one in result.appraisals]
    assert {market.code for market in markets} < set(known_marketplaces())
    (title,) = [field for field in view.fields if field.field is EditedField.TITLE]
    for bounds in title.bounds:
        (market,) = [market for market in markets if market.name == bounds.marketplace]
        limits = {(rule.rule, rule.value) for _, rule in market.placed() if isinstance(rule, TextLimit)}
        assert bounds.least is None or ("min_title", bounds.least) in limits
        assert bounds.most is None or ("max_title", bounds.most) in limits
    assert title.bounds
    assert all(market.language == "id" for market in markets)
    assert not any(field.bounds for field in view.fields if field.language == "en")
