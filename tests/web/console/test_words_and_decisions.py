"""What is done on a listing's page: under the person's name, and on nothing that she has not seen."""

import pytest
from fastapi.testclient import TestClient

from models.audit import Act
from models.edit import EditedField
from models.person import Role
from models.review import Decision
from models.state import ListingState
from storage.catalog.audit import read_audit
from storage.catalog.edits import edit_listing, overrides_of
from storage.catalog.reading import find_listing
from storage.catalog.sellers import choose_marketplaces
from tests.web.console.processed import PRICELESS, Workshop
from tests.web.report_pages import Page

LISTING = "/sellers/ibu-ani/listings/tampah"


@pytest.fixture
def sari(workshop: Workshop) -> TestClient:
    return workshop.console.signed_in("sari", Role.TRAINER)


def written(
    sari: TestClient, field: str, value: str | None, seen: str | None = None
) -> tuple[int, dict[str, object]]:
    answer = sari.post(f"{LISTING}/words", json={"field": field, "value": value, "seen": seen})
    return answer.status_code, answer.json()


def acts(workshop: Workshop) -> list[tuple[str, Act]]:
    return [(entry.by, entry.act) for entry in read_audit(workshop.console.catalog) if entry.listing]


def test_words_are_kept_under_her_name_and_what_speaks_against_them_is_told(
    workshop: Workshop, sari: TestClient
) -> None:
    key = workshop.add().key

    status, told = written(sari, "title", "Tampah Bambu TERBAIK " * 20)

    assert (status, told["version"]) == (200, 2)
    assert any("Shopee" in str(one) or "terbaik" in str(one).casefold() for one in told["objections"])  # type: ignore[attr-defined]
    assert acts(workshop) == [("sari", Act.LISTING_EDITED)]
    assert written(sari, "price", "Rp 15.000")[1]["value"] == "15000"
    assert written(sari, "title", None, "Tampah Bambu TERBAIK " * 19 + "Tampah Bambu TERBAIK")[0] == 200
    said = overrides_of(workshop.console.catalog, key)
    assert [(edit.field, edit.value) for edit in said.edits] == [(EditedField.PRICE, "15000")]


def test_what_speaks_against_them_is_what_it_is_where_she_sells(workshop: Workshop, sari: TestClient) -> None:
    workshop.add()
    words = "Tampah Bambu " * 12

    assert "Shopee" in str(written(sari, "title", words)[1]["objections"])
    choose_marketplaces(workshop.console.catalog, "ibu-ani", ["etsy"])
    told = str(written(sari, "title", words, words.strip())[1]["objections"])
    assert "Etsy" in told
    assert "Shopee" not in told


def test_tabs_and_any_line_break_part_words(workshop: Workshop, sari: TestClient) -> None:
    workshop.add()
    assert written(sari, "description", "Bahan:\tbambu\rUkuran\t20 cm\r\nWarna alami")[0] == 200
    result = workshop.process()
    assert result.suggestion.description is not None
    assert result.suggestion.description.value == "Bahan: bambu\nUkuran 20 cm\nWarna alami"


def test_the_same_words_sent_again_after_a_cut_line_are_one_edit(workshop: Workshop, sari: TestClient) -> None:
    key = workshop.add().key

    assert [written(sari, "title", "Tampah Bambu")[1]["version"] for _ in range(2)] == [2, 2]
    assert workshop.version(key) == 2


def test_somebody_elses_newer_words_are_shown_and_stay(workshop: Workshop, sari: TestClient) -> None:
    key = workshop.add().key
    edit_listing(workshop.console.catalog, key, {EditedField.TITLE: "Tampah Tono"}, by="tono")

    status, told = written(sari, "title", "Tampah Sari")

    assert (status, told) == (409, {"value": "Tampah Tono", "by": "tono"})
    assert written(sari, "title", "Tampah Sari", "Tampah Tono")[0] == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " \x07 "),
        ("title", "x" * 501),
        ("category", "no such goods"),
        ("price", "0"),
        ("price", "10-15rb"),
    ],
)
def test_what_cannot_be_kept_is_told_and_changes_nothing(
    workshop: Workshop, sari: TestClient, field: str, value: str
) -> None:
    key = workshop.add().key

    status, told = written(sari, field, value)

    assert status == 422
    assert told["problem"]
    assert workshop.version(key) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"field": "shoes", "value": "1", "seen": null}'])
def test_what_is_no_words_is_refused(workshop: Workshop, sari: TestClient, body: bytes) -> None:
    workshop.add()

    answer = sari.post(f"{LISTING}/words", content=body, headers={"content-type": "application/json"})

    assert 400 <= answer.status_code < 500


def test_an_answer_is_kept_and_its_question_is_gone(workshop: Workshop, sari: TestClient) -> None:
    workshop.add(words=PRICELESS)

    answer = sari.post(f"{LISTING}/answer", data={"question": "what_price", "about": "price", "value": "45 ribu"})

    assert answer.status_code == 303
    assert acts(workshop) == [("sari", Act.QUESTION_ANSWERED)]
    assert "what_price" not in sari.get(LISTING).text
    assert workshop.process().suggestion.price.value == 45000  # type: ignore[union-attr]
    assert sari.post(f"{LISTING}/answer", data={"question": "why", "value": "1"}).status_code == 422
    assert sari.post(f"{LISTING}/answer", data={"question": "what_price", "value": " "}).status_code == 422


def test_an_approval_is_on_record_and_in_the_outbox(workshop: Workshop, sari: TestClient) -> None:
    key = workshop.add().key

    answer = sari.post(f"{LISTING}/approve", data={"version": "1"})

    assert (answer.status_code, answer.headers["location"]) == (303, LISTING)
    row = find_listing(workshop.console.catalog, key)
    assert row is not None and row.review is not None
    assert (row.state, row.review.by, row.review.decision) == (
        ListingState.PUBLISHING,
        "sari",
        Decision.APPROVED,
    )
    assert acts(workshop) == [("sari", Act.LISTING_APPROVED)]


@pytest.mark.parametrize("action", ["approve", "send-back"])
def test_a_page_that_is_out_of_date_decides_nothing_and_shows_what_is_new(
    workshop: Workshop, sari: TestClient, action: str
) -> None:
    key = workshop.add().key
    edit_listing(workshop.console.catalog, key, {EditedField.TITLE: "Tampah Baru"}, by="tono")
    workshop.process()

    answer = sari.post(f"{LISTING}/{action}", data={"version": "1", "reason": "dark"})

    assert answer.status_code == 409
    assert "baru saja berubah" in answer.text
    assert "Tampah Baru" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert acts(workshop) == [("tono", Act.LISTING_EDITED)]


def test_while_a_change_is_prepared_nobody_can_decide(workshop: Workshop, sari: TestClient) -> None:
    workshop.add()
    written(sari, "title", "Tampah Bambu Bulat")

    assert 'name="version"' not in sari.get(LISTING).text
    assert sari.post(f"{LISTING}/approve", data={"version": "2"}).status_code == 409
    assert sari.get(f"{LISTING}/standing").json() == {"version": 2, "made": 1, "state": "due"}


def test_a_listing_is_sent_back_with_a_word_and_the_reason_is_counted(
    workshop: Workshop, sari: TestClient
) -> None:
    key = workshop.add().key

    assert sari.post(f"{LISTING}/send-back", data={"version": "1", "reason": "other"}).status_code == 422
    assert sari.post(f"{LISTING}/send-back", data={"version": "1", "reason": "dark"}).status_code == 303

    row = find_listing(workshop.console.catalog, key)
    assert row is not None and row.review is not None
    assert (row.review.decision, row.review.word) == (Decision.SENT_BACK, "Ambil foto lagi di dekat jendela.")
    (entry,) = [entry for entry in read_audit(workshop.console.catalog) if entry.act is Act.LISTING_SENT_BACK]
    assert entry.detail == {"version": 1, "reason": "dark"}
    assert "Ambil foto lagi di dekat jendela." in sari.get(LISTING).text


def test_nobody_is_led_to_another_site_after_a_decision(workshop: Workshop, sari: TestClient) -> None:
    workshop.add()

    answer = sari.post(f"{LISTING}/approve", data={"version": "1", "next": "https://elsewhere.example/"})

    assert answer.headers["location"] == "/"


def test_an_answer_that_is_not_understood_is_told_and_asked_again(workshop: Workshop, sari: TestClient) -> None:
    workshop.add(words=PRICELESS)
    told = "belum bisa kami pahami"
    assert told not in sari.get(LISTING).text

    assert sari.post(
        f"{LISTING}/answer", data={"question": "what_price", "about": "price", "value": "15"}
    ).is_redirect
    assert told not in sari.get(LISTING).text, "no run has seen it"
    workshop.process()

    page = Page(sari.get(LISTING).text)
    assert page.text.count(told) == 1
    assert "Jawaban tadi (“15”) belum bisa kami pahami" in page.text
    answer = {"question": "what_price", "about": "price", "value": "15rb"}
    assert sari.post(f"{LISTING}/answer", data=answer).is_redirect
    workshop.process()
    assert told not in sari.get(LISTING).text


def test_a_category_is_chosen_from_a_list_where_it_is_asked_for(workshop: Workshop, sari: TestClient) -> None:
    workshop.add(words="enak murah 15rb")
    page = Page(sari.get(LISTING).text)
    (asked,) = [field for field in page.all("select") if field.get("name") == "value"]
    assert asked["aria-label"]
    codes = [option["value"] for option in page.all("option")]
    assert codes.count("cassava_chips") == 2, "in the answer's list and in the field's"

    answer = {"question": "which_category", "about": "", "value": "cassava_chips"}
    assert sari.post(f"{LISTING}/answer", data=answer).is_redirect
    result = workshop.process()
    assert result.suggestion.category is not None and result.suggestion.category.value == "cassava_chips"
