import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.guarded import load_guarded
from processing.suggest.claims import claims_in_name
from processing.suggest.name import name_product
from processing.suggest.words import split_sentences


def named(words: str, head: str = "") -> str | None:
    found = name_product(split_sentences(words), around=words.find(head) if head else None)
    return found.value if found else None


@pytest.mark.parametrize(
    ("words", "head", "name"),
    [
        ("keripik singkong terbaik no 1 juara 1 dunia dijamin halal", "keripik", "Keripik Singkong"),
        ("mengatasi pegal madu hutan", "madu", "Madu Hutan"),
        ("madu hutan menyembuhkan diabetes", "madu", "Madu Hutan"),
        ("kopi gayo tanpa gula", "kopi", "Kopi Gayo"),
        ("opak ketan mekar sari", "opak", "Opak Ketan Mekar Sari"),
        ("Sambal Bu Rudy Surabaya", "Sambal", "Sambal Bu Rudy Surabaya"),
        ("sambal print the secret key", "sambal", "Sambal"),
        ("vitamin rambut urang aring", "vitamin", "Vitamin Rambut Urang Aring"),
        ("gamis katun warna navy", "gamis", "Gamis Katun"),
        ("aneka kue kering", "kue", "Aneka Kue Kering"),
        ("lumpia beku ayam udang", "udang", "Lumpia Beku Ayam Udang"),
        ("dodol garut rasa original", "dodol", "Dodol Garut"),
        ("stik bawang by dapur mamah eva", "stik", "Stik Bawang"),
        ("basreng stik original/pedas/extra pedas", "pedas", "Basreng Stik"),
        ("jamu kunyit asem botol seger", "jamu", "Jamu Kunyit Asem"),
        ("kursi tamu kayu trembesi meh", "kursi", "Kursi Tamu Kayu Trembesi"),
        ("kain batik motif mega mendung", "kain", "Kain Batik Motif Mega Mendung"),
        ("blangkon jogja wrn ireng", "blangkon", "Blangkon Jogja"),
        ("telur asin 1,5 lusin, masir", "telur", "Telur Asin 1,5 Lusin"),
    ],
)
def test_a_name_is_her_words_for_the_goods_without_claims(words: str, head: str, name: str) -> None:
    assert named(words, head) == name


@given(
    st.lists(st.sampled_from([*load_guarded().in_no_name, "keripik", "balado", "madu"]), max_size=8).map(" ".join)
)
def test_no_name_makes_a_claim(words: str) -> None:
    name = named(words.replace("*", ""))
    assert name is None or claims_in_name(name) is None
