"""What a link to a listing's page does not open, and what is not taken from either side."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from models.coaching import MOST_LETTERS
from models.person import Role
from storage.catalog.coach_words import look_on
from storage.catalog.coaching import coach_link_of, standing_coach_link
from storage.catalog.edit_schema import CoachWords
from tests.storage.made import LONG_AGO
from tests.web.console.coaching import HOST, KEY, KEYS, LISTING, SCRIPT, invite, say
from tests.web.console.consoles import Console
from tests.web.console.processed import Workshop

EVIL = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'{{ 7 * 7 }}"


def test_no_other_listings_pictures_and_no_other_files_are_reached_by_the_link(
    workshop: Workshop, console: Console, trainer: TestClient, guest: TestClient, photos: list[str]
) -> None:
    other = workshop.add("ibu-ani/besek").finished[0].sha256
    link = invite(trainer)
    bad = [f"{other}/after", f"{'0' * 64}/after", *(f"{photos[0]}/{name}" for name in ("cutout.webp", "main.jpg"))]
    bad += [
        "..%2f..%2fraw/after",
        f"{photos[0]}/..%2f..%2fraw",
        f"{photos[0]}%00/after",
        f"{photos[0].upper()}/after",
    ]
    for place in bad:
        assert guest.get(f"{link}/pictures/{place}").status_code == 404, place
    spot = {"across": "0.5", "down": "0.5", "name": "Budi", "word": ""}
    for photo, stage, status in ((other, "after", 404), (photos[0], "cutout", 422), ("x", "after", 422)):
        sent = {"photo": photo, "stage": stage}
        assert guest.post(f"{link}/turn", data=sent, headers=SCRIPT).status_code == status
        assert say(guest, link, console, **spot, **sent)[0] == status
    assert look_on(console.catalog, coach_link_of(console.catalog, link[7:])).remarks == ()  # type: ignore[arg-type]


def test_what_is_typed_is_never_a_page(
    console: Console, trainer: TestClient, guest: TestClient, photos: list[str]
) -> None:
    link = invite(trainer)
    assert say(guest, link, console, name=EVIL[:40], word=EVIL)[0] == 200
    with console.catalog.write() as connection:
        connection.execute(update(CoachWords).values(said_at=LONG_AGO))
    plain = guest.post(f"{link}/words", data={"name": EVIL[:40], "word": EVIL, "key": next(KEYS)})
    for answer in (plain, guest.get(link), trainer.get(HOST)):
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert "{{ 7 * 7 }}" in answer.text
        assert "style=" not in answer.text
        assert "unsafe" not in answer.headers["content-security-policy"]
    said = guest.get(f"{link}/now", headers=SCRIPT)
    assert said.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "changed, status, says",
    [
        ({"name": ""}, 422, "Tulis dulu nama Anda"),
        ({"name": "\u200b\n"}, 422, "Tulis dulu nama Anda"),
        ({"name": "x" * 41}, 422, "Tulis dulu nama Anda"),
        ({"word": "x" * (MOST_LETTERS + 1)}, 422, "terlalu panjang"),
        ({"word": ""}, 422, None),
        ({"key": "'; DROP"}, 422, None),
        ({"across": "nan", "down": "0"}, 422, None),
        ({"across": "0.5", "down": "7"}, 422, None),
    ],
)
def test_what_cannot_be_said_is_told(
    console: Console,
    trainer: TestClient,
    guest: TestClient,
    photos: list[str],
    changed: dict[str, str],
    status: int,
    says: str | None,
) -> None:
    link = invite(trainer)
    form = {"name": "Budi", "word": "Gelap", "photo": photos[0], "stage": "after", **changed}

    answer, told = say(guest, link, console, **form)

    assert answer == status
    assert says is None or says in str(told["problem"])
    if says:
        page = guest.post(f"{link}/words", data={"key": next(KEYS), **form})
        assert (page.status_code, says in page.text) == (status, True)


def test_too_fast_is_refused_in_words_that_a_script_knows(
    trainer: TestClient, guest: TestClient, photos: list[str]
) -> None:
    link = invite(trainer)
    sent = [
        guest.post(f"{link}/words", data={"name": "B", "word": "x", "key": next(KEYS)}, headers=SCRIPT)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [200, 429]
    assert sent[1].json()["refusal"] == "too_fast"


def test_another_site_and_another_centre_have_no_part_in_it(
    console: Console, trainer: TestClient, photos: list[str]
) -> None:
    link = invite(trainer)
    stranger = console.signed_in("dewi", Role.TRAINER, "Balai Lain")
    reviewer, nobody = console.signed_in("tono", Role.REVIEWER), console.client()
    form = {"name": "B", "word": "x", "key": next(KEYS), "photo": photos[0], "stage": "after"}
    for way in ("", "/end", "/words", "/turn"):
        assert stranger.post(f"{HOST}{way}", data=form).status_code == 404
        assert reviewer.post(f"{HOST}{way}", data=form).status_code == 403
        assert nobody.post(f"{HOST}{way}", data=form).status_code == 303
    for way in ("", "/now", "/events"):
        assert stranger.get(f"{HOST}{way}").status_code == 404
        assert reviewer.get(f"{HOST}{way}").status_code == 403
        assert nobody.get(f"{HOST}{way}").status_code == 303
    assert trainer.post("/sellers/ibu-ani/listings/nothing/coach", data=form).status_code == 404
    for origin in ("https://elsewhere.example", "null", None):
        foreign = console.client(origin=origin)
        for way in ("/words", "/turn"):
            assert foreign.post(f"{link}{way}", data=form).status_code == 403
    assert "Undang ahli" not in reviewer.get(LISTING).text
    assert coach_link_of(console.catalog, link[7:]) == standing_coach_link(console.catalog, KEY)
    assert look_on(console.catalog, standing_coach_link(console.catalog, KEY)).remarks == ()  # type: ignore[arg-type]
