"""There is one first thing to do, it is the one that lifts the photo most, and what we mend ourselves is none."""

from hypothesis import given
from hypothesis import strategies as st

from config.score import load_score_weights
from models.assessment import Assessment, Defect, DefectCode
from models.fingerprint import Repeat, RepeatScope
from models.geometry import Box
from models.matte import Doubt
from models.repair import Remedy, Repair
from processing.advise import Finding, find_advice, findings_of, first_action, order_advice
from processing.assess.score import score
from processing.repair import predict_remedy
from tests.storage.catalog.test_fingerprints import photo

WEIGHTS = load_score_weights()
defects = st.lists(
    st.builds(
        Defect,
        code=st.sampled_from(DefectCode),
        severity=st.floats(0.01, 1),
        foreseen=st.none() | st.floats(0, 1),
    ),
    max_size=8,
).map(tuple)


@given(found=defects, trusted=st.booleans())
def test_each_kind_comes_once_and_what_only_she_can_mend_comes_first(
    found: tuple[Defect, ...], trusted: bool
) -> None:
    ordered = order_advice(found, WEIGHTS, trusted=trusted)
    ours = [predict_remedy(defect, trusted=trusted) is Remedy.REPAIR for defect in ordered]

    assert {defect.code for defect in ordered} == {defect.code for defect in found}
    assert len({defect.code for defect in ordered}) == len(ordered)
    assert ours == sorted(ours)


@given(found=defects, trusted=st.booleans())
def test_the_first_action_is_about_what_takes_most_points_of_what_she_can_mend(
    found: tuple[Defect, ...], trusted: bool
) -> None:
    first = first_action(found, WEIGHTS, trusted=trusted)
    hers = [one for one in found if predict_remedy(one, trusted=trusted) is Remedy.RETAKE]

    assert (first is None) == (not hers)
    if first is not None:
        assert score((first,), WEIGHTS)[0] == min(score((one,), WEIGHTS)[0] for one in hers)


@given(found=defects, tried=st.dictionaries(st.sampled_from(DefectCode), st.booleans()), trusted=st.booleans())
def test_what_we_tried_to_mend_is_hers_only_where_that_was_in_vain(
    found: tuple[Defect, ...], tried: dict[DefectCode, bool], trusted: bool
) -> None:
    repairs = tuple(Repair(code=code, before=0.5, after=0.0 if worked else 0.5) for code, worked in tried.items())
    first = first_action(found, WEIGHTS, trusted=trusted, repairs=repairs)
    hers = {
        one.code for one in found if not tried.get(one.code, predict_remedy(one, trusted=trusted) is Remedy.REPAIR)
    }

    assert (first.code in hers) if first else not hers


@given(found=defects, doubts=st.lists(st.sampled_from(Doubt), max_size=3).map(tuple), trusted=st.booleans())
def test_a_doubt_is_told_only_where_the_cut_out_is_not_used_and_nothing_else_is_to_be_done(
    found: tuple[Defect, ...], doubts: tuple[Doubt, ...], trusted: bool
) -> None:
    hers = [one.section for one in find_advice(found, doubts, WEIGHTS, trusted=trusted) if not one.ours]
    first = first_action(found, WEIGHTS, trusted=trusted)
    if first is not None:
        assert hers[0] == f"defect.{first.code}"
    elif doubts and not trusted:
        assert hers[0] == f"doubt.{doubts[0]}"
    else:
        assert hers == []


@given(found=defects, doubts=st.lists(st.sampled_from(Doubt), max_size=3, unique=True).map(tuple))
def test_no_doubt_about_a_cut_out_that_is_used_is_told_and_every_other_one_is(
    found: tuple[Defect, ...], doubts: tuple[Doubt, ...]
) -> None:
    used, unused = (
        {one.section for one in find_advice(found, doubts, WEIGHTS, trusted=trusted)} for trusted in (True, False)
    )

    assert used == {f"defect.{one.code}" for one in found}
    twice = {f"doubt.{Doubt.BUSY_BACKGROUND}"} if "defect.cluttered_background" in used else set()
    assert unused == used | {f"doubt.{doubt}" for doubt in doubts} - twice


def test_of_a_finished_photo_what_was_mended_is_ours_even_if_nobody_had_foreseen_it() -> None:
    dim = Defect(code=DefectCode.UNDEREXPOSED, severity=0.14)
    assert first_action((dim,), WEIGHTS, trusted=True) == dim
    seen = {
        "assessment": Assessment(score=90, parts={}, measurements=(), defects=(dim,)),
        "repairs": (Repair(code=DefectCode.UNDEREXPOSED, before=0.14, after=0.05),),
    }
    (told,) = findings_of(photo("b", file="b.jpg").model_copy(update=seen), WEIGHTS)
    assert (told.section, told.ours) == ("defect.underexposed", True)


def test_what_is_hers_comes_first_then_what_was_there_before_then_what_we_have_seen_to() -> None:
    left, right = (Box(left=at, top=0, right=at + 0.1, bottom=1) for at in (0.0, 0.9))
    found = (
        Defect(code=DefectCode.OFF_CENTRE, severity=0.9),
        Defect(code=DefectCode.CUT_OFF, severity=0.8, box=left),
        Defect(code=DefectCode.CUT_OFF, severity=0.4, box=right),
        Defect(code=DefectCode.TILTED, severity=0.7),
    )
    assessment = Assessment(score=40, parts={}, measurements=(), defects=found)
    repairs = (
        Repair(code=DefectCode.OFF_CENTRE, before=0.9, after=0.0),
        Repair(code=DefectCode.TILTED, before=0.7, after=0.7),
    )
    again = Repeat(whose=RepeatScope.LISTING, file="a.jpg")
    seen = {"assessment": assessment, "repairs": repairs, "repeats": again, "doubts": (Doubt.UNCLEAR,)}

    assert findings_of(photo("b", file="b.jpg").model_copy(update=seen), WEIGHTS) == (
        Finding("defect.cut_off", severity=0.8, places=(left, right)),
        Finding("defect.tilted", severity=0.7),
        Finding("repeat.listing", values={"file": "a.jpg", "listing": ""}),
        Finding("defect.off_centre", ours=True, severity=0.9),
    )
