from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.copy import load_copy
from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from config.messages import Language
from models.fact import Evidence, Fact, FactKind
from models.marketplace import Marketplace
from processing.suggest.guard import guard
from processing.suggest.known import Known, know
from processing.suggest.write.english_name import english_name, english_phrase
from processing.suggest.write.keywords import LONGEST, MOST
from processing.suggest.write.limits import DESCRIPTION, TITLE, Lengths, lengths_of, shorten
from processing.suggest.write.marketplace import write_for
from processing.suggest.write.spoken_name import spoken_name
from processing.suggest.write.value import tell
from processing.suggest.write.write import write
from tests.processing.suggest.known_things import fact, knowns

LANGUAGES: tuple[Language, ...] = ("id", "en")
MARKETS = [load_marketplace(code) for code in known_marketplaces()]
BAG = know(
    "Tas Anyaman Pandan",
    (
        fact(FactKind.DIMENSION, "20 x 30 cm"),
        fact(FactKind.COLOUR, "cokelat", "pixels"),
        fact(FactKind.COUNT, "2 pcs", "pixels", amount=2),
        fact(FactKind.MATERIAL, "pandan"),
    ),
    "woven_bags",
)


@given(knowns, st.sampled_from(MARKETS), st.integers(1, 60))
@settings(max_examples=100, deadline=None)
def test_no_marketplaces_limit_is_ever_broken(known: Known, market: Marketplace, most: int) -> None:
    copy = write_for(market, known, None)
    lengths = lengths_of(market)
    assert len(copy.title) <= lengths.most_title
    assert len(copy.description) <= lengths.most_description
    for language in LANGUAGES:
        words = write(known, language)
        assert len(words.title) <= TITLE and len(words.description) <= DESCRIPTION
        assert len(words.keywords) <= MOST and all(0 < len(keyword) <= LONGEST for keyword in words.keywords)
        narrow = write(known, language, Lengths(most_title=most, most_description=most))
        assert len(narrow.title) <= most and len(narrow.description) <= most


@given(st.text(max_size=80), st.integers(1, 60))
def test_a_text_is_cut_to_size(text: str, most: int) -> None:
    assert len(shorten(text, most)) <= most


@given(knowns, st.sampled_from(MARKETS))
@settings(max_examples=40, deadline=None)
def test_words_for_a_marketplace_are_as_true_as_all_others(known: Known, market: Marketplace) -> None:
    copy = write_for(market, known, None)
    language = market.language
    ours = write(known, language).model_copy(update={"title": copy.title, "description": copy.description})
    assert guard(ours, known)[1] == ()


def test_what_a_marketplace_prohibits_is_in_no_words_for_it() -> None:
    free = next(market for market in MARKETS if market.language == "id")
    market = free.model_copy(update={"prohibited": ("anyam*", "pandan")})
    words = write_for(market, BAG, None)
    told = " ".join((words.title, words.description, *words.attributes.values())).casefold()
    assert words.title.startswith("Tas")
    assert "pandan" not in told and "anyam" not in told
    assert "pandan" in write_for(free, BAG, None).description.casefold()


def test_a_title_has_brand_name_feature_and_measure() -> None:
    facts = (
        fact(FactKind.BRAND, "Mekar"),
        fact(FactKind.FLAVOUR, "keju"),
        fact(FactKind.WEIGHT, "250 g"),
        fact(FactKind.ORIGIN, "Garut"),
    )
    chips = know("Keripik Singkong", facts, "cassava_chips")
    assert write(chips, "id").title == "Mekar Keripik Singkong Rasa Keju 250 g"
    assert write(chips, "en").title == "Mekar Cassava Chips, Cheese Flavour, 250 g"
    assert write(chips, "id", Lengths(least_title=45)).title == "Mekar Keripik Singkong Rasa Keju 250 g dari Garut"


def test_variants_to_choose_from_stand_in_the_text_and_not_in_the_title() -> None:
    facts = (fact(FactKind.WEIGHT, "250 g"), fact(FactKind.WEIGHT, "500 g"))
    words = write(know("Keripik Singkong", facts, "cassava_chips"), "id")
    assert "250" not in words.title
    assert "250 g dan 500 g" in words.description


def test_how_many_a_photo_shows_is_not_sold() -> None:
    assert "2 pcs" not in " ".join(str(write(BAG, language)) for language in LANGUAGES)


def test_what_only_the_photo_shows_is_told_as_seen() -> None:
    words = write(BAG, "id")
    assert any(start in words.description for start in ("Di foto tampak", "yang tampak di foto"))
    assert words.alt_text == "Tas anyaman pandan berwarna cokelat."


@pytest.mark.parametrize(
    ("name", "code", "english"),
    [
        ("Keripik Singkong Balado", "cassava_chips", "Balado Chilli Cassava Chips"),
        ("Tas Anyaman Pandan", "woven_bags", "Woven Pandan Leaf Bag"),
        ("Opak Mekar", None, "Opak Mekar (Thin Crackers)"),
        ("Sandal Kulit Pria", "sandals", "Men's Leather Sandals"),
        ("Madu Hutan Asli", "honey", "Wild Honey"),
        ("Kain Batik dari Garut", "batik_cloth", "Batik Cloth from Garut"),
        ("Xyz", None, "Xyz"),
        ("Kaos Hitam Putih Navy", "everyday_wear", "Black, White and Navy T-Shirt"),
        ("Emping Limpung", "emping", "Limpung Melinjo Crackers"),
        ("Serundeng Daging", "meat_floss", "Meat Serundeng"),
    ],
)
def test_a_name_in_english_is_whole_or_the_local_name_with_its_gloss(
    name: str, code: str | None, english: str
) -> None:
    assert english_name(name, code) == english


def test_inside_a_sentence_a_name_has_small_letters_but_for_places_makers_and_what_we_do_not_know() -> None:
    chips = know("Keripik Singkong Asli Garut", (fact(FactKind.ORIGIN, "Garut"),), "cassava_chips")
    assert spoken_name(chips, "id") == "keripik singkong asli Garut"
    assert spoken_name(know("VCO Minyak Kelapa", (), "cooking_oil"), "id") == "VCO minyak kelapa"
    assert spoken_name(know("Beras Pandan Wangi Cianjur", (), "rice"), "id") == "beras pandan wangi Cianjur"
    assert spoken_name(chips, "en") == "Garut cassava chips"
    assert "our Garut cassava chips" in write(chips, "en").description
    hers = know("Rak Bambu Susun Bu Mawar", (), "tables", "rak bambu susun bu mawar")
    assert spoken_name(hers, "id") == "rak bambu susun Bu Mawar"
    assert spoken_name(know("Seblak Rafael", (), "ready_meals", "seblak Rafael"), "id") == "seblak Rafael"


@pytest.mark.parametrize(
    ("name", "code", "phrase"),
    [
        ("Gula Merah Aren Asli Kuningan", "palm_sugar", "Kuningan palm sugar"),
        ("Es Lilin Kacang Ijo", "iced_drinks", "mung bean ice pops"),
        ("Abon Sapi Solo Pedes Manis", "meat_floss", "Solo sweet and spicy beef floss"),
        ("Madu Mongso Ponorogo", "sweet_snacks", "Ponorogo madu mongso sticky rice sweets"),
        ("Nopia Madu", "cookies", None),
        ("Sarung Goyor Cap Mangga", "sarongs", "sarong"),
        ("Gula Aren Bu Mawar", "palm_sugar", "palm sugar"),
        ("Mukena Katun Jepang", "mukena", "Japanese cotton prayer dress"),
        ("Xyz", None, None),
    ],
)
def test_a_sentence_has_the_english_thing_where_there_is_one(
    name: str, code: str | None, phrase: str | None
) -> None:
    assert english_phrase(name, code) == phrase


def test_what_the_name_says_is_not_said_again() -> None:
    colours = (fact(FactKind.COLOUR, "hitam"), fact(FactKind.COLOUR, "navy"))
    assert "Warnanya" not in write(know("Kaos Polos Hitam Navy", colours, "everyday_wear"), "id").description
    evidence = Evidence(source="note", quote="maroon")
    maroon = fact(FactKind.COLOUR, "marun").model_copy(update={"evidence": evidence})
    keywords = write(know("Gamis Maroon", (maroon,), "muslim_wear"), "id").keywords
    assert not any("maroon marun" in keyword for keyword in keywords)


def test_a_measure_is_told_by_what_it_measures() -> None:
    pot = know("Pot Keramik", (fact(FactKind.DIMENSION, "tinggi 30 cm"),), "ceramics")
    assert "Tingginya 30 cm." in write(pot, "id").description
    assert write(pot, "id").title == "Pot Keramik Tinggi 30 cm"


@pytest.mark.parametrize(
    ("told", "english"),
    [
        (fact(FactKind.COUNT, "isi 10"), "pack of 10"),
        (fact(FactKind.COUNT, "1 botol"), "1 bottle"),
        (fact(FactKind.SIZE, "S, M, L"), "S, M, L"),
        (fact(FactKind.SIZE, "all size"), "one size"),
        (fact(FactKind.DIMENSION, "tinggi 2,5 m"), "height 2.5 m"),
        (fact(FactKind.COLOUR, "cokelat tua"), "dark brown"),
        (fact(FactKind.PATTERN, "motif kawung"), "kawung"),
        (fact(FactKind.ORIGIN, "Garut"), "Garut"),
    ],
)
def test_values_are_told_in_english(told: Fact, english: str) -> None:
    assert tell(told, "en") == english


def test_keywords_have_other_spellings_and_the_town() -> None:
    chips = know("Keripik Singkong", (fact(FactKind.ORIGIN, "Garut"),), "cassava_chips")
    keywords = write(chips, "id").keywords
    assert {"keripik singkong", "kripik singkong", "keripik singkong garut"} <= set(keywords)
    assert not any("balado" in keyword for keyword in keywords)


def test_twenty_listings_of_a_shop_do_not_read_alike() -> None:
    texts = set()
    for number in range(20):
        name = f"Keripik Nomor {chr(65 + number)}"
        texts.add(write(replace(BAG, name=name, code="cassava_chips"), "id").description.replace(name, ""))
    assert len(texts) >= 6


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_kind_of_fact_has_its_label_and_every_family_its_sentences(language: Language) -> None:
    words = load_copy(language)
    assert set(words.labels) == set(FactKind)
    assert {"general", "snacks", "food", "herbs", "craft", "fashion", "beauty", "home", "farm"} == set(
        words.family
    )
