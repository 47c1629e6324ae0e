import re
from datetime import date
from pathlib import Path

import pytest

from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from config.presets import PresetError
from models.rule import Level
from tests.rules import rule_names

CODES = ("amazon", "ebay", "etsy", "google", "lazada", "mercadolibre", "meta", "shopee", "tokopedia")
GOOD = """# A market of our own
code = "pasar"
name = "Pasar"

[[rule]]
rule = "max_bytes"
value = 1000
source = "a page"
checked = 2026-11-23
grade = "B"

[[rule]]
rule = "min_title"
value = 20
source = "a page"
checked = 2026-11-23
grade = "B"

[[rule]]
rule = "max_title"
value = 80
source = "a page"
checked = 2026-11-23
grade = "B"

[[tier]]
code = "LOW"
id = "Rendah"
en = "Low"

[[tier]]
code = "HIGH"
id = "Tinggi"
en = "High"

[[tier.task]]
rule = "video"
value = true
categories = ["shoes"]
source = "a page"
checked = 2026-11-23
grade = "A"
"""


def write(folder: Path, text: str) -> None:
    (folder / "pasar.toml").write_text(text, encoding="utf-8")


def test_there_is_a_profile_of_every_marketplace() -> None:
    assert known_marketplaces() == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_profile_that_we_ship_says_where_each_rule_is_from(code: str) -> None:
    profile = load_marketplace(code)
    rules = [rule for _, rule in profile.placed()]
    assert profile.code == code
    assert rules
    assert all(rule.source and date(2026, 11, 1) <= rule.checked <= date.today() for rule in rules)
    assert all("http" in rule.source for rule in rules if rule.grade == "A")


def test_the_good_profile_is_good(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    profile = load_marketplace("pasar", tmp_path)
    assert known_marketplaces(tmp_path) == ("pasar",)
    assert [rule.rule for rule in profile.rule] == ["max_bytes", "min_title", "max_title"]
    assert [rule.rule for rule in profile.photo_rules] == ["max_bytes"]
    assert [tier.name("id") for tier in profile.tier] == ["Rendah", "Tinggi"]
    assert [task.categories for task in profile.tier[1].task] == [("shoes",)]


def test_an_announced_rule_is_advice_until_its_day_comes(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("value = 1000", 'value = 1000\nlevel = "advised"\nrequired_from = 2027-01-31'))

    def level(day: date) -> Level:
        return load_marketplace("pasar", tmp_path, day=day).rule[0].level

    assert level(date(2027, 1, 30)) is Level.ADVISED
    assert level(date(2027, 1, 31)) is level(date(2030, 1, 1)) is Level.REQUIRED


def test_google_wants_500_px_from_the_day_that_it_says() -> None:
    def required(day: date) -> set[str]:
        rules = load_marketplace("google", day=day).photo_rules
        return {rule.wanted for rule in rules if rule.rule == "min_side" and rule.level is Level.REQUIRED}

    assert required(date(2026, 11, 24)) == {">= 250 px"}
    assert required(date(2027, 1, 31)) == {">= 250 px", ">= 500 px"}


def test_lazada_takes_two_photos_to_eight() -> None:
    counts = {rule.wanted: rule.level for rule in load_marketplace("lazada").rule if rule.rule.endswith("_photos")}
    assert counts == {">= 2": Level.REQUIRED, "<= 8": Level.REQUIRED}


MALFORMED = {
    # name: (what stands there, what is written instead, line, words of the reason)
    "a value that is not positive": ("value = 1000", "value = -5", 7, ["value", "greater than 0"]),
    "a value of another kind": ("value = 1000", 'value = "much"', 7, ["value", "integer"]),
    "yes for a number": ("value = 1000", "value = true", 7, ["value", "integer"]),
    "a fraction of a byte": ("value = 1000", "value = 10.5", 7, ["value", "integer"]),
    "a number in a string": ("value = 1000", 'value = "1000"', 7, ["value", "integer"]),
    "no value": ("value = 1000\n", "", 5, ["value", "required"]),
    "no source": ('source = "a page"\nchecked', "checked", 5, ["source", "required"]),
    "an empty source": ('source = "a page"', 'source = ""', 8, ["source", "at least 1"]),
    "no day": ("checked = 2026-11-23\n", "", 5, ["checked", "required"]),
    "a day that is none": ("checked = 2026-11-23", 'checked = "lately"', 9, ["checked", "date"]),
    "a day that the calendar lacks": ("checked = 2026-11-23", "checked = 2026-11-31", 9, []),
    "no grade": ('grade = "B"\n', "", 5, ["grade", "required"]),
    "a grade that there is not": ('grade = "B"', 'grade = "C"', 10, ["grade", "'A', 'B' or '?'"]),
    "a level that there is not": ('grade = "B"', 'grade = "B"\nlevel = "strict"', 11, ["level", "required"]),
    "a rule that there is not": ('rule = "max_bytes"', 'rule = "max_byte"', 5, ["'max_byte'", "'max_bytes'"]),
    "no rule": ('rule = "max_bytes"\n', "", 5, ["rule"]),
    "a key that is misspelt": ("value = 1000", "value = 1000\nlevle = 1", 8, ["levle", "not permitted"]),
    "categories of a photo": ("value = 1000", 'value = 1000\ncategories = ["shoes"]', 8, ["categories"]),
    "a cover of a title": ("value = 20", "value = 20\ncover = true", 15, ["cover", "not permitted"]),
    "per cent for a share": (
        '"max_bytes"\nvalue = 1000',
        '"min_fill"\nvalue = 85.0',
        7,
        ["less than or equal to 1"],
    ),
    "a condition that is not to hold": ('"max_bytes"\nvalue = 1000', '"no_text"\nvalue = false', 7, ["True"]),
    "an aspect without a number": ('"max_bytes"\nvalue = 1000', '"aspect"\nvalue = []', 7, ["at least 1"]),
    "an aspect of nothing": ('"max_bytes"\nvalue = 1000', '"aspect"\nvalue = [0.0]', 7, ["greater than 0"]),
    "a format by its ending": ('"max_bytes"\nvalue = 1000', '"formats"\nvalue = ["JPG"]', 7, ["'JPEG'"]),
    "whiter than white": ('"max_bytes"\nvalue = 1000', '"min_whiteness"\nvalue = 256', 7, ["255"]),
    "the same rule twice": ('"min_title"\nvalue = 20', '"max_title"\nvalue = 80', 20, ["max_title", "said twice"]),
    "rules that nothing keeps": ("value = 20", "value = 81", 14, ["min_title 81 is more than max_title 80"]),
    "a category that there is not": ('["shoes"]', '["shoe"]', 39, ["no category shoe"]),
    "one tier alone": (GOOD[GOOD.index('[[tier]]\ncode = "HIGH"') :], "", 26, ["one tier alone"]),
    "two tiers of one code": ('code = "HIGH"', 'code = "LOW"', 32, ["two tiers have the code LOW"]),
    "a tier without a name": ('id = "Tinggi"\n', "", 31, ["id", "required"]),
    "a tier that takes nothing": (GOOD[GOOD.index("[[tier.task]]") :], "", 32, ["HIGH has no task"]),
    "a lowest tier that takes something": (
        'en = "Low"\n',
        'en = "Low"\n' + GOOD[GOOD.index("[[tier.task]]") :],
        30,
        ["every listing reaches it"],
    ),
    "a task with a level": ("value = true", 'value = true\nlevel = "advised"', 39, ["has no level"]),
    "a photo's rule as a task": ('rule = "video"', 'rule = "still"', 36, ["'still'", "'video'"]),
    "another name than the file's": ('code = "pasar"', 'code = "toko"', 2, ["'toko' is not the file's name"]),
    "a code with spaces": ('code = "pasar"', 'code = "pasar desa"', 2, ["code", "pattern"]),
    "no name": ('name = "Pasar"\n', "", 1, ["name", "required"]),
    "no rules": (GOOD[GOOD.index("[[rule]]") : GOOD.index("[[tier]]")], "", 1, ["rule", "required"]),
    "a table where rules should be": (GOOD[GOOD.index("[[rule]]") :], "[rule]\nvalue = 1\n", 5, ["rule", "tuple"]),
    "a section that there is not": (GOOD[GOOD.index("[[tier]]") :], "[photo]\nmin_width = 3\n", 26, ["photo"]),
    "a value that is missing": ("value = 1000", "value =", 7, ["Invalid value"]),
    "a string that does not end": ('source = "a page"', 'source = "a page', 8, []),
    "a key that stands twice": ("value = 1000", "value = 1000\nvalue = 1001", 8, ["overwrite"]),
    "an end in the middle": (GOOD[GOOD.index("categories") :], 'categories = ["shoes"', 39, ["Unclosed array"]),
    "an empty file": (GOOD, "", 1, ["code", "name", "rule"]),
}


@pytest.mark.parametrize(("wrong", "right", "line", "named"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_profile_is_refused_with_file_line_and_reason(
    tmp_path: Path, wrong: str, right: str, line: int, named: list[str]
) -> None:
    assert wrong in GOOD
    write(tmp_path, GOOD.replace(wrong, right, 1))
    with pytest.raises(PresetError) as caught:
        load_marketplace("pasar", tmp_path)
    assert f"{tmp_path / 'pasar.toml'}:{line}: " in str(caught.value)
    for part in named:
        assert part in str(caught.value)


def test_every_fault_is_named_on_a_line_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("value = 1000", "value = 0").replace('"Tinggi"', '""'))
    with pytest.raises(PresetError) as caught:
        load_marketplace("pasar", tmp_path)
    first, second = str(caught.value).splitlines()
    assert ":7: rule.0.max_bytes.value: " in first
    assert ":33: tier.1.id: " in second


def test_a_profile_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pasar.toml").write_bytes(GOOD.encode().replace(b"a page", b"a p\xe4ge", 1))
    with pytest.raises(PresetError, match=r"pasar\.toml:8: is not text in UTF-8"):
        load_marketplace("pasar", tmp_path)


def test_an_unknown_marketplace_is_refused_with_those_that_are_known(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    with pytest.raises(PresetError, match="pasar"):
        load_marketplace("bazaar", tmp_path)


def test_the_profile_in_the_documents_is_a_good_one_and_every_word_is_explained(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "marketplaces.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    write(tmp_path, example)
    assert load_marketplace("pasar", tmp_path).tier[1].task
    assert set(rule_names()) <= set(re.findall(r"`(\w+)`", text))
