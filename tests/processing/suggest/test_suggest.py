import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.categories import load_categories
from models.note import SellerNote
from models.suggestion import Question, Suggestion
from processing.suggest.facts.price import HIGHEST
from processing.suggest.suggest import suggest
from processing.suggest.write.limits import TITLE

KEYWORDS = [keyword for category in load_categories().values() for keyword in category.keywords]
SCRAPS = [
    "dijual", "murah gan", "ready stok", "minat wa", "0812-3456-7890", "🔥", "!!", ",", "\n", "15rb", "250gr",
    "Rp 15.000,-", "1/4 kg", "uk. L", "isi 10", "dan", "rasa pedas", "ASLI", "20x30cm", "ongkir 10rb", "*promo*",
    "(baru)", "600 ML", "-", "<script>", "khas Garut", "ß", "İstanbul", "{price}",
]  # fmt: skip
notes = st.one_of(st.text(), st.lists(st.sampled_from(KEYWORDS + SCRAPS), max_size=12).map(" ".join))


def suggested(words: str, price: int | None = None) -> Suggestion:
    return suggest(SellerNote(words=words, price=price))


def questions_of(suggestion: Suggestion) -> tuple[Question, ...]:
    return tuple(asked.question for asked in suggestion.questions)


def needed(suggestion: Suggestion) -> tuple[Question, ...]:
    return tuple(asked.question for asked in suggestion.questions if asked.needed)


def words_of(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W_]+", text)}


@pytest.mark.parametrize(
    ("words", "title", "price", "category"),
    [
        ("keripik singkong balado 250gr 15rb", "Keripik Singkong Balado 250 g", 15_000, "cassava_chips"),
        (
            "dijual murah gan!! Keripik Singkong 🌶️ balado 250 gr, renyah. Harga Rp 15.000,- WA 0812-3456-7890",
            "Keripik Singkong Balado 250 g",
            15_000,
            "cassava_chips",
        ),
        ("MADU HUTAN ASLI 600ML\nharga 85rb\nready stok", "Madu Hutan Asli 600 ml", 85_000, "honey"),
        (
            "Assalamualaikum bu, saya jual sambal bawang isi 10 sachet 75k",
            "Sambal Bawang Isi 10 Saset",
            75_000,
            "sambal",
        ),
        ("sandal batik uk. 38-42 harga 45.000", "Sandal Batik Ukuran 38-42", 45_000, "sandals"),
        ("tas anyaman pandan 20x30 cm 75k ongkir 10rb", "Tas Anyaman Pandan 20 x 30 cm", 75_000, "woven_bags"),
        ("keranjang rotan bisa buat parsel 55rb", "Keranjang Rotan", 55_000, "baskets"),
        ("gantungan kunci kayu 5rb/pcs min order 50 pcs", "Gantungan Kunci Kayu", 5_000, "keychains"),
        ("kain batik dari Garut 450rb", "Kain Batik dari Garut", 450_000, "batik_cloth"),
        ("kaos NU hitam 50rb", "Kaos NU Hitam", 50_000, "everyday_wear"),
    ],
)
def test_a_plain_note_gives_a_whole_suggestion(words: str, title: str, price: int, category: str) -> None:
    suggestion = suggested(words)
    assert suggestion.title is not None and suggestion.title.value == title
    assert suggestion.price is not None and suggestion.price.value == price
    assert suggestion.category is not None and suggestion.category.value == category
    assert suggestion.description is not None
    assert not any(asked.needed for asked in suggestion.questions)


@pytest.mark.parametrize(
    "words", ["emping 15rb, 28rb", "emping 10-15rb", "emping harga 15", "emping", "emping ongkir 10rb"]
)
def test_an_unclear_price_is_asked_for(words: str) -> None:
    suggestion = suggested(words)
    assert suggestion.price is None
    assert needed(suggestion) == (Question.WHAT_PRICE,)


def test_the_same_price_twice_is_one_price() -> None:
    price = suggested("madu 85rb, harga 85.000").price
    assert price is not None and price.value == 85_000
    assert [evidence.quote for evidence in price.evidence] == ["85rb"]


def test_a_price_given_apart_wins_over_the_words() -> None:
    price = suggested("madu 85rb atau 90rb", price=80_000).price
    assert price is not None and (price.value, price.confidence) == (80_000, 1.0)


@pytest.mark.parametrize("price", [0, 99, HIGHEST + 1])
def test_a_price_apart_that_cannot_be_true_is_asked_for(price: int) -> None:
    assert needed(suggested("madu hutan 85rb", price=price)) == (Question.WHAT_PRICE,)


def test_two_products_make_a_question_of_the_category() -> None:
    suggestion = suggested("madu dan sambal 20rb")
    assert suggestion.category is None
    assert needed(suggestion) == (Question.WHICH_CATEGORY,)


def test_a_category_that_is_not_sure_is_asked_for_with_the_likeliest_at_hand() -> None:
    suggestion = suggested("spion mobil 30rb")
    assert suggestion.category is None and len(suggestion.guesses) == 3
    assert needed(suggestion) == (Question.WHICH_CATEGORY,)
    assert len(suggestion.questions[0].options) == 3


@pytest.mark.parametrize(
    "words", ["", "dijual murah gan!!! minat wa 081234567890", "🔥🔥🔥", "15rb", "ready stok kak"]
)
def test_nothing_but_talk_leaves_every_question_open(words: str) -> None:
    suggestion = suggested(words)
    assert suggestion.title is None
    assert suggestion.description is None
    assert {Question.WHAT_IS_IT, Question.WHICH_CATEGORY} <= set(questions_of(suggestion))


def test_what_belongs_to_another_offer_stays_out_of_the_title() -> None:
    title = suggested("sambal bawang 150gr. 2 toples 45rb", price=25_000).title
    assert title is not None and title.value == "Sambal Bawang 150 g"


def test_several_weights_stay_out_of_the_title() -> None:
    title = suggested("kopi robusta 1/4 kg 35rb, 1/2 kg 65rb").title
    assert title is not None and title.value == "Kopi Robusta"


def test_the_words_are_in_both_languages() -> None:
    suggestion = suggested("madu hutan 600ml 85rb")
    assert suggestion.description is not None and suggestion.english is not None
    assert "madu hutan" in suggestion.description.value and "600 ml" in suggestion.description.value
    assert "wild honey" in suggestion.english.description and "600 ml" in suggestion.english.description
    assert suggestion.keywords[0] == "madu hutan"
    assert suggestion.alt_text == "Madu hutan."


@given(notes)
@settings(deadline=None)
def test_no_word_of_the_title_is_invented(words: str) -> None:
    suggestion = suggested(words)
    if suggestion.title is None:
        return
    assert 0 < len(suggestion.title.value) <= TITLE
    told = " ".join((words, *(fact.value for fact in suggestion.facts)))
    assert words_of(suggestion.title.value) <= words_of(told) | {
        "rasa",
        "bahan",
        "warna",
        "motif",
        "ukuran",
        "dari",
    }


@given(notes)
@settings(deadline=None)
def test_our_own_words_need_no_guard(words: str) -> None:
    assert suggested(words).removed == ()


@given(notes, st.none() | st.integers(0, 10**12))
@settings(deadline=None)
def test_every_quote_is_found_in_the_note_and_every_gap_is_asked_for(words: str, price: int | None) -> None:
    suggestion = suggested(words, price)
    told = f"{words} {price}"
    for value in (suggestion.title, suggestion.category, suggestion.description):
        if value is not None:
            assert value.evidence
            assert all(evidence.quote and evidence.quote in told for evidence in value.evidence)
            assert 0 < value.confidence <= 1
    if suggestion.price is not None:
        assert all(
            evidence.quote in words or evidence.quote == str(price) for evidence in suggestion.price.evidence
        )
    assert (suggestion.title is None) == (Question.WHAT_IS_IT in questions_of(suggestion))
    assert (suggestion.price is None) == (Question.WHAT_PRICE in questions_of(suggestion))
    assert suggestion.category is not None or Question.WHICH_CATEGORY in questions_of(suggestion)
    assert len(suggestion.questions) <= 3


@given(st.lists(st.sampled_from(KEYWORDS), min_size=1, max_size=3).map(" ".join))
def test_telephone_numbers_never_reach_the_title(product: str) -> None:
    title = suggested(f"{product} wa 0812 3456 7890 / +62 857-1234-5678").title
    assert title is not None
    assert not re.search(r"\d{3}", title.value)
