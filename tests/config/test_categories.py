from pathlib import Path

import pytest
from pydantic import ValidationError

from config import categories as module
from config.categories import Family, family_of, load_categories, load_families
from config.presets import PresetError

CHIPS = {"id": "Keripik", "en": "Chips", "google": 2392, "google_path": "Food > Chips", "keywords": ["keripik"]}
FAMILY = {"id": "Camilan", "en": "Snacks", "category": {"chips": CHIPS}}


def test_there_are_enough_categories_for_a_village_and_each_has_both_names() -> None:
    categories = load_categories()
    assert len(load_families()) == 8 and len(categories) >= 150
    for language in ("id", "en"):
        names = [category.name(language) for category in categories.values()]
        assert len(set(names)) == len(names)
        families = [family.name(language) for family in load_families().values()]
        assert len(set(families)) == len(families)


def test_a_code_is_a_plain_english_name() -> None:
    assert all(code.isascii() and code.replace("_", "").islower() for code in load_categories())


def test_each_id_of_googles_stands_for_one_path_and_each_path_for_one_id() -> None:
    pairs = {(category.google, category.google_path) for category in load_categories().values()}
    assert len({google for google, _ in pairs}) == len({path for _, path in pairs}) == len(pairs)
    for _, path in pairs:
        parts = path.split(" > ")
        assert all(part and part == part.strip() for part in parts), path


def test_a_category_knows_its_family() -> None:
    assert family_of("honey") == "food" and family_of("batik_cloth") == "fashion"
    with pytest.raises(KeyError):
        family_of("laptops")


@pytest.mark.parametrize("keyword", ["Keripik", "keripik  singkong", " keripik"])
def test_a_keyword_that_could_never_match_is_refused(keyword: str) -> None:
    with pytest.raises(ValidationError, match="lower case"):
        Family.model_validate(FAMILY | {"category": {"a": CHIPS | {"keywords": [keyword]}}})


@pytest.mark.parametrize("missing", ["id", "en", "google", "google_path", "keywords"])
def test_a_category_without_names_ids_or_keywords_is_refused(missing: str) -> None:
    with pytest.raises(ValidationError, match=missing):
        Family.model_validate(FAMILY | {"category": {"a": {key: CHIPS[key] for key in CHIPS if key != missing}}})


ONE = """id = "A"
en = "A"

[category.chips]
id = "K"
en = "C"
google = 1
google_path = "F"
keywords = ["keripik"]
"""


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (ONE.replace("keripik", "emping"), "b.toml:4: category.chips: is a category of a too"),
        (
            ONE.replace("category.chips", "category.crisps").replace("keripik", "kripik"),
            "b.toml:9: category.crisps.keywords: 'kripik' belongs to chips and to crisps",
        ),
    ],
)
def test_what_belongs_to_two_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str, said: str
) -> None:
    (tmp_path / "a.toml").write_text(ONE)
    (tmp_path / "b.toml").write_text(other)
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    with pytest.raises(PresetError) as refused:
        load_families.__wrapped__()
    assert str(refused.value).endswith(said)
