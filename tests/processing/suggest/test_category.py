import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.categories import load_categories
from processing.suggest.category import guess_categories
from processing.suggest.category_model import WEIGHTS, load_category_model

SOME = [
    "keripik singkong",
    "batik",
    "sambel",
    "🔥",
    "15rb",
    "casing hp",
    "ß",
    "İstanbul",
    "\n",
    ",",
    "madu",
    "xyzzy",
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(SOME), max_size=8).map(" ".join))


def test_the_model_knows_the_categories_that_there_are() -> None:
    model = load_category_model()
    assert set(model.codes) == load_categories().keys()
    assert model.layer.shape == (model.embedding.shape[1], len(model.codes) + 1)
    assert WEIGHTS.stat().st_size < 2_000_000


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Kripik Singkong balado 250gr", "cassava_chips"),
        ("jual tas anyaman pandan cantik", "woven_bags"),
        ("kemeja batik pria lengan panjang", "batik_wear"),
        ("madu hutan asli 600ml", "honey"),
        ("Mukena bordir katun dewasa", "mukena"),
        ("ikan asin jambal roti", "salted_fish"),
    ],
)
def test_what_is_plainly_said_is_proposed(words: str, code: str) -> None:
    found = guess_categories(words)
    assert found.sure is not None and found.sure.category == code
    assert found.sure == found.guesses[0]


@pytest.mark.parametrize(
    ("words", "code"),
    [("kripk singkong", "cassava_chips"), ("krupuk udng mentah", "raw_crackers"), ("sndal kulit", "sandals")],
)
def test_a_word_in_a_hurry_is_read_all_the_same(words: str, code: str) -> None:
    assert guess_categories(words).guesses[0].category == code


@pytest.mark.parametrize(
    "words",
    ["casing hp samsung a12", "kampas rem motor vario", "laptop asus core i5 bekas", "dijual murah", "123"],
)
def test_goods_of_no_category_and_words_that_name_none_are_left_alone(words: str) -> None:
    assert guess_categories(words).sure is None


@pytest.mark.parametrize(
    "words", ["madu dan sambal", "sandal, tas", "madu\nkopi bubuk", "keripik pisang / keripik singkong"]
)
def test_two_products_are_not_decided(words: str) -> None:
    found = guess_categories(words)
    assert found.sure is None and len(found.guesses) == 3


def test_no_words_give_no_guess() -> None:
    found = guess_categories(" ,, 🔥")
    assert (found.guesses, found.sure, found.evidence) == ((), None, ())


def test_the_evidence_is_the_keyword_where_there_is_one() -> None:
    words = "Dijual Keripik Singkong balado"
    (evidence,) = guess_categories(words).evidence
    assert evidence.quote == "Keripik Singkong balado" and evidence.span == (7, 30)


def test_otherwise_the_evidence_is_the_words_that_tell_most() -> None:
    found = guess_categories("sndal kulit")
    assert found.guesses[0].category == "sandals"
    assert "sndal" in found.evidence[0].quote


def test_the_quote_is_hers_where_prices_are_blanked() -> None:
    words = "madu 15rb asli"
    (evidence,) = guess_categories(words, blanked="madu      asli").evidence
    assert evidence.quote == "madu"


@given(texts)
def test_whatever_she_writes_the_guesses_are_three_and_in_order(words: str) -> None:
    found = guess_categories(words)
    if not found.guesses:
        assert found.sure is None
        return
    probabilities = [guess.probability for guess in found.guesses]
    assert len({guess.category for guess in found.guesses}) == 3
    assert probabilities == sorted(probabilities, reverse=True) and 0 <= sum(probabilities) <= 1.001
    assert {guess.category for guess in found.guesses} <= load_categories().keys()
    for evidence in found.evidence:
        assert evidence.span is not None and words[slice(*evidence.span)] == evidence.quote != ""
