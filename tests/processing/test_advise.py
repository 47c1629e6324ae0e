"""There is one first thing to do, it is the one that lifts the photo most, and what we mend ourselves is none."""

from hypothesis import given
from hypothesis import strategies as st

from config.score import load_score_weights
from models.assessment import Defect, DefectCode
from models.matte import Doubt
from models.repair import Remedy
from processing.advise import advice_section, first_action, order_advice
from processing.assess.score import score
from processing.repair import predict_remedy

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


@given(found=defects, unmended=st.frozensets(st.sampled_from(DefectCode)), trusted=st.booleans())
def test_what_we_tried_to_mend_in_vain_is_hers_to_mend(
    found: tuple[Defect, ...], unmended: frozenset[DefectCode], trusted: bool
) -> None:
    first = first_action(found, WEIGHTS, trusted=trusted, unmended=unmended)
    hers = {
        one.code for one in found if one.code in unmended or predict_remedy(one, trusted=trusted) is Remedy.RETAKE
    }

    assert (first.code in hers) if first else not hers


@given(found=defects, doubts=st.lists(st.sampled_from(Doubt), max_size=3).map(tuple), trusted=st.booleans())
def test_a_doubt_is_told_only_where_the_cut_out_is_not_used_and_nothing_else_is_to_be_done(
    found: tuple[Defect, ...], doubts: tuple[Doubt, ...], trusted: bool
) -> None:
    section = advice_section(found, doubts, WEIGHTS, trusted=trusted)
    first = first_action(found, WEIGHTS, trusted=trusted)
    if first is not None:
        assert section == f"defect.{first.code}"
    elif doubts and not trusted:
        assert section == f"doubt.{doubts[0]}"
    else:
        assert section is None
