"""A lesson praises what is right, names two mistakes at most, and leaves out what we have mended."""

import pytest

from models.assessment import Assessment, Defect, DefectCode
from models.geometry import Box
from models.matte import Doubt
from models.photo import Finished
from models.repair import Repair
from processing.lesson import MOST, prepare_lesson
from tests.storage.catalog.test_fingerprints import photo


def taken(
    file: str, *defects: DefectCode, severity: float = 0.5, score: int = 70, **parts: float | None
) -> Finished:
    found = tuple(Defect(code=code, severity=severity) for code in defects)
    assessment = Assessment(score=score, parts=dict(parts), measurements=(), defects=found)
    return photo(file, file=file).model_copy(update={"assessment": assessment})


def test_the_two_most_frequent_mistakes_are_named_with_the_photo_that_shows_each_best() -> None:
    photos = [
        taken("a", DefectCode.BLUR, DefectCode.CUT_OFF, DefectCode.OVEREXPOSED),
        taken("b", DefectCode.BLUR, severity=0.9),
        taken("c", DefectCode.CUT_OFF, DefectCode.CUT_OFF, DefectCode.BLUR, severity=0.2),
    ]
    lesson = prepare_lesson("ibu-ani", photos)

    named = [(mistake.section, mistake.count, mistake.example.file) for mistake in lesson.mistakes]
    assert named == [("defect.blur", 3, "b"), ("defect.cut_off", 2, "a")]
    assert len(lesson.mistakes) == MOST


def test_what_we_have_mended_is_no_mistake_and_what_we_could_not_is() -> None:
    dim = taken("a", DefectCode.UNDEREXPOSED)
    mended = Repair(code=DefectCode.UNDEREXPOSED, before=0.5, after=0.1)
    left = mended.model_copy(update={"after": 0.5})

    assert prepare_lesson("ani", [dim.model_copy(update={"repairs": (mended,)})]).mistakes == ()
    assert prepare_lesson("ani", [dim.model_copy(update={"repairs": (left,)})]).mistakes[0].count == 1


def test_what_is_right_most_often_is_praised_and_what_could_not_be_checked_is_not() -> None:
    photos = [
        taken("a", sharpness=1.0, exposure=1.0, size=0.4, framing=None),
        taken("b", sharpness=1.0, exposure=0.8, size=0.4, framing=None),
        taken("c", sharpness=1.0, exposure=1.0, size=1.0, framing=None),
    ]
    praises = prepare_lesson("ani", photos).praises

    earned = [(praise.part, praise.good, praise.of) for praise in praises]
    assert earned == [("sharpness", 3, 3), ("exposure", 2, 3)]


def test_a_part_to_which_unseen_things_belong_is_not_praised() -> None:
    praises = prepare_lesson("ani", [taken("a", content=1.0, size=1.0)]).praises

    assert [praise.part for praise in praises] == ["size"]


def test_the_pair_is_the_best_photo_that_was_cut_out() -> None:
    kept = taken("a", score=99).model_copy(update={"trusted": False})

    assert prepare_lesson("ani", [kept]).pair is None
    best = prepare_lesson("ani", [kept, taken("b", score=60), taken("c", score=80)]).pair
    assert best is not None
    assert best.file == "c"


def test_without_a_photo_there_is_no_lesson() -> None:
    with pytest.raises(ValueError, match="ani"):
        prepare_lesson("ani", [])


def test_the_place_of_a_mistake_is_told() -> None:
    cut = Defect(code=DefectCode.CUT_OFF, severity=0.5, box=Box(left=0, top=0, right=0.04, bottom=1))
    one = taken("a").model_copy(
        update={"assessment": Assessment(score=1, parts={}, measurements=(), defects=(cut,))}
    )

    assert prepare_lesson("ani", [one]).mistakes[0].boxes == (cut.box,)


def test_what_keeps_us_from_finding_the_product_is_taught_too() -> None:
    busy = taken("a").model_copy(update={"trusted": False, "trust": 0.3, "doubts": (Doubt.BUSY_BACKGROUND,)})

    assert [mistake.section for mistake in prepare_lesson("ani", [busy, busy]).mistakes] == [
        "doubt.busy_background"
    ]


def test_what_nothing_on_her_photo_explains_is_no_mistake_of_hers() -> None:
    unclear = taken("a").model_copy(update={"trusted": False, "trust": 0.1, "doubts": (Doubt.UNCLEAR,)})

    assert prepare_lesson("ani", [unclear]).mistakes == ()
