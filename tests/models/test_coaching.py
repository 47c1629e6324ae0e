"""What is said on a shared page is one line, and a place lies on the picture."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.coaching import MOST_LETTERS, MOST_NAME, Saying, Side, Spot, one_line

KEY = "0123456789abcdef"
SHOWN = {"photo": "a" * 64, "stage": "before"}


@given(st.text(st.characters()))
def test_a_line_has_no_line_end_and_nothing_that_controls_and_stays_as_it_is(text: str) -> None:
    line = one_line(text)
    assert one_line(line) == line
    assert "  " not in line
    assert line == line.strip()
    assert not {unicodedata.category(letter) for letter in line} & {"Cc", "Cs", "Zl", "Zp"}


def test_letters_that_belong_together_stay_together() -> None:
    assert one_line(" Pak\tBudi\r\n👩‍🌾\0 ") == "Pak Budi 👩‍🌾"


@pytest.mark.parametrize(
    "changed",
    [
        {"name": ""},
        {"name": "\n\0"},
        {"name": "x" * (MOST_NAME + 1)},
        {"word": ""},
        {"word": "x" * (MOST_LETTERS + 1)},
        {"sender_key": "short"},
        {"sender_key": KEY + "'"},
        {"side": "nobody"},
    ],
)
def test_what_is_no_remark_is_none(changed: dict[str, str]) -> None:
    said = {"side": Side.GUEST, "name": "Pak Budi", "word": "Terlalu gelap", "sender_key": KEY}
    assert Saying.model_validate(said).word == "Terlalu gelap"
    with pytest.raises(ValidationError):
        Saying.model_validate({**said, **changed})


@pytest.mark.parametrize("across", ["-0.01", "1.01", "nan", "inf", "", "0,5"])
def test_a_place_lies_on_the_picture(across: str) -> None:
    assert Spot.model_validate({"shown": SHOWN, "across": "1", "down": "0"}).across == 1
    with pytest.raises(ValidationError):
        Spot.model_validate({"shown": SHOWN, "across": across, "down": "0.5"})
