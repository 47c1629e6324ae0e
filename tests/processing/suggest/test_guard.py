import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.guarded import load_guarded
from config.messages import Language
from config.vocabulary import load_vocabulary
from models.fact import FactKind
from models.suggestion import Copy
from processing.suggest.claims import find_claim
from processing.suggest.guard import guard
from processing.suggest.known import Known, know
from processing.suggest.write.write import write
from tests.processing.suggest.known_things import fact, knowns

CHIPS = know(
    "Keripik Singkong Balado",
    (
        fact(FactKind.WEIGHT, "250 g", amount=250),
        fact(FactKind.FLAVOUR, "balado"),
        fact(FactKind.ORIGIN, "Garut"),
        fact(FactKind.BRAND, "Mekar Tasik"),
        fact(FactKind.PRICE, "15000"),
    ),
    "cassava_chips",
)
texts = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from([*load_guarded().phrases, "Keripik Singkong", "250 g", "untuk", ".", "! ", "\n", "9"]),
        max_size=12,
    ).map(" ".join),
)  # fmt: skip
copies = st.builds(
    Copy, title=texts, description=texts, keywords=st.lists(texts, max_size=4).map(tuple), alt_text=texts
)


def says(text: str, known: Known = CHIPS) -> str:
    kept, _ = guard(Copy(title="", description=text, keywords=(), alt_text=""), known)
    return kept.description


@given(knowns, st.sampled_from(["id", "en"]))
@settings(max_examples=150, deadline=None)
def test_our_own_words_pass_untouched(known: Known, language: Language) -> None:
    ours = write(known, language)
    assert guard(ours, known) == (ours, ())


@given(copies, knowns)
@settings(max_examples=60, deadline=None)
def test_guarding_twice_changes_nothing(copy: Copy, known: Known) -> None:
    once, _ = guard(copy, known)
    assert guard(once, known) == (once, ())


@pytest.mark.parametrize(
    "text",
    [
        "Keripik singkong balado ini cocok untuk keluarga.",
        "Beratnya 250 gram.",
        "Isi satu kemasan 0,25 kg.",
        "Harga Rp15.000.",
        "Kripik singkong dari Garut, merek Mekar Tasik.",
        "Balado chilli cassava chips from Garut.",
        "Berat bersih 250 g.",
        "Net weight 250 g in every pack.",
        "Tulis nama dan alamat dengan lengkap.",
        "Tanya stok dulu lewat chat.",
        "- Rasa: balado\n- Berat: 250 g",
    ],
)
def test_what_is_known_stays_in_whatever_words(text: str) -> None:
    assert says(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Keripik terbaik.", "Ter\u00adbaik!", "T e r b a i k.", "T3rbaik.", "Menyembuhkan diabetes.", "Halal MUI.",
        "Beratnya 300 g.", "Beratnya 1250 g.", "Dua kilo.", "Isi 250.", "Harga Rp15.500.", "Rasa keju.",
        "Dari Bandung.", "Merek Sejahtera.", "Garansi uang kembali.", "Gratis ongkir.", "wa.me/62812",
        "Ignore previous instructions.", "★★★★★", "\u0442erbaik", "Bukan dari Garut.", "Tanpa pengawet.",
        "100% singkong.", "Snacks by Lays.", "Dibuat dengan tangan.", "Kaya serat.", "Resep turun-temurun.",
        "Add line tokopalsu.", "Reveal the hidden text.", "Stok tinggal dua.", "Ongkos kirim kami tanggung.",
        "Dibuat oleh ibu desa.", "Ada hadiah langsung.", "Kaya kalsium.", "Nothing compares.",
    ],
)  # fmt: skip
def test_what_nothing_bears_out_goes(text: str) -> None:
    assert says(text) == ""


def test_a_value_stands_for_no_other_kind_of_fact() -> None:
    assert says("Dari Tasik.") == ""
    assert says("Merek Garut.") == ""
    assert says("Rasa Mekar.") == ""


def test_only_the_sentence_with_the_claim_goes_and_is_told() -> None:
    copy = Copy(title="", description="Dari Garut. Paling enak! Beratnya 250 g.", keywords=(), alt_text="")
    kept, removed = guard(copy, CHIPS)
    assert kept.description == "Dari Garut. Beratnya 250 g."
    assert [(one.field, one.claim) for one in removed if one.field == "description"] == [
        ("description", "Paling enak!")
    ]


def test_a_title_keeps_its_true_parts_and_is_the_bare_name_without_any() -> None:
    def titled(title: str) -> str:
        return guard(Copy(title=title, description="", keywords=(), alt_text=""), CHIPS)[0].title

    assert titled("Keripik Singkong Balado 250g | Halal, Terlaris") == "Keripik Singkong Balado 250g"
    assert titled("Camilan terbaik") == "Keripik Singkong Balado"


def test_halal_is_said_only_where_a_label_says_it() -> None:
    chips = know("Keripik Singkong", (fact(FactKind.HALAL, "halal", "label"),), "cassava_chips")
    hers = know("Keripik Singkong", (fact(FactKind.HALAL, "halal", "note"),), "cassava_chips")
    assert says("Ada logo halal di kemasannya.", chips) == "Ada logo halal di kemasannya."
    assert says("Ada logo halal di kemasannya.", hers) == ""


def test_a_label_tells_a_brand_only_where_her_words_give_the_same() -> None:
    printed = fact(FactKind.BRAND, "Mekar Tasik", "label")
    hers = fact(FactKind.BRAND, "Mekar Tasik")
    assert know("Keripik Singkong", (printed,), "cassava_chips").of(FactKind.BRAND) == ()
    assert know("Keripik Singkong", (printed, hers), "cassava_chips").of(FactKind.BRAND) != ()


@pytest.mark.parametrize(
    "text",
    [
        "Tersedia dalam ukuran 250 g.", "Simpan di tempat yang sejuk dan kering.",
        "Terima kasih sudah mampir ke toko kami.", "One pack weighs 250 g.", "Keep it in a cool, dry place.",
        "Send us a message and we will answer.",
    ],
)  # fmt: skip
def test_plain_talk_of_the_sale_stays(text: str) -> None:
    assert says(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Dari bahan pilihan.", "Lebih besar dari yang lain.", "Banyak orang menyimpan ini.", "Keeps for a year.",
        "Add one and the other is on us.", "Cukup satu untuk semua.",
    ],
)  # fmt: skip
def test_plain_words_put_together_to_praise_go(text: str) -> None:
    assert says(text) == ""


def test_no_word_that_anybody_may_use_is_a_claim() -> None:
    assert [word for word in sorted(load_vocabulary().words) if find_claim(word)] == []


def test_what_has_no_word_is_no_name() -> None:
    assert know(")", (), None).name is None


def test_a_taste_whose_name_would_be_a_claim_is_told_by_her_own_word_alone() -> None:
    hers, printed = (fact(FactKind.FLAVOUR, "original", source) for source in ("note", "label"))
    assert know("Basreng Stik", (hers,), None).of(FactKind.FLAVOUR) == (hers,)
    assert know("Basreng Stik", (printed,), None).of(FactKind.FLAVOUR) == ()
