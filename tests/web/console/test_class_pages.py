"""The class and its lesson sheets: whom they show, whom they do not, and that no name is taken for a page."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import update

from config.messages import Language, load_messages
from models.assessment import DefectCode
from models.class_day import Turn
from models.matte import Doubt
from models.person import Role
from models.seller import Enrolment
from processing.class_day import HERS
from storage.catalog.clock import read_clock
from storage.catalog.reviews import send_back
from storage.catalog.schema import Listings
from storage.catalog.sellers import enrol_seller
from tests.web.console.consoles import CENTRE, Console
from tests.web.console.processed import PRICELESS, Workshop
from tests.web.report_pages import Page
from web.console.class_pages import LOOKS, say_ago
from web.console.drawings import DRAWINGS, drawing_of
from web.templating import open_templates

EVIL = '"><script>alert(1)</script>{{ 7 * 7 }}<b>'
PLACES = ("/class", "/class/now", "/class/lesson", "/class/lesson.pdf")


def enrol(console: Console, name: str, centre: str = CENTRE) -> str:
    return enrol_seller(console.catalog, Enrolment(name=name, centre=centre), by="sari").folder


def test_a_trainer_sees_her_own_class_with_who_waits_longest_first_and_the_rooms_mistake(
    workshop: Workshop,
) -> None:
    catalog = workshop.console.catalog
    for name in ("Bu Mia", "Bu Zul", "Bu Baru"):
        workshop.enrol(name)
    workshop.enrol("Bu Jauh", "Balai Lain")
    for place in ("bu-zul/kopi", "ibu-ani/tampah", "bu-jauh/tas"):
        workshop.add(place, PRICELESS)
    back = workshop.add("bu-mia/tas", PRICELESS).key
    send_back(catalog, back, version=1, by="sari", word="Foto lagi dekat jendela.")
    with catalog.write() as connection:
        earlier = update(Listings).where(Listings.seller == "ibu-ani")
        connection.execute(earlier.values(finished_at=read_clock(connection) - timedelta(minutes=12)))
    trainer = workshop.console.signed_in("sari", Role.TRAINER)

    shown = trainer.get("/class")
    text = Page(shown.text).text
    order = [text.index(name) for name in ("Ibu Ani", "Bu Zul", "Bu Mia", "Bu Baru")]
    assert order == sorted(order)
    assert "Bu Jauh" not in shown.text
    assert "12 menit lalu" in text
    assert "Foto lagi dekat jendela." in text
    # The same photo is everybody's here, and its mistake is told without anybody's name.
    lesson = text[text.index("Pelajaran untuk semua") :]
    assert "3 dari 3 penjual" in lesson
    assert not re.search("Ani|Zul|Mia", lesson)
    assert "<noscript>" in shown.text

    # A light look: the same thing by itself, and nothing at all while nothing has changed.
    now = trainer.get("/class/now")
    assert "<html" not in now.text and "Ibu Ani" in now.text
    same = trainer.get("/class/now", headers={"if-none-match": now.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    workshop.enrol("Bu Lagi")
    assert trainer.get("/class/now", headers={"if-none-match": now.headers["etag"]}).status_code == 200

    # One sheet for each who has photos, with pictures that she may see, and the same as a PDF.
    sheets = trainer.get("/class/lesson")
    assert sheets.text.count('<article class="only">') == 3
    assert "Bu Jauh" not in sheets.text
    pictures = set(re.findall(r'<img src="([^"]+)"', sheets.text))
    assert pictures and all(trainer.get(place).status_code == 200 for place in pictures)
    assert re.search(r'style="|<style', sheets.text) is None
    pdf = trainer.get("/class/lesson.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf.content)) == 3
    one = trainer.get("/sellers/ibu-ani/lesson")
    assert one.text.count('<article class="only">') == 1
    assert "Lembar belajar foto untuk Ibu Ani" in one.text
    assert 'href="/sellers/ibu-ani/lesson"' in trainer.get("/sellers/ibu-ani").text
    # Who has no photo is told what to do first.
    assert load_messages("id").text("console.class.no_lesson") in trainer.get("/sellers/bu-baru/lesson").text
    assert trainer.get("/sellers/bu-baru/lesson.pdf").headers["content-type"].startswith("text/html")


def test_of_another_centre_a_trainer_sees_nothing_and_others_choose(console: Console) -> None:
    other = enrol(console, "Bu Lain", "Balai Lain")
    enrol(console, "Bu Ani")
    trainer = console.signed_in("sari", Role.TRAINER)
    console.begin_session("dewi", Role.TRAINER, "Balai Lain")
    reviewer = console.signed_in("tono", Role.REVIEWER)

    for place in PLACES:
        assert trainer.get(place, params={"centre": "Balai Lain"}).status_code == 404
        assert trainer.get(place, params={"centre": CENTRE}).status_code == 200
        assert console.client().get(place).status_code == 303
        for centre in ("\0", "x" * 5000, EVIL):
            assert reviewer.get(place, params={"centre": centre}).status_code in {200, 404}
    for place in ("lesson", "lesson.pdf"):
        for folder in (other, "nobody", quote("a\0b")):
            assert trainer.get(f"/sellers/{folder}/{place}").status_code == 404
    chosen = reviewer.get("/class", params={"centre": "Balai Lain"}).text
    assert "Bu Lain" in chosen and "Bu Ani" not in chosen
    choice = reviewer.get("/class").text
    assert "Bu Lain" not in choice and "Balai Lain" in choice and CENTRE in choice


def test_a_name_is_never_taken_for_a_page(workshop: Workshop) -> None:
    folder = workshop.enrol(EVIL, "Balai <i>Lain</i>").folder
    workshop.add(f"{folder}/kopi", EVIL)
    trainer = workshop.console.signed_in("dewi", Role.TRAINER, "Balai <i>Lain</i>")

    for place in ("/class", "/class/now", "/class/lesson", f"/sellers/{folder}/lesson"):
        told = trainer.get(place).text
        assert "&lt;script&gt;" in told
        assert (
            "<script>alert" not in told
            and "<i>Lain" not in told
            and "49" not in re.findall(r">[^<]*49[^<]*<", told)
        )
        assert "{{ 7 * 7 }}" in told
    assert trainer.get(f"/sellers/{folder}/lesson.pdf").content.startswith(b"%PDF")


def test_every_mistake_that_a_room_can_make_has_its_drawing() -> None:
    sections = {f"defect.{code}" for code in DefectCode}
    sections |= {f"doubt.{doubt}" for doubt in Doubt if doubt is not Doubt.UNCLEAR}
    assert set(DRAWINGS) == sections
    draw = open_templates().get_template("console/drawing.html.jinja").module.drawing  # type: ignore[attr-defined]
    drawn = {kind: str(draw(kind, "x")) for kind in {*DRAWINGS.values(), "right"}}
    assert len(set(drawn.values())) == len(drawn)
    assert drawing_of("defect.blur") == "blurred"


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_turn_and_time_is_told(language: Language) -> None:
    messages = load_messages(language)
    for turn in Turn:
        assert messages.text(f"console.class.turn.{turn}")
    assert set(LOOKS) <= set(Turn) and HERS
    said = [
        say_ago(time, messages) for time in (timedelta(seconds=59), timedelta(minutes=59), timedelta(hours=23))
    ]
    assert len(set(said)) == 3
    assert say_ago(timedelta(days=3, hours=2), load_messages("id")) == "3 hari lalu"
