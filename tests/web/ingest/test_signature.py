"""Standard Webhooks signatures, made by the standard's own library."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.ingest import told
from tests.web.ingest.told import NEW_SECRET, SECRET
from web.ingest.problem import Problem, Refused
from web.ingest.signature import Signed, check_signature

BODY = b'{"type":"listing.photos.uploaded"}'
NOW = 1_795_489_950.0
signed = partial(told.signed, now=NOW)


def refusal(headers: dict[str, str], body: bytes = BODY, secrets: tuple[str, ...] = (SECRET,)) -> Problem:
    with pytest.raises(Refused) as refused:
        check_signature(headers, body, secrets, NOW)
    return refused.value.problem


def test_what_is_signed_with_our_secret_is_known_by_its_identity_and_time() -> None:
    assert check_signature(signed(BODY, identity="msg_7"), BODY, [SECRET], NOW) == Signed("msg_7", int(NOW))


def test_while_a_secret_is_changed_the_old_and_the_new_one_are_valid() -> None:
    for secret in (SECRET, NEW_SECRET):
        assert check_signature(signed(BODY, secret=secret), BODY, [SECRET, NEW_SECRET], NOW)
    assert refusal(signed(BODY, secret=SECRET), secrets=(NEW_SECRET,)) is Problem.WRONG_SIGNATURE


def test_one_of_several_signatures_in_the_header_is_enough() -> None:
    headers = signed(BODY)
    other = signed(BODY, secret=NEW_SECRET)["webhook-signature"]
    headers["webhook-signature"] = f"v1a,bm90IG91cnM= v1,!!! {other} {headers['webhook-signature']}"
    assert check_signature(headers, BODY, [SECRET], NOW).identity == "msg_1"


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_header_is_a_missing_proof(name: str) -> None:
    headers = signed(BODY)
    del headers[name]
    assert refusal(headers) is Problem.NO_PROOF


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("webhook-id", "msg_2"),
        ("webhook-id", "m" * 300),
        ("webhook-timestamp", "1"),
        ("webhook-timestamp", "-5"),
        ("webhook-timestamp", "1e9"),
        ("webhook-timestamp", "٣"),
        ("webhook-timestamp", "9" * 5000),
        ("webhook-signature", "v1,"),
        ("webhook-signature", "v1,AAAA"),
        ("webhook-signature", "v2,AAAA"),
        ("webhook-signature", ",,, ,"),
    ],
)
def test_a_header_that_was_changed_does_not_fit(name: str, value: str) -> None:
    assert refusal(signed(BODY) | {name: value}) is Problem.WRONG_SIGNATURE


def test_a_body_that_was_changed_does_not_fit() -> None:
    assert refusal(signed(BODY), BODY + b" ") is Problem.WRONG_SIGNATURE


@pytest.mark.parametrize("age", [300, -300])
def test_five_minutes_are_allowed(age: int) -> None:
    assert check_signature(signed(BODY, age=age), BODY, [SECRET], NOW)


@pytest.mark.parametrize("age", [301, 86400, -301])
def test_what_is_older_or_younger_is_refused(age: int) -> None:
    assert refusal(signed(BODY, age=age)) is Problem.OUT_OF_TIME


def test_without_a_secret_nothing_is_let_in() -> None:
    assert refusal(signed(BODY), secrets=()) is Problem.NOT_SET_UP


@given(st.dictionaries(st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature"]), st.text()))
def test_nothing_but_a_signature_gets_in(headers: dict[str, str]) -> None:
    assert refusal(headers) in {Problem.NO_PROOF, Problem.WRONG_SIGNATURE}
