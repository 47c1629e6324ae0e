import pytest
from pydantic import ValidationError

from config.categories import Categories, load_categories

CHIPS = {"id": "Keripik", "en": "Chips", "keywords": ["keripik"]}


def test_there_are_enough_categories_for_a_village_and_each_has_both_names() -> None:
    categories = load_categories()
    assert len(categories) >= 60
    for language in ("id", "en"):
        names = [category.name(language) for category in categories.values()]
        assert len(set(names)) == len(names)


def test_a_code_is_a_plain_english_name() -> None:
    assert all(code.isascii() and code.replace("_", "").islower() for code in load_categories())


def test_a_keyword_of_two_categories_is_refused() -> None:
    with pytest.raises(ValidationError, match="'keripik' belongs to a and to b"):
        Categories.model_validate({"category": {"a": CHIPS, "b": CHIPS}})


@pytest.mark.parametrize("keyword", ["Keripik", "keripik  singkong", " keripik"])
def test_a_keyword_that_could_never_match_is_refused(keyword: str) -> None:
    with pytest.raises(ValidationError, match="lower case"):
        Categories.model_validate({"category": {"a": CHIPS | {"keywords": [keyword]}}})


@pytest.mark.parametrize("missing", ["id", "en", "keywords"])
def test_a_category_without_names_or_keywords_is_refused(missing: str) -> None:
    with pytest.raises(ValidationError, match=missing):
        Categories.model_validate({"category": {"a": {key: CHIPS[key] for key in CHIPS if key != missing}}})
