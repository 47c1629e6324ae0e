import pytest
from pydantic import ValidationError

from config.spellings import Spellings, load_spellings, usual_spelling


def test_a_word_is_written_as_most_write_it() -> None:
    assert usual_spelling("Kripik  Sampeu CABE ijo") == "keripik sampeu cabai hijau"


def test_the_usual_spelling_stays_as_it_is() -> None:
    for usual in load_spellings().values():
        assert usual_spelling(usual) == usual


@pytest.mark.parametrize(
    ("spelling", "said"),
    [
        ({"a": "b", "b": "c"}, "has another one itself"),
        ({"A": "b"}, "not one word"),
        ({"a b": "c"}, "not one word"),
        ({"a": "b c"}, "not one word"),
        ({}, "at least 1"),
    ],
)
def test_a_table_that_could_not_work_is_refused(spelling: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Spellings.model_validate({"spelling": spelling})
