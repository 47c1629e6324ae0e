"""A person's own words stand as she wrote them, whatever our writers say."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from config.marketplaces import load_marketplace
from models.edit import Edit, EditedField
from models.suggestion import Asked, Copy, MarketplaceCopy, Question, Suggested, Suggestion
from processing.suggest.edited import apply_edits
from tests.listings import suggestion

COPY = Copy(title="Crisps", description="Crisps.", keywords=("crisps",), alt_text="Crisps.")
AT = datetime(2026, 1, 1, tzinfo=UTC)


def edit(field: EditedField, value: str | None) -> Edit:
    return Edit(field=field, value=value, by="ani", at=AT)


def ours() -> Suggestion:
    return suggestion("Keripik", "Keripik saja.").model_copy(
        update={
            "english": COPY,
            "marketplaces": (
                MarketplaceCopy(marketplace="shopee", title="Keripik", description="K.", attributes={"a": "b"}),
            ),
            "questions": (
                Asked(question=Question.WHAT_PRICE, needed=True),
                Asked(question=Question.WHICH_FLAVOUR, needed=False),
            ),
        }
    )


def test_her_words_take_the_place_of_ours_at_every_marketplace() -> None:
    title = "KERIPIK TERENAK SEDUNIA!!! " * 10
    made = apply_edits(ours(), [edit(EditedField.TITLE, title), edit(EditedField.PRICE, "15000")])

    assert made.title == Suggested[str](value=title, evidence=made.title.evidence, confidence=1.0)  # type: ignore[union-attr]
    assert made.price is not None
    assert made.price.value == 15000
    assert made.description == ours().description
    assert [(copy.title, copy.description, copy.attributes) for copy in made.marketplaces] == [
        (title, "K.", {"a": "b"})
    ]
    assert [asked.question for asked in made.questions] == [Question.WHICH_FLAVOUR]
    assert made.edited == ("title", "price")


def test_the_other_language_is_edited_by_itself() -> None:
    made = apply_edits(ours(), [edit(EditedField.ENGLISH_TITLE, "Her Crisps")], (load_marketplace("shopee"),))
    assert {copy.title for copy in made.marketplaces} == {"Keripik"}
    abroad = load_marketplace("shopee").model_copy(update={"language": "en"})
    made = apply_edits(ours(), [edit(EditedField.ENGLISH_TITLE, "Her Crisps")], (abroad,))
    assert {copy.title for copy in made.marketplaces} == {"Her Crisps"}

    made = apply_edits(ours(), [edit(EditedField.ENGLISH_KEYWORDS, " cassava, spicy crisps ,")])

    assert made.english == COPY.model_copy(update={"keywords": ("cassava", "spicy crisps")})
    assert made.keywords == ours().keywords

    without = ours().model_copy(update={"english": None})
    made = apply_edits(without, [edit(EditedField.ENGLISH_TITLE, "Crisps")])
    assert made.english is not None
    assert made.english.title == "Crisps"


def test_what_was_taken_back_is_ours_again() -> None:
    assert apply_edits(ours(), [edit(EditedField.TITLE, None)]) == ours()
    assert apply_edits(ours(), []) == ours()


@given(st.dictionaries(st.sampled_from(EditedField), st.integers(0, 10**9).map(str)))
def test_every_field_can_be_edited_and_only_those_are(values: dict[EditedField, str]) -> None:
    made = apply_edits(ours(), [edit(field, value) for field, value in values.items()])

    assert set(made.edited) == set(values)
    assert Suggestion.model_validate_json(made.model_dump_json()) == made
    if EditedField.TITLE not in values:
        assert made.title == ours().title


def test_a_column_that_she_has_filled_is_not_missing_any_more() -> None:
    nameless = ours().model_copy(
        update={
            "marketplaces": (
                MarketplaceCopy(
                    marketplace="shopee",
                    title="",
                    description="",
                    attributes={},
                    missing=("Kategori", "Nama Produk", "Deskripsi Produk", "Harga", "Stok"),
                ),
            )
        }
    )
    shopee = (load_marketplace("shopee"),)

    titled = apply_edits(nameless, [edit(EditedField.TITLE, "Keripik Singkong")], shopee)
    described = apply_edits(nameless, [edit(EditedField.DESCRIPTION, "Renyah.")], shopee)
    other = apply_edits(nameless, [edit(EditedField.ENGLISH_TITLE, "Crisps")], shopee)

    priced = apply_edits(nameless, [edit(EditedField.PRICE, "15000")], shopee)

    assert priced.marketplaces[0].missing == ("Kategori", "Nama Produk", "Deskripsi Produk", "Stok")
    assert titled.marketplaces[0].missing == ("Kategori", "Harga", "Stok")
    assert described.marketplaces[0].missing == ("Kategori", "Nama Produk", "Harga", "Stok")
    assert other.marketplaces[0].missing == nameless.marketplaces[0].missing
