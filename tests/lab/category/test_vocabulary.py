from config.categories import load_categories
from lab.category.generator import generate
from lab.category.titles import DEVELOPMENT, read_written
from lab.category.vocabulary import OUTSIDE, load_outside, load_vocabulary


def test_every_category_has_names_and_details() -> None:
    for code, words in load_vocabulary().items():
        assert len(words.keywords) + len(words.names) >= 10, code
        assert len(words.details) >= 10, code


def test_what_is_outside_is_the_name_of_nothing_inside() -> None:
    inside = {name for words in load_vocabulary().values() for name in (*words.keywords, *words.names)}
    assert not inside & set(load_outside().goods)


def test_titles_are_the_same_for_the_same_seed_and_of_every_category() -> None:
    titles = list(generate(1, 5, seed=3))
    assert titles == list(generate(1, 5, seed=3)) != list(generate(1, 5, seed=4))
    assert {title.category for title in titles} == {*load_categories(), OUTSIDE}
    assert all(title.text for title in titles)


def test_only_names_that_may_be_used_are_used() -> None:
    titles = list(generate(2, 0, seed=1, keep=lambda name: name == "madu"))
    assert {title.category for title in titles} == {"honey"}


def test_titles_to_develop_by_are_of_every_category() -> None:
    assert {title.category for title in read_written(DEVELOPMENT)} == {*load_categories(), OUTSIDE}
