"""Ordinary notes: nothing is told, in either language, that they do not tell."""

import pytest

from models.fact import FactKind
from models.note import SellerNote
from models.suggestion import Suggestion
from processing.suggest.suggest import suggest


def suggested(words: str) -> Suggestion:
    return suggest(SellerNote(words=words))


def values(suggestion: Suggestion, kind: FactKind) -> list[str]:
    return [fact.value for fact in suggestion.facts if fact.kind is kind]


@pytest.mark.parametrize(
    ("words", "origins"),
    [
        ("kaos merah putih, bisa bali kalo kekecilan", []),
        ("madu hutan sumbawa 650ml, kalo palsu duit bali", ["Sumbawa"]),
        ("udeng bali putih", ["Bali"]),
        ("peyek kacang Jl. Mawar No 12 Sleman, ambil sendiri boleh", []),
        ("Alamat: Kp. Cikole RT 02/05 Ds. Sukamaju, Garut. Keripik kentang 100g", []),
        ("rasanya kaya sambel bali, sambal bawang 150gr", []),
        ("kaos ambon manise uk L", []),
    ],
)
def test_where_she_lives_or_what_may_come_back_is_no_origin(words: str, origins: list[str]) -> None:
    assert values(suggested(words), FactKind.ORIGIN) == origins


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ('Kaos oblong tulisan "Rindu Kampung" uk L', FactKind.BRAND),
        ("scarf ecoprint daun jati", FactKind.MATERIAL),
        ("buka jam 8, tutup hari jumat. telur asin 3500/butir", FactKind.COLOUR),
        ("pempek palembang isi campur 20 biji", FactKind.FLAVOUR),
        ("wedang uwuh isi 7 rempah", FactKind.COUNT),
        ("JNE dari Garut 15rb. Jaket kulit domba", FactKind.PRICE),
        ("emping, stok 3 kg", FactKind.WEIGHT),
    ],
)
def test_what_is_said_of_something_else_is_no_fact(words: str, kind: FactKind) -> None:
    assert values(suggested(words), kind) == []


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("keripik bayem bisa COD Bandung kota", "Keripik Bayem"),
        ("rotan tudung saji kirim dari Cirebon", "Rotan Tudung Saji"),
        ("dikirim dari Bandung setiap selasa. basreng original", "Basreng Original"),
        ("keripik tempe bu siti pedes", "Keripik Tempe Bu Siti Pedes"),
        ("sambal terasi mbok jum botol 150ml", "Sambal Terasi Mbok Jum 150 ml"),
        ("halo bu siti, ada emping", "Emping"),
        ("minyak tawon bukan, ini minyak sereh", "Minyak Sereh"),
        ("sari temulawak, kata tetangga manjur buat maag", "Sari Temulawak"),
        ("sambel pecel mbak yuni ora pedes", "Sambel Pecel Mbak Yuni"),
        ("jamu pegel linu bubuk", "Jamu"),
        ("ready stok 20 tas anyaman pandan", "Tas Anyaman Pandan"),
        ("bendera merah putih kain", "Bendera Merah Putih Kain"),
    ],
)
def test_a_title_has_the_goods_and_whose_they_are_and_no_talk(words: str, title: str) -> None:
    found = suggested(words).title
    assert found is not None
    assert found.value == title


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("wingko babat semarang", "tripe"),
        ("madu mongso ponorogo", "honey"),
        ("lemper ayam bungkus daun pisang", "banana sticky"),
        ("sarung goyor cap mangga", "mango"),
        ("Gula Aren bu Mawar", "rose"),
        ("sambel pecel ora pedes", "spicy"),
        ("kaos kaki rajut wol", "t-shirt"),
        ("nopia madu kinangan", "our honey"),
        ("tahu sumedang isi 50", "from sumedang"),
        ("yangko kotagede", "jewellery"),
    ],
)
def test_english_tells_no_other_thing(words: str, wrong: str) -> None:
    english = suggested(words).english
    assert english is not None
    told = " ".join((english.title, english.description, english.alt_text, *english.keywords)).casefold()
    assert wrong not in told


def test_english_leaves_out_no_pork() -> None:
    english = suggested("kerupuk kulit babi bali").english
    assert english is not None
    assert "pork" in english.description


def test_what_the_handle_is_of_the_whole_is_not() -> None:
    found = suggested("golok ciomas panjang 40 cm gagang tanduk")
    assert found.description is not None and found.english is not None
    assert "Bahan: tanduk" not in found.description.value
    assert "horn" not in found.english.description
