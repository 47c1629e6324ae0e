"""What a form may send, and where it may lead."""

from urllib.parse import urljoin, urlsplit

import pytest
from fastapi import HTTPException
from hypothesis import given
from hypothesis import strategies as st

from models.person import Role
from tests.web.console.consoles import Console
from web.console.form import LARGEST, our_place, row_number
from web.ingest.problem import Problem, Refused

FORM = {"content-type": "application/x-www-form-urlencoded"}


@given(st.text(alphabet=st.sampled_from("/\\.:@?#%&=a\t\n e"), max_size=12) | st.text(max_size=20))
def test_a_person_is_led_to_a_path_of_ours_whatever_is_asked(asked: str) -> None:
    # As a browser reads it: a backslash is a slash, and tabs and line ends are nothing.
    place = our_place(asked)
    read = place.replace("\\", "/").replace("\t", "").replace("\n", "")
    assert urlsplit(urljoin("http://ours.example/sign-in", read)).netloc == "ours.example"
    assert read.startswith("/") and not read.startswith("//")


@pytest.mark.parametrize(
    "body, headers, status",
    [
        (b"name=sari", {"content-type": "application/json"}, 415),
        (b"name=sari", {"content-type": "multipart/form-data; boundary=x"}, 415),
        (b"name=%ff", FORM, 400),
        ("name=é".encode(), FORM, 400),
        (b"name=a%00b", FORM, 422),
        (b"a%00b=sari", FORM, 422),
        (b"&".join(b"a=1" for _ in range(201)), FORM, 400),
        (b"name=" + b"x" * 300_000, FORM, 413),
    ],
)
def test_what_is_no_form_of_ours_is_refused(
    console: Console, body: bytes, headers: dict[str, str], status: int
) -> None:
    assert console.client().post("/sign-in", content=body, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("problem", "status", "told"),
    [
        (Problem.TOO_SLOW, 408, "Belum tersimpan: kiriman Anda terlalu lama di jalan."),
        (Problem.TOO_LARGE, 413, "Belum tersimpan: isinya terlalu panjang."),
    ],
)
def test_a_form_that_did_not_arrive_whole_is_told_in_words(
    console: Console, monkeypatch: pytest.MonkeyPatch, problem: Problem, status: int, told: str
) -> None:
    async def refuse(*_: object, **__: object) -> bytes:
        raise Refused(problem)

    monkeypatch.setattr("web.console.form.read_body", refuse)
    sari = console.signed_in("sari", Role.TRAINER)
    answer = sari.post("/sellers/new", data={"name": "Bu Ani"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert told in answer.text
    assert "Keluar" in answer.text, "she keeps her menu"
    script = sari.post("/sellers/new", data={"name": "Bu Ani"}, headers={"accept": "application/json"})
    assert (script.status_code, script.json()["title"]) == (status, told)


def test_the_number_of_a_row_is_one_that_every_catalog_can_look_for() -> None:
    assert (row_number("0"), row_number(str(LARGEST))) == (0, LARGEST)
    for text in ("", "-1", "+1", "1.0", "1e9", "²", str(LARGEST + 1), "9" * 5000):
        with pytest.raises(HTTPException) as refused:
            row_number(text)
        assert refused.value.status_code == 422
