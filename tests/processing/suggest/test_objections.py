"""What a marketplace will not like in a person's own words is told."""

from config.marketplaces import load_marketplace
from config.messages import load_messages
from models.edit import EditedField
from models.suggestion import MarketplaceCopy
from processing.suggest.objections import object_to, say_objection
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


def test_a_word_that_the_marketplace_prohibits_is_told_with_it() -> None:
    pasar = SHOPEE.model_copy(update={"prohibited": ("tembakau*",)})
    made = suggestion("Pouch Tembakaunya Pak Karto")
    told = [one for one in object_to(made, (EditedField.TITLE,), (pasar,)) if one.rule == "prohibited"]
    assert [(one.marketplace, one.found) for one in told] == [("shopee", "tembakaunya")]
    assert say_objection(told[0], load_messages("id")) == 'Shopee: Judul tidak boleh memuat "tembakaunya".'


def test_fields_that_nobody_edited_are_none_of_her_business() -> None:
    assert told("TERBAIK " * 50, EditedField.PRICE) == set()


def test_a_limit_is_told_in_words_without_a_sign() -> None:
    words = MarketplaceCopy(marketplace="shopee", title="Keripik", description="x" * 200, attributes={})
    made = suggestion("Keripik").model_copy(update={"marketplaces": (words,)})
    told = {say_objection(one, load_messages("id")) for one in object_to(made, [EditedField.TITLE], (SHOPEE,))}
    assert any("paling sedikit 25 huruf" in one for one in told)
    assert not any(sign in one for one in told for sign in "<>=≤≥")


def test_words_that_are_not_there_are_no_ones_fault() -> None:
    nameless = suggestion("Keripik").model_copy(update={"english": None})
    assert object_to(nameless, [EditedField.ENGLISH_TITLE, EditedField.ENGLISH_KEYWORDS], (SHOPEE,)) == ()
