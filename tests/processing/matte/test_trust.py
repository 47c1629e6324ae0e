from hypothesis import given
from hypothesis import strategies as st

from models.matte import Doubt
from processing.matte.trust import LOOK_AGAIN, SAYS, TYPICAL, WEIGHTS, WEIGHTS_AGAIN, judge, rate

PLAIN = {"apart": 60.0, "clutter": 0.0}
GOOD = {**TYPICAL, **PLAIN, "area": 0.3, "softness": 0.0, "largest": 1.0, "strangers": 0.0}
shares = st.floats(0.0, 1.0)
evidence = st.fixed_dictionaries(
    {
        **dict.fromkeys((*WEIGHTS, "softness", "largest", "strangers", "clutter"), shares),
        "area": st.floats(0.001, 1.0),
        "apart": st.floats(0.0, 120.0),
    }
)


def test_typical_evidence_of_a_right_matte_is_trusted_without_doubt() -> None:
    trust, doubts = judge(GOOD)
    assert trust > 0.5
    assert doubts == ()


@given(evidence)
def test_a_matte_that_is_not_trusted_always_has_a_doubt(found: dict[str, float]) -> None:
    trust, doubts = judge(found)
    assert 0.0 <= trust <= 1.0
    assert trust >= 0.5 or doubts
    assert len(set(doubts)) == len(doubts)


@given(evidence, st.sampled_from(sorted(WEIGHTS)), shares)
def test_trust_follows_the_sign_of_each_weight(found: dict[str, float], name: str, value: float) -> None:
    more = {**found, name: max(found[name], value)}
    before, after = judge(found)[0], judge(more)[0]
    assert after >= before if WEIGHTS[name] > 0 else after <= before


@given(evidence, shares, shares)
def test_the_less_a_second_look_agrees_the_less_it_is_trusted(
    found: dict[str, float], one: float, other: float
) -> None:
    less, more = (rate({**found, "unlike": unlike}) for unlike in sorted((one, other), reverse=True))
    assert less <= more


def test_a_second_look_that_agrees_takes_back_a_first_doubt() -> None:
    doubted = {**GOOD, "timid": 0.07}
    assert rate(doubted) < LOOK_AGAIN
    assert rate({**doubted, "unlike": 0.4}) < rate(doubted) < rate({**doubted, "unlike": 0.0})


def test_nothing_found_is_no_trust_and_the_only_doubt() -> None:
    assert judge({**GOOD, "area": 0.0}) == (0.0, (Doubt.NOTHING_FOUND,))


def test_the_gravest_doubt_comes_first() -> None:
    _, doubts = judge({**GOOD, "contact": 0.3, "largest": 0.8, "strangers": 0.2})
    assert doubts == (Doubt.TOUCHES_FRAME, Doubt.SEVERAL_PARTS)


def test_a_pair_is_not_called_several_things() -> None:
    assert judge({**GOOD, "largest": 0.5})[1] == ()


def test_every_figure_that_counts_has_a_meaning_for_people() -> None:
    assert set(WEIGHTS) == set(TYPICAL) == set(SAYS)
    assert set(WEIGHTS_AGAIN) == {*WEIGHTS, "unlike"}


def test_what_the_photo_does_not_bear_out_is_not_said_of_it() -> None:
    unsure = {**GOOD, "timid": 0.3, "hesitant": 0.8, "softness": 0.6}
    assert judge(unsure)[1] == (Doubt.UNCLEAR,)
    assert Doubt.LOW_CONTRAST in judge({**unsure, "apart": 5.0})[1]
    assert Doubt.BUSY_BACKGROUND in judge({**unsure, "clutter": 0.5})[1]
    assert judge(unsure)[0] == judge({**unsure, "apart": 5.0, "clutter": 0.5})[0]
