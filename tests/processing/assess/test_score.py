from hypothesis import given
from hypothesis import strategies as st

from config.score import ScoreWeights, load_score_weights
from models.assessment import Defect, DefectCode
from processing.assess.measures import PART
from processing.assess.score import score

severities = st.floats(0, 1)
defects = st.lists(st.builds(Defect, code=st.sampled_from(DefectCode), severity=severities), max_size=8).map(tuple)


def test_a_photo_without_defects_has_all_points() -> None:
    points, parts = score((), load_score_weights())
    assert points == 100
    assert set(parts.values()) == {1.0}


def test_every_defect_takes_from_a_part_that_weighs() -> None:
    assert set(PART) == set(DefectCode)
    assert set(PART.values()) == set(load_score_weights().parts)


@given(defects=defects, which=st.integers(0, 7), graver=severities)
def test_the_score_never_rises_with_a_defects_severity(
    defects: tuple[Defect, ...], which: int, graver: float
) -> None:
    weights = load_score_weights()
    before, parts_before = score(defects, weights)
    if defects:
        place = which % len(defects)
        changed = defects[place].model_copy(update={"severity": max(graver, defects[place].severity)})
        defects = (*defects[:place], changed, *defects[place + 1 :])
    after, parts_after = score(defects, weights)
    assert 0 <= after <= before <= 100
    assert all(parts_after[name] <= parts_before[name] for name in parts_before)


@given(defects=defects, code=st.sampled_from(DefectCode), severity=severities)
def test_one_more_defect_never_raises_the_score(
    defects: tuple[Defect, ...], code: DefectCode, severity: float
) -> None:
    weights = load_score_weights()
    assert score((*defects, Defect(code=code, severity=severity)), weights)[0] <= score(defects, weights)[0]


def test_a_part_takes_its_weight_and_no_more() -> None:
    weights = ScoreWeights(parts={"sharpness": 0.75, "exposure": 0.6, "size": 0.5, "framing": 0.4})
    worst = (Defect(code=DefectCode.BLUR, severity=1), Defect(code=DefectCode.BLUR, severity=0.3))
    assert score(worst, weights) == (25, {"sharpness": 0.0, "exposure": 1.0, "size": 1.0, "framing": 1.0})
