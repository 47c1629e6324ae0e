import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from models.reading import TextLine
from processing.read.joining import join_words

WIDTH, HEIGHT = 600, 400


def word(text: str, left: float, top: float, width: float, high: float = 30, degrees: float = 0.0) -> TextLine:
    """A word in px, its place turned clockwise about the middle of the photo."""
    turn = np.radians(degrees)
    onto = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    middle = np.array([WIDTH / 2, HEIGHT / 2])
    corners = np.array([(left, top), (left + width, top), (left + width, top + high), (left, top + high)])
    placed = ((corners - middle) @ onto + middle) / (WIDTH, HEIGHT)
    first, second, third, fourth = ((float(x), float(y)) for x, y in placed)
    return TextLine(text=text, corners=(first, second, third, fourth), confidence=0.9)


@given(st.floats(-45, 45), st.floats(0, 110))
def test_words_that_stand_in_one_line_are_joined_however_it_lies(degrees: float, apart: float) -> None:
    words = [word("Batik", 150, 180, 90, degrees=degrees), word("Arum", 240 + apart, 180, 80, degrees=degrees)]
    (line,) = join_words(words, WIDTH, HEIGHT)
    assert line.text == "Batik Arum"
    assert line.corners[0] == words[0].corners[0]
    assert line.corners[2] == words[1].corners[2]


def test_words_under_each_other_far_apart_or_of_other_heights_are_not_joined() -> None:
    first = word("Batik", 100, 180, 90)
    for other in (word("Arum", 195, 215, 80), word("Arum", 320, 180, 80), word("Arum", 200, 180, 80, high=16)):
        assert len(join_words([first, other], WIDTH, HEIGHT)) == 2
