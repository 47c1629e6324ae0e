"""An expert joins a listing's page by a link: what both sides see and hear, and how a link ends."""

import asyncio
import json
import re
import time

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from models.coaching import CoachingOver
from models.edit import EditedField
from storage.catalog.edit_schema import CoachLinks, CoachWords
from storage.catalog.edits import edit_listing
from storage.catalog.forgetting import begin_forgetting
from tests.storage.made import let_pass
from tests.web.console.coaching import HOST, KEY, KEYS, LISTING, SCRIPT, invite, say
from tests.web.console.consoles import Console
from tests.web.console.processed import Workshop
from tests.web.report_pages import Page
from web.console.coach_stream import read_mark, tell_changes

PATIENCE = 60
"""s"""


def test_both_sides_see_the_same_photos_words_places_and_turns(
    console: Console, trainer: TestClient, guest: TestClient, photos: list[str]
) -> None:
    assert "Undang ahli" in trainer.get(LISTING).text
    link = invite(trainer)
    place = {"photo": photos[1], "stage": "after", "across": "0.25", "down": "0.75"}

    status, told = say(guest, link, console, name=" Pak\nBudi ", word="Terlalu gelap", **place)
    assert status == 200
    assert say(trainer, HOST, console, word="Baik, Pak")[0] == 200
    turned = guest.post(f"{link}/turn", data=place, headers=SCRIPT).json()
    assert turned == {"shown": {"photo": photos[1], "stage": "after", "turn": 1}}
    at_host, at_guest = (
        side.get(f"{where}/now", headers=SCRIPT) for side, where in ((trainer, HOST), (guest, link))
    )

    assert at_host.headers["cache-control"] == "no-store"
    assert at_host.json()["shown"] == at_guest.json()["shown"] == turned["shown"]
    words = [[remark["word"] for remark in each.json()["remarks"]] for each in (at_host, at_guest)]
    assert words == [["Terlalu gelap", "Baik, Pak"]] * 2
    first = at_host.json()["remarks"][0]
    assert {**first, "at": ""} == {**told["remark"], "at": ""}  # type: ignore[dict-item]
    assert (first["name"], first["role"]) == ("Pak Budi", "ahli")
    assert first["spot"] == {"photo": photos[1], "stage": "after", "across": 0.25, "down": 0.75}
    # With the name of an account one signs in.
    assert [each.json()["remarks"][1]["name"] for each in (at_host, at_guest)] == ["sari", ""]
    mark = at_guest.json()["mark"]
    assert guest.get(f"{link}/now?after={mark}", headers=SCRIPT).json()["remarks"] == []
    for side, where in ((trainer, HOST), (guest, link)):
        page = Page(side.get(where).text)
        shown = next(each for _, each in page.elements if each.get("class") == "coach")
        assert (shown["data-photo"], shown["data-stage"], shown["data-turn"]) == (photos[1], "after", "1")
        assert [remark["word"] for remark in json.loads(shown["data-remarks"] or "")] == words[0]
        assert all(word in page.text for word in words[0])


def test_of_the_seller_a_guest_sees_the_photos_and_the_title_alone(
    workshop: Workshop, console: Console, trainer: TestClient, guest: TestClient, photos: list[str]
) -> None:
    edit_listing(console.catalog, KEY, {EditedField.TITLE: "Tampah Bambu Bulat"}, by="sari")
    workshop.add("ibu-ani/besek")
    link = invite(trainer)
    say(trainer, HOST, console, word="Halo")

    text = guest.get(link).text

    page = Page(text)
    assert "Tampah Bambu Bulat" in page.text
    assert "Satu hal" not in page.text
    pictures = [str(one["src"]) for one in page.all("img") if "/pictures/" in str(one["src"])]
    assert pictures == [f"{link}/pictures/{sha}/{stage}" for sha in photos for stage in ("before", "after")]
    for told in (
        "ibu-ani",
        "Ibu Ani",
        "Sukamaju",
        "45rb",
        "45.000",
        "45000",
        "0812345678",
        "samping.jpg",
        "besek",
        "sari",
        "/sellers",
    ):
        assert told not in re.sub(r"[0-9a-f]{64}|/static/\w+", "", text), told
    for place in pictures:
        picture = guest.get(place)
        assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
        assert picture.headers["cache-control"] == "private, no-cache"
        assert guest.get(place, headers={"if-none-match": picture.headers["etag"]}).status_code == 304
    assert guest.get(f"/pictures/{KEY}/{photos[0]}/main.jpg").status_code == 303, "by an account alone"


def test_words_need_no_script_and_the_name_stays_in_the_page(
    console: Console, trainer: TestClient, guest: TestClient, photos: list[str]
) -> None:
    link = invite(trainer)
    key = Page(guest.get(link).text).all("input")
    form = {
        "name": "Pak Budi",
        "word": "Terlalu gelap",
        "key": str(next(i["value"] for i in key if i["name"] == "key")),
    }

    answers = [guest.post(f"{link}/words", data=form) for _ in range(2)]
    looked = guest.post(f"{link}/words", data={"name": "Pak Budi", "word": " ", "look": "1"})

    for answer in (*answers, looked):
        assert answer.status_code == 200
        assert answer.headers.get_list("set-cookie") == []
        assert Page(answer.text).text.count("Terlalu gelap") == 1, "sent twice, said once"
        assert 'value="Pak Budi"' in answer.text
    assert 'value="Pak Budi"' not in guest.get(link).text
    hers = trainer.post(f"{HOST}/words", data={"word": "Baik", "key": next(KEYS)})
    assert (hers.status_code, hers.headers["location"]) == (303, HOST)
    too_fast = trainer.post(f"{HOST}/words", data={"word": "Lagi", "key": next(KEYS)})
    assert too_fast.status_code == 429
    assert "Tunggu satu detik" in too_fast.text and 'value="Lagi"' in too_fast.text
    switch = {"language": "en", "next": link}
    assert guest.post("/language", data=switch).headers["location"] == link


def test_a_link_that_has_ended_is_told_kindly_and_does_not_tell_whose_it_was(
    console: Console, trainer: TestClient, guest: TestClient, photos: list[str]
) -> None:
    link = invite(trainer)
    picture = f"{link}/pictures/{photos[0]}/after"
    assert guest.get(picture).status_code == 200
    say(guest, link, console, name="Budi", word="Gelap")
    ended = trainer.post(f"{HOST}/end", data={})
    assert (ended.status_code, ended.headers["location"]) == (303, f"{LISTING}#coach")

    form = {"name": "B", "word": "x", "key": next(KEYS), "photo": photos[0], "stage": "after"}
    for place in (link, "/coach/none", "/coach/%20", f"{link}x"):
        pages = [guest.get(place), guest.get(f"{place}/now"), guest.post(f"{place}/words", data=form)]
        for page in pages:
            assert page.status_code == 404
            assert "minta tautan baru kepada pendamping" in page.text
            assert "Tampah" not in page.text
    for way in ("/now", "/events"):
        told = guest.get(f"{link}{way}", headers=SCRIPT)
        assert (told.status_code, "Terima kasih" in told.json()["problem"]) == (404, True)
    assert guest.post(f"{link}/turn", data=form, headers=SCRIPT).status_code == 404
    assert guest.get(picture).status_code == 404
    assert trainer.get(HOST).headers["location"] == f"{LISTING}#coach"
    assert "Undang ahli" in trainer.get(LISTING).text
    newer = invite(trainer)
    begin_forgetting(console.catalog, "ibu-ani", by="sari")
    assert (guest.get(newer).status_code, trainer.get(HOST).status_code) == (404, 404)


def test_the_button_pressed_twice_ends_no_talk_and_a_new_link_ends_the_one_that_was_seen(
    console: Console, trainer: TestClient, guest: TestClient, photos: list[str]
) -> None:
    link = invite(trainer)
    say(guest, link, console, name="Budi", word="Gelap")
    for number in ("", "0", "9" * 5000):
        again = trainer.post(HOST, data={"instead_of": number})
        assert (again.status_code, again.headers["location"]) == (303, HOST)
    number = next(
        str(one["value"]) for one in Page(trainer.get(LISTING).text).all("input") if one["name"] == "instead_of"
    )

    newer = invite(trainer, instead_of=number)

    assert newer != link
    assert (guest.get(link).status_code, guest.get(newer).status_code) == (404, 200)
    assert "Gelap" not in guest.get(newer).text


def test_what_was_said_by_a_link_that_has_expired_is_removed_while_the_console_stands(
    console: Console, trainer: TestClient, guest: TestClient, photos: list[str]
) -> None:
    link = invite(trainer)
    say(guest, link, console, name="Budi", word="Gelap")
    let_pass(console.catalog, CoachLinks, "expires_at")  # type: ignore[arg-type]
    assert guest.get(link).status_code == 404

    def left() -> int:
        with console.catalog.read() as connection:
            return connection.execute(select(func.count()).select_from(CoachWords)).scalar_one()

    assert left() == 1
    with console.client():
        deadline = time.monotonic() + PATIENCE
        while left():
            assert time.monotonic() < deadline
            time.sleep(0.02)


@pytest.mark.parametrize(
    "host, far",
    [("konsol.example.org", True), ("192.168.1.10", False), ("laptop", False), ("laptop.local", False)],
)
def test_a_link_that_no_expert_elsewhere_can_open_is_told(
    trainer: TestClient, photos: list[str], host: str, far: bool
) -> None:
    headers = {"host": host, "origin": f"http://{host}"}
    page = trainer.post(HOST, data={"instead_of": ""}, headers=headers).text
    assert f'class="code address">http://{host}/coach/' in page
    assert ("hanya bisa dibuka di jaringan ini" in page) is not far


def test_each_change_is_told_once_then_that_there_is_none_and_in_the_end_that_it_is_over() -> None:
    news = iter([({"mark": "1-0"}, True), ({"mark": "1-0"}, False), ({"mark": "1-1"}, True)])
    asked = []

    def look(since: tuple[int, int]) -> tuple[dict[str, object], bool]:
        asked.append(since)
        try:
            return next(news)  # type: ignore[return-value]
        except StopIteration:
            raise CoachingOver from None

    async def hear() -> list[str]:
        return [event async for event in tell_changes(look, "0-0", may_hear=lambda: True, pause=0, here=0)]

    assert asyncio.run(hear()) == [
        'id: 1-0\nevent: seen\ndata: {"mark": "1-0"}\n\n',
        "event: here\ndata: {}\n\n",
        'id: 1-1\nevent: seen\ndata: {"mark": "1-1"}\n\n',
        "event: over\ndata: {}\n\n",
    ]
    assert asked == [(0, 0), (1, 0), (1, 0), (1, 1)]
    assert [read_mark(mark) for mark in ("12-3", "", "-1-2", "9" * 30 + "-1", "\u0661-1")] == [
        (12, 3),
        *[(0, -1)] * 4,
    ]


def test_whoever_has_been_signed_out_is_told_nothing_more() -> None:
    allowed = iter((True, False))

    async def hear() -> list[str]:
        news = ({"mark": "1-0"}, True)
        told = tell_changes(lambda _: news, "0-0", may_hear=lambda: next(allowed), pause=0)
        return [event async for event in told]

    assert [event.count("event: seen") for event in asyncio.run(hear())] == [1]
