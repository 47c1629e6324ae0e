"""Passwords of object stores."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.ingest.told import TOKEN, basic
from web.ingest.problem import Problem, Refused
from web.ingest.token import check_token

OTHER = "the-next-password-of-the-object-store"


def refusal(value: str, tokens: tuple[str, ...] = (TOKEN,)) -> Problem:
    with pytest.raises(Refused) as refused:
        check_token({"authorization": value} if value else {}, tokens)
    return refused.value.problem


@pytest.mark.parametrize(
    "headers",
    [
        basic(),
        basic(user=""),
        {"authorization": f"Bearer {TOKEN}"},
        {"authorization": f"bearer  {TOKEN} "},
        {"authorization": f"BASIC {base64.b64encode(f'x:{TOKEN}'.encode()).decode()}"},
    ],
)
def test_a_password_of_ours_lets_in_however_it_is_sent(headers: dict[str, str]) -> None:
    check_token(headers, [OTHER, TOKEN])


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", Problem.NO_PROOF),
        ("Basic", Problem.NO_PROOF),
        (f"Bearer {TOKEN[:-1]}", Problem.WRONG_TOKEN),
        (f"Bearer {TOKEN}x", Problem.WRONG_TOKEN),
        (f"Basic {TOKEN}", Problem.WRONG_TOKEN),
        ("Basic !!!", Problem.WRONG_TOKEN),
        (basic(user=TOKEN, password="")["authorization"], Problem.WRONG_TOKEN),
        (f"Digest {TOKEN}", Problem.WRONG_TOKEN),
    ],
)
def test_anything_else_does_not(value: str, problem: Problem) -> None:
    assert refusal(value) is problem


def test_without_a_password_nobody_is_let_in() -> None:
    assert refusal("Bearer ", ()) is Problem.NOT_SET_UP
    assert refusal("Basic Og==", ()) is Problem.NOT_SET_UP


@given(st.sampled_from(["", "Basic ", "Bearer "]), st.text())
def test_nothing_but_a_password_gets_in(scheme: str, value: str) -> None:
    assert refusal(scheme + value) in {Problem.NO_PROOF, Problem.WRONG_TOKEN}
