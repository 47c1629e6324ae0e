"""What a person draws: so many strokes of so many points within the photo, and nothing else."""

import math

import pytest
from pydantic import ValidationError

from models.strokes import MOST_POINTS, MOST_STROKES, STROKES, Mark, Stroke, mark_of

DOT = {"mark": "keep", "width": 0.03, "points": [[0.5, 0.5]]}


def test_the_most_that_may_be_drawn_is_read_back_as_it_was() -> None:
    line = {**DOT, "points": [[0.0, 1.0]] * MOST_POINTS}
    strokes = STROKES.validate_python([line] * MOST_STROKES)
    assert STROKES.validate_json(STROKES.dump_json(strokes)) == strokes


@pytest.mark.parametrize(
    "drawn",
    [
        [DOT] * (MOST_STROKES + 1),
        [{**DOT, "points": []}],
        [{**DOT, "points": [[0.5, 0.5]] * (MOST_POINTS + 1)}],
        [{**DOT, "points": [[0.5, 1.01]]}],
        [{**DOT, "points": [[-0.01, 0.5]]}],
        [{**DOT, "points": [[0.5, math.nan]]}],
        [{**DOT, "points": [[0.5]]}],
        [{**DOT, "width": 0.0}],
        [{**DOT, "width": math.inf}],
        [{**DOT, "width": math.nan}],
        [{**DOT, "mark": "burn"}],
        [{**DOT, "colour": "red"}],
    ],
)
def test_anything_else_is_refused(drawn: object) -> None:
    with pytest.raises(ValidationError):
        STROKES.validate_python(drawn)


def test_other_strokes_have_another_mark_and_none_has_none() -> None:
    keep = Stroke(mark=Mark.KEEP, width=0.03, points=((0.5, 0.5),))
    remove = keep.model_copy(update={"mark": Mark.REMOVE})
    assert mark_of(()) == ""
    assert len({mark_of((keep,)), mark_of((remove,)), mark_of((keep, remove)), mark_of((remove, keep))}) == 4
