from pathlib import Path

import pytest

from config.marketplaces import known_marketplaces, load_marketplace
from config.presets import PresetError
from models.marketplace import Marketplace, Rule

GOOD = """
code = "pasar"
name = "Pasar"
[max_bytes]
value = 1000
source = "a page"
checked = 2026-11-23
grade = "B"
"""


def rules(profile: Marketplace) -> dict[str, Rule[object]]:
    return {name: value for name, value in profile if isinstance(value, Rule)}


@pytest.mark.parametrize("code", ["tokopedia", "shopee"])
def test_a_profile_that_we_ship_says_where_each_rule_is_from(code: str) -> None:
    profile = load_marketplace(code)
    assert profile.code == code
    assert rules(profile)
    assert all(rule.source and rule.checked for rule in rules(profile).values())


def test_every_file_is_a_known_marketplace() -> None:
    assert {"shopee", "tokopedia"} <= set(known_marketplaces())
    assert [load_marketplace(code).code for code in known_marketplaces()] == sorted(known_marketplaces())


def test_a_marketplace_is_added_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "pasar.toml").write_text(GOOD)
    profile = load_marketplace("pasar", tmp_path)
    assert known_marketplaces(tmp_path) == ("pasar",)
    assert profile.max_bytes is not None
    assert profile.max_bytes.value == 1000
    assert profile.min_width is None


@pytest.mark.parametrize(
    ("wrong", "right", "named"),
    [
        ("value = 1000", "value = -5", ["max_bytes.value", "greater than 0"]),
        ("value = 1000", 'value = "much"', ["max_bytes.value", "integer"]),
        ('grade = "B"', 'grade = "C"', ["max_bytes.grade", "'A', 'B' or '?'"]),
        ('source = "a page"', "", ["max_bytes.source", "required"]),
        ('source = "a page"', 'source = ""', ["max_bytes.source", "at least 1"]),
        ("checked = 2026-11-23", 'checked = "lately"', ["max_bytes.checked", "date"]),
        ("[max_bytes]", "[max_byte]", ["max_byte", "not permitted"]),
        ('code = "pasar"', 'code = "toko"', ["code", "'toko' is not the file's name"]),
        ("value = 1000", "value = ", ["line 5"]),
    ],
)
def test_a_malformed_profile_is_refused_with_file_key_and_reason(
    tmp_path: Path, wrong: str, right: str, named: list[str]
) -> None:
    (tmp_path / "pasar.toml").write_text(GOOD.replace(wrong, right))
    with pytest.raises(PresetError) as caught:
        load_marketplace("pasar", tmp_path)
    for part in ["pasar.toml", *named]:
        assert part in str(caught.value)


def test_an_unknown_marketplace_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    (tmp_path / "pasar.toml").write_text(GOOD)
    with pytest.raises(PresetError, match="pasar"):
        load_marketplace("bazaar", tmp_path)
