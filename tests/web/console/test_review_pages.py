"""The reviewer's queue: who may see it, in which order, and what is counted."""

import re

import pytest

from models.person import Role
from tests.web.console.processed import PRICELESS, Workshop
from tests.web.report_pages import Page


def test_the_queue_leads_from_the_oldest_on_through_all_centres(workshop: Workshop) -> None:
    workshop.enrol("Bu Euis", "Balai Lain")
    workshop.add("ibu-ani/tampah", PRICELESS)
    workshop.add("bu-euis/keripik", PRICELESS)
    reviewer = workshop.console.signed_in("tono", Role.REVIEWER)

    seen = []
    place = "/review"
    for _ in range(3):
        answer = reviewer.get(place)
        page = Page(answer.text)
        seen += re.findall(r"ibu-ani/tampah|bu-euis/keripik", page.text)
        place = next((str(link["href"]) for link in page.all("a") if "onward" in str(link.get("class"))), "")

    assert seen == ["ibu-ani/tampah", "bu-euis/keripik"]
    assert "data-end" in answer.text
    assert "<html" not in reviewer.get("/review/next").text


def test_a_decision_leads_a_reviewer_on_and_answers_a_script(workshop: Workshop) -> None:
    workshop.add(words=PRICELESS)
    reviewer = workshop.console.signed_in("tono", Role.REVIEWER)
    listing, form = (
        "/sellers/ibu-ani/listings/tampah",
        {"version": "1", "reason": "blurred", "next": "/review?after=x"},
    )

    late = reviewer.post(
        f"{listing}/send-back", data={**form, "version": "9"}, headers={"accept": "application/json"}
    )
    assert (late.status_code, bool(late.json()["problem"])) == (409, True)
    mute = reviewer.post(
        f"{listing}/send-back", data={**form, "reason": "other"}, headers={"accept": "application/json"}
    )
    assert (mute.status_code, "Lainnya" in mute.json()["problem"]) == (422, True)
    assert reviewer.post(f"{listing}/send-back", data=form).headers["location"] == "/review?after=x"

    assert "data-end" in reviewer.get("/review").text
    reasons = Page(reviewer.get("/review/reasons").text).text
    assert re.search(r"Foto buram\s*1", reasons)


@pytest.mark.parametrize("place", ["/review", "/review/next", "/review/reasons"])
def test_the_queue_is_no_trainers(workshop: Workshop, place: str) -> None:
    assert workshop.console.signed_in("sari", Role.TRAINER).get(place).status_code == 403
    assert workshop.console.client().get(place).status_code == 303


@pytest.mark.parametrize(
    "after", ["x", "0001-01-01T00:00:00+23:59~1", "2026-01-01T00:00:00+00:00~x", "~", "1~1~1"]
)
def test_a_place_that_is_none_is_refused(workshop: Workshop, after: str) -> None:
    reviewer = workshop.console.signed_in("tono", Role.REVIEWER)

    assert reviewer.get("/review", params={"after": after}).status_code == 422
