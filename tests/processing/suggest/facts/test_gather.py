import gc
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.colours import load_colours
from config.flavours import load_flavours
from config.materials import load_materials
from config.places import load_places
from models.appearance import Appearance, Shade
from models.assessment import Assessment, Defect, DefectCode, Measurement
from models.fact import Fact, FactKind, Facts
from models.note import SellerNote
from models.photo import Finished
from models.reading import TextLine
from processing.suggest.casing import title_case
from processing.suggest.facts.gather import gather_facts
from processing.suggest.facts.note import MEASURES
from processing.suggest.facts.price import find_prices
from processing.suggest.facts.terms import run_of
from processing.suggest.note import MAX_BYTES
from tests.listings import finished

SCRAPS = [
    "keripik singkong", "tas", "rasa", "coklat", "pedas daun jeruk", "warna", "biru dongker", "abu2", "bahan",
    "katun combed", "kulit sapi", "khas", "garut", "lokasi Bandung", 'merk "Teh Rini"', "cap gajah",
    "Sambal Bu Tini", "15rb", "lima belas ribu", "Rp.98rb", "sekilo", "setengah kilo", "1 1/2 kg",
    "11\u20442 kg", "250gr", "1/4", "600ml", "isi 10", "selusin", "2 toples 45rb", "30x20x10 cm", "2m x 70cm",
    "tinggi 25 diameter 15 cm", "uk. L", "S M L XL", "3-4 th", "P-IRT 2063204010012-27", "halal", "exp 12/2027",
    "tahan 6 bulan", "0812-3456-7890", "ongkir 10rb", "\n", ",", "-", "/", "\N{LATIN SMALL LETTER DOTLESS I}",
    "\N{LATIN SMALL LETTER LONG S}", "\u0663 kg", "0 kg", "1/0 kg", "dua dua puluh kg",
]  # fmt: skip
BITS = [
    "08.00", "2,00", "17", "3.", "20,", "an", "rb", "k", "jt", "cm", "kg", "x", ":", "=", ".", "@", "dia", "dia.",
    "tinggi", "t\N{LATIN SMALL LETTER DOTLESS I}nggi", "p", "l", "t", "ld", "uk", "isi", "harga",
    "sekitar", "sampai", "setengah", "dua", "puluh", "ribu", "jam",
]  # fmt: skip
BETWEEN = ["", " ", "\n", "\t", "\N{NO-BREAK SPACE}"]
pieces = st.tuples(st.sampled_from(SCRAPS + BITS), st.sampled_from(BETWEEN)).map("".join)
notes = st.one_of(
    st.text(),
    st.lists(st.sampled_from(SCRAPS), max_size=14).map(" ".join),
    st.lists(pieces, max_size=14).map("".join),
)
WORDS = {
    FactKind.FLAVOUR: load_flavours().spelt,
    FactKind.MATERIAL: load_materials().spelt,
    FactKind.ORIGIN: load_places().spelt,
}


def gathered(words: str, *photos: Finished) -> Facts:
    return gather_facts(SellerNote(words=words), photos)


def line(text: str, confidence: float = 0.95, top: float = 0.4) -> TextLine:
    corners = ((0.3, top), (0.7, top), (0.7, top + 0.05), (0.3, top + 0.05))
    return TextLine(text=text, corners=corners, confidence=confidence)


def photo(*lines: TextLine, look: Appearance | None = None, trusted: bool = True, **assessed: object) -> Finished:
    assessment = Assessment.model_validate(
        {"score": 90, "parts": {}, "measurements": (), "defects": (), "reading": lines, "look": look} | assessed
    )
    return finished("a.jpg").model_copy(update={"assessment": assessment, "trusted": trusted})


def look(colour: str, srgb: str, *, pieces: int = 1, tallness: float = 1.0) -> Appearance:
    shade = Shade(colour=colour, srgb=srgb, share=0.9, distance=2.0)
    return Appearance(shades=(shade,), surface="plain", pieces=pieces, tallness=tallness)


def values(facts: Facts, kind: FactKind, source: str = "note") -> list[str]:
    return [fact.value for fact in facts.of(kind) if fact.evidence.source == source]


def comes_from(fact: Fact) -> bool:
    """Return whether a value can be told from its quote alone."""
    quote = fact.evidence.quote
    if fact.kind in MEASURES:
        alone = {one.value.value for one in MEASURES[fact.kind](quote)}
        return fact.value in alone or all(figure in quote for figure in re.findall(r"[0-9]+", fact.value))
    if fact.kind is FactKind.PRICE:
        return [str(price.value.rupiah) for price in find_prices(quote)] == [fact.value]
    if fact.kind in WORDS:
        ways = [way for way, name in WORDS[fact.kind].items() if name.casefold() in fact.value.casefold()]
        folded = " ".join(run_of(quote).folded)
        return any(" ".join(re.split(r"[ -]", way.casefold())) in folded for way in ways)
    if fact.kind is FactKind.COLOUR:
        spelling = load_colours().spelling
        standard = {other: word for word, others in spelling.items() for other in others}
        words = {standard.get(word, word) for word in run_of(quote).folded} | {standard.get(quote.casefold(), "")}
        names = {way for way, name in load_colours().spelt.items() if name in fact.value or fact.value in name}
        return any(set(re.split(r"[ -]", way)) & set(re.split(r"[ -]", " ".join(words))) for way in names)
    if fact.kind is FactKind.BRAND:
        return title_case(fact.value.split()).casefold() in " ".join(run_of(quote).folded) or fact.value in quote
    return True


@settings(max_examples=60)
@given(notes, st.none() | st.integers(0, 10**12))
def test_every_span_quotes_exactly_and_every_value_can_be_traced(words: str, price: int | None) -> None:
    facts = gather_facts(SellerNote(words=words, price=price))
    assert len(facts.rest) == len(words)
    for fact in facts.facts:
        assert 0 < fact.confidence <= 1
        if fact.evidence.span is None:
            assert fact.kind is FactKind.PRICE and fact.evidence.quote == str(price)
            continue
        start, end = fact.evidence.span
        assert words[start:end] == fact.evidence.quote != ""
        assert comes_from(fact), fact
    assert len({(fact.kind, fact.value) for fact in facts.facts}) == len(facts.facts)


@pytest.mark.parametrize("scrap", ["1 x ", "Rp ", "2 toples 45rb ", "Mak ", "pedas ", "P-IRT 1"])
def test_the_longest_note_takes_no_more_than_linear_time(scrap: str) -> None:
    def seconds(length: int) -> float:
        words = (scrap * length)[:length]
        start = time.process_time()
        gathered(words)
        return time.process_time() - start

    gathered((scrap * 100)[:100])
    # The quickest of three, with no collection of what other tests left: a crowded machine slows some tries only.
    gc.disable()
    try:
        whole, sixteenth = (min(seconds(length) for _ in range(3)) for length in (MAX_BYTES, MAX_BYTES // 16))
    finally:
        gc.enable()
    assert whole < 64 * sixteenth, "linear is 16 times as much, quadratic is 256"


def test_several_at_once_are_another_offer() -> None:
    facts = gathered("sambal bawang 150gr 25rb. 2 toples 45rb")
    assert values(facts, FactKind.PRICE) == ["25000"]
    assert values(facts, FactKind.COUNT) == []
    assert values(gathered("telur 2 lusin 45rb"), FactKind.PRICE) == ["45000"]


def test_a_price_that_cannot_be_told_is_unclear() -> None:
    assert gathered("keripik 10-15rb").unclear == (FactKind.PRICE,)
    assert gathered("keripik 15rb").unclear == ()


def test_a_brands_own_words_tell_nothing_else() -> None:
    facts = gathered("tas merek Kulit Garut Merah")
    assert [fact.kind for fact in facts.facts] == [FactKind.BRAND]


def test_a_label_tells_net_weight_permit_halal_and_expiry_with_their_place() -> None:
    lines = line("Netto: 25O g"), line("P-IRT No."), line("2063204010012-27"), line("HALAL"), line("EXP 12/2027")
    facts = gathered("keripik", photo(*lines))
    assert {fact.value for fact in facts.facts if fact.evidence.source == "label"} == {
        "250 g",
        "P-IRT 2063204010012-27",
        "halal",
        "Desember 2027",
    }
    (weight,) = facts.of(FactKind.WEIGHT)
    assert (weight.amount, weight.evidence.photo, weight.evidence.box) == (250.0, "a.jpg", lines[0].box)


@pytest.mark.parametrize("text", ["Takaran saji 30 g", "Gula 12 g", "16150000 gr"])
def test_a_label_has_other_weights_than_its_own(text: str) -> None:
    assert gathered("keripik", photo(line(text))).facts == ()


def test_what_is_badly_read_or_laid_over_tells_nothing() -> None:
    over = Measurement(name="text_overlay", value=0.1, unit="share", boxes=(line("").box,))
    assert gathered("keripik", photo(line("Netto 250 g", 0.6))).facts == ()
    assert gathered("keripik", photo(line("Netto 250 g"), measurements=(over,))).facts == ()


def test_note_and_label_that_differ_are_a_conflict_with_both_facts() -> None:
    (conflict,) = gathered("keripik 250gr", photo(line("Netto 200 g"))).conflicts
    assert conflict.kind is FactKind.WEIGHT
    assert {(fact.value, fact.evidence.source) for fact in conflict.facts} == {
        ("250 g", "note"),
        ("200 g", "label"),
    }


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("keripik 1/4 kg", "Netto 250 g"),
        ("keripik 200gr 15rb, 500gr 30rb", "Netto 500 g"),
        ("keripik", "Netto 200 g"),
        ("keripik 250gr", "16150 gr"),
    ],
)
def test_what_agrees_is_one_of_several_or_badly_read_is_no_conflict(words: str, label: str) -> None:
    assert gathered(words, photo(line(label))).conflicts == ()


def test_a_brand_on_the_label_is_told_where_her_words_name_it() -> None:
    assert values(gathered('kopi merk "Teh Rini"', photo(line("TEH RlNI"))), FactKind.BRAND, "label") == [
        "Teh Rini"
    ]


@pytest.mark.parametrize(("words", "agrees"), [("tas navy", True), ("tas biru", True), ("tas merah", False)])
def test_a_photos_colour_is_trusted_less_where_she_names_another_and_contradicts_nothing(
    words: str, agrees: bool
) -> None:
    alone = gathered("tas", photo(look=look("biru dongker", "#1f2a50")))
    facts = gathered(words, photo(look=look("biru dongker", "#1f2a50")))
    (before,), (after,) = (
        [fact for fact in each.of(FactKind.COLOUR) if fact.evidence.source == "pixels"] for each in (alone, facts)
    )
    assert (after.confidence > before.confidence) is agrees
    assert facts.conflicts == ()


def test_only_trusted_outlines_and_true_light_tell_colours() -> None:
    seen = look("biru", "#2c5da5")
    cast = (Defect(code=DefectCode.COLOUR_CAST, severity=0.5),)
    assert gathered("tas", photo(look=seen, trusted=False)).facts == ()
    (true,) = gathered("tas", photo(look=seen)).of(FactKind.COLOUR)
    (untrue,) = gathered("tas", photo(look=seen, defects=cast)).of(FactKind.COLOUR)
    assert untrue.confidence < true.confidence


def test_of_what_is_eaten_the_packages_colour_is_not_told() -> None:
    facts = gathered("keripik pisang", photo(look=look("merah", "#c02128", pieces=2, tallness=1.8)))
    assert values(facts, FactKind.COLOUR, "pixels") == []
    assert values(facts, FactKind.COUNT, "pixels") == ["2 di foto"]
    assert values(facts, FactKind.PROPORTION, "pixels") == ["tinggi 1,8 kali lebarnya"]


@pytest.mark.parametrize(
    "words",
    [
        "Keripik singkong 15rb, buka jam 08.00an",
        "keripik 2,00an",
        "Kado untuk dia.\n20, warna biru",
        "Kado untuk dia.\t3. warna biru",
        "t\N{LATIN SMALL LETTER DOTLESS I}nggi: 20",
    ],
)
def test_what_looks_like_a_price_or_a_measure_and_is_none_is_read_over(words: str) -> None:
    assert [fact.value for fact in gathered(words).facts if fact.kind is FactKind.PRICE] in ([], ["15000"])
