"""What the goods are not."""

import pytest

from models.fact import FactKind
from models.note import SellerNote
from processing.suggest.facts.denied import find_denied
from processing.suggest.facts.gather import gather_facts


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("bolen Kartika? bukan, ini bolen rumahan", ["bolen Kartika? bukan"]),
        ("mau kaos combed? warna hitam", []),
        ("keripik garut asli. mau?", []),
        ("bukan madu palsu, madu hutan", ["bukan madu palsu"]),
        ("tas rajut mirip hermes tapi lokal", ["mirip hermes"]),
        ("minyak tawon bukan, ini minyak sereh", ["minyak tawon bukan, "]),
    ],
)
def test_what_goods_are_not_or_only_like_is_found(text: str, quotes: list[str]) -> None:
    assert [text[mention.start : mention.end] for mention in find_denied(text)] == quotes


def test_what_is_denied_is_no_fact() -> None:
    facts = gather_facts(SellerNote(words="mochi cap Gajah sukabumi? bukan, ini mochi bandung 20rb"))
    assert [fact.value for fact in facts.of(FactKind.ORIGIN)] == ["Bandung"]
    assert not facts.of(FactKind.BRAND)
