"""A listing's and a photo's page: what they show, and to whom."""

import re
from dataclasses import replace

import pytest

from config.messages import load_messages
from models.assessment import Defect, DefectCode
from models.edit import EditedField
from models.geometry import Box
from models.matte import Doubt
from models.person import Role
from models.repair import Repair
from storage.catalog.edits import edit_listing
from tests.web.console.processed import PRICELESS, Looked, Workshop
from tests.web.report_pages import Page

LISTING = "/sellers/ibu-ani/listings/tampah"
EVIL = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'"


def test_the_page_shows_photos_words_evidence_questions_and_standing(workshop: Workshop) -> None:
    result = workshop.add(words=PRICELESS)
    trainer = workshop.console.signed_in("sari", Role.TRAINER)

    answer = trainer.get(LISTING)

    assert answer.status_code == 200
    page = Page(answer.text)
    assert result.suggestion.title is not None
    assert result.suggestion.title.value in page.text
    assert "Tampah anyaman bambu" in page.text
    assert "Shopee" in page.text
    asked = [form for form in page.all("form") if str(form.get("action", "")).endswith("/answer")]
    assert len(asked) == 2 * len(result.suggestion.questions)
    assert any(picture["src"].startswith("/pictures/") for picture in page.all("img") if picture["src"])  # type: ignore[union-attr]


def test_the_photos_page_shows_what_is_wrong_and_the_one_thing_to_do(workshop: Workshop) -> None:
    result = workshop.add()
    trainer = workshop.console.signed_in("sari", Role.TRAINER)

    answer = trainer.get(f"{LISTING}/photos/{result.finished[0].sha256}")

    assert answer.status_code == 200
    assert result.finished[0].assessment.defects
    page = Page(answer.text)
    assert [field["type"] for field in page.all("input") if field.get("type") == "range"] == ["range"]
    assert len(page.all("meter")) == sum(
        share is not None for share in result.finished[0].assessment.parts.values()
    )
    assert "Belum bisa kami periksa: tangan atau orang di foto, cermin, logo." in page.unfolded
    assert trainer.get(f"{LISTING}/photos/{'0' * 64}").status_code == 404


def test_the_photos_page_has_one_thing_to_do_with_its_place_and_the_rest_is_folded(workshop: Workshop) -> None:
    left, right = (Box(left=at, top=0, right=at + 0.1, bottom=1) for at in (0.0, 0.9))
    defects = (
        Defect(code=DefectCode.OFF_CENTRE, severity=0.9, box=left),
        Defect(code=DefectCode.CUT_OFF, severity=0.8, box=right),
        Defect(code=DefectCode.OVEREXPOSED, severity=0.1),
        Defect(code=DefectCode.TILTED, severity=0.1),
    )
    looked = workshop.looked.photo
    update = {
        "assessment": looked.assessment.model_copy(update={"defects": defects}),
        "repairs": (
            Repair(code=DefectCode.OFF_CENTRE, before=0.9, after=0.0),
            Repair(code=DefectCode.TILTED, before=0.1, after=0.1),
        ),
        "doubts": (Doubt.BUSY_BACKGROUND,),
        "trusted": True,
    }
    seen = Looked(looked.model_copy(update=update), workshop.looked.renditions)
    result = replace(workshop, looked=seen).add()
    trainer = workshop.console.signed_in("sari", Role.TRAINER)

    page = Page(trainer.get(f"{LISTING}/photos/{result.finished[0].sha256}").text)

    messages = load_messages("id")
    advice = {code: messages.text(f"defect.{code}.advice") for code in DefectCode}
    assert advice[DefectCode.CUT_OFF] in page.unfolded
    assert messages.text("report.marked", number=1) in page.unfolded
    for code in (DefectCode.OVEREXPOSED, DefectCode.TILTED):
        assert advice[code] in page.text and advice[code] not in page.unfolded
    assert messages.text("report.ours") in page.text and advice[DefectCode.OFF_CENTRE] not in page.text
    assert messages.text("doubt.busy_background.advice") not in page.text
    assert [group.get("class") for group in page.all("g")] == [None, "later"]


def test_what_has_not_been_processed_is_shown_without_words(workshop: Workshop) -> None:
    workshop.add()
    trainer = workshop.console.signed_in("sari", Role.TRAINER)
    edit_listing(workshop.console.catalog, workshop.add("ibu-ani/wajan").key, {EditedField.TITLE: "Wajan"}, by="a")

    assert "Wajan" in trainer.get("/sellers/ibu-ani/listings/wajan").text


@pytest.mark.parametrize(
    "place",
    [
        LISTING,
        f"{LISTING}/standing",
        f"{LISTING}/photos/{{sha256}}",
        "/pictures/ibu-ani/tampah/{sha256}/main.jpg",
    ],
)
def test_another_centres_listing_is_not_there(workshop: Workshop, place: str) -> None:
    place = place.format(sha256=workshop.add().finished[0].sha256)
    stranger = workshop.console.signed_in("dewi", Role.TRAINER, "Balai Lain")

    assert workshop.console.signed_in("sari", Role.TRAINER).get(place).status_code == 200
    told = stranger.get(place)
    assert told.status_code == 404
    assert "ampah" not in re.sub(r'value="[^"]*"', "", told.text)
    assert workshop.console.client().get(place).status_code == 303


@pytest.mark.parametrize("action", ["words", "answer", "approve", "send-back"])
def test_another_centres_listing_cannot_be_changed(workshop: Workshop, action: str) -> None:
    key = workshop.add(words=PRICELESS).key
    stranger = workshop.console.signed_in("dewi", Role.TRAINER, "Balai Lain")
    form = {"version": "1", "question": "what_price", "about": "price", "value": "1000", "reason": "dark"}
    words = {"field": "title", "value": "Punya saya", "seen": None}
    sent = {"json": words} if action == "words" else {"data": form}

    assert stranger.post(f"{LISTING}/{action}", **sent).status_code == 404  # type: ignore[arg-type]
    assert workshop.version(key) == 1


def test_nothing_that_people_write_runs_on_any_page(workshop: Workshop) -> None:
    result = workshop.add(words=f"{PRICELESS} {EVIL}", files=(f"{EVIL.replace('/', '')}.jpg",))
    fields = {field: EVIL for field in EditedField if field not in {EditedField.CATEGORY, EditedField.PRICE}}
    edit_listing(workshop.console.catalog, result.key, fields, by="sari")
    workshop.process()
    reviewer = workshop.console.signed_in("tono", Role.REVIEWER)
    photo = f"{LISTING}/photos/{result.finished[0].sha256}"
    reviewer.post(f"{LISTING}/send-back", data={"version": "2", "reason": "other", "word": EVIL})

    for place in (LISTING, photo, "/review", "/review/next", "/review/reasons", "/sellers/ibu-ani"):
        answer = reviewer.get(place)
        assert answer.status_code == 200, place
        page = Page(answer.text)
        assert all(picture["src"] != "x" for picture in page.all("img")), place
        assert not any("onerror" in attributes for _, attributes in page.elements), place
        assert all(script.get("src", "").startswith("/static/") for script in page.all("script")), place  # type: ignore[union-attr]
        assert "unsafe-inline" not in answer.headers["content-security-policy"]


def test_pictures_are_finished_files_with_their_type_for_this_person_alone(workshop: Workshop) -> None:
    result = workshop.add()
    photo = result.finished[0]
    trainer = workshop.console.signed_in("sari", Role.TRAINER)

    shown = trainer.get(f"/pictures/ibu-ani/tampah/{photo.sha256}/main.jpg")

    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert shown.content[:3] == b"\xff\xd8\xff"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["cache-control"].startswith("private")
    again = trainer.get(
        f"/pictures/ibu-ani/tampah/{photo.sha256}/main.jpg", headers={"if-none-match": shown.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "place",
    [
        "ibu-ani/tampah/{sha256}/depan.jpg",
        "ibu-ani/tampah/{sha256}/..%2f..%2fraw",
        "ibu-ani/tampah/raw/depan.jpg",
        "ibu-ani/tampah/{sha256}/%2e%2e",
        "ibu-ani/../raw/{sha256}/main.jpg",
        "ibu-ani/lain/{sha256}/main.jpg",
        "siapa/tampah/{sha256}/main.jpg",
        "ibu-ani/tam%00pah/{sha256}/main.jpg",
    ],
)
def test_nothing_but_a_listings_own_finished_files_is_a_picture(workshop: Workshop, place: str) -> None:
    sha256 = workshop.add().finished[0].sha256
    trainer = workshop.console.signed_in("sari", Role.TRAINER)

    assert trainer.get(f"/pictures/{place.format(sha256=sha256)}").status_code == 404
