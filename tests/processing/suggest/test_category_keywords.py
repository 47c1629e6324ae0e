import pytest

from processing.suggest.category_keywords import find_categories
from processing.suggest.words import split_sentences


def categories(text: str) -> list[tuple[str, bool]]:
    return [(mention.value.code, mention.value.leading) for mention in find_categories(split_sentences(text))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("keripik singkong balado", "cassava_chips"),
        ("Kripik Pisang Coklat", "fruit_chips"),
        ("aneka keripik", "chips"),
        ("sandal batik pria", "sandals"),
        ("kemeja batik", "batik_wear"),
        ("kemeja motif batik", "mens_wear"),
        ("batik tulis", "batik_cloth"),
        ("tas anyaman rotan", "woven_bags"),
        ("keranjang rotan", "baskets"),
        ("sale pisang", "dried_fruit"),
        ("telur asin", "salted_eggs"),
        ("camilan keripik pisang", "fruit_chips"),
        ("camilan", "savoury_snacks"),
        ("oleh-oleh, dodol garut", "dodol"),
        ("keripik singkong rasa madu dan coklat", "cassava_chips"),
        ("keripik singkong, singkong pilihan", "cassava_chips"),
        ("madu asli. enak diminum dengan teh", "honey"),
        ("mug keramik", "ceramics"),
        ("Ukiran kayu jati", "wood_carving"),
    ],
)
def test_the_head_of_the_name_decides(text: str, code: str) -> None:
    assert categories(text) == [(code, True)]


@pytest.mark.parametrize(
    "text", ["madu dan sambal", "sandal, tas", "madu\nkopi bubuk", "keripik pisang / keripik singkong"]
)
def test_two_products_are_not_decided(text: str) -> None:
    assert len(categories(text)) == 2


def test_a_word_further_on_is_only_a_hint() -> None:
    assert categories("hiasan mobil batik") == [("batik_cloth", False)]


@pytest.mark.parametrize("text", ["", "laptop bekas", "madura", "tasik", "enak sekali"])
def test_what_is_not_in_the_vocabulary_gives_nothing(text: str) -> None:
    assert categories(text) == []
