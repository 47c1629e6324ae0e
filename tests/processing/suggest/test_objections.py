"""What a marketplace will not like in a person's own words is told."""

from config.marketplaces import load_marketplace
from models.edit import EditedField
from models.suggestion import MarketplaceCopy
from processing.suggest.objections import object_to
from tests.listings import suggestion

SHOPEE = load_marketplace("shopee")


def told(title: str, *fields: EditedField) -> set[tuple[str, str | None]]:
    words = MarketplaceCopy(marketplace="shopee", title=title, description="x" * 200, attributes={})
    made = suggestion(title).model_copy(update={"marketplaces": (words,)})
    return {(one.rule, one.marketplace) for one in object_to(made, fields, (SHOPEE,))}


def test_a_title_that_is_too_long_is_told_with_the_marketplace() -> None:
    assert ("max_title", "shopee") in told("x" * 300, EditedField.TITLE)
    assert told("Keripik Singkong Balado 250 g Isi Sepuluh", EditedField.TITLE) == set()


def test_a_claim_without_evidence_is_told() -> None:
    assert ("claim", None) in told("Keripik Singkong Terbaik Sedunia Raya Ini", EditedField.TITLE)


def test_fields_that_nobody_edited_are_none_of_her_business() -> None:
    assert told("TERBAIK " * 50, EditedField.PRICE) == set()
