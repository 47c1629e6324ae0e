"""What people are told the time of is told by Jakarta's clock, on a server that goes by another."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from storage.catalog.arrival_schema import Takes, UploadLinks
from storage.catalog.edit_schema import CoachLinks, CoachWords, Edits
from storage.catalog.schema import Audit
from tests.web.console.coaching import HOST, LISTING, SCRIPT, invite, say
from tests.web.console.consoles import Console
from tests.web.console.processed import Workshop
from tests.web.console.sending import PHOTO, TUS, encode_about
from web.console.tus import MEDIA_TYPE

THEN = datetime(2026, 3, 1, 5, 30, tzinfo=UTC)
SOON = (datetime.now(UTC) + timedelta(days=1)).replace(hour=5, minute=30)


@pytest.fixture(autouse=True)
def server_by_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "UTC")
        time.tzset()
        yield
    time.tzset()


def test_until_when_a_phones_link_is_good(workshop: Workshop, trainer: TestClient) -> None:
    page = trainer.post("/sellers/ibu-ani/links", data={"listing": "tampah"}).text
    with workshop.console.catalog.read() as connection:
        ends = connection.scalars(select(UploadLinks.expires_at)).one()
    assert f"Berlaku sampai pukul {ends + timedelta(hours=7):%H.%M}." in page


def test_until_when_an_experts_link_is_good_and_when_something_was_said_by_it(
    console: Console, trainer: TestClient, guest: TestClient, photos: list[str]
) -> None:
    link = invite(trainer)
    say(guest, link, console, name="Pak Budi", word="Terlalu gelap")
    with console.catalog.write() as connection:
        connection.execute(update(CoachLinks).values(expires_at=SOON))
        connection.execute(update(CoachWords).values(said_at=THEN))
    for client, place in ((trainer, LISTING), (trainer, HOST), (guest, link)):
        assert "sampai pukul 12.30" in client.get(place).text
    assert guest.get(f"{link}/now", headers=SCRIPT).json()["remarks"][0]["at"] == "12.30"


def test_when_a_recipe_was_chosen_and_what_else_was_done(workshop: Workshop, trainer: TestClient) -> None:
    workshop.add()
    trainer.post(f"{LISTING}/recipe", data={"recipe": "cream-square"})
    with workshop.console.catalog.write() as connection:
        connection.execute(update(Edits).values(edited_at=THEN))
        connection.execute(update(Audit).values(happened_at=THEN))
    page = trainer.get(LISTING).text
    assert "Dipilih sari, 01-03-2026 12.30." in page
    assert set(re.findall(r"<time[^>]*>([^<]*)<", page)) == {"01-03-2026 12.30"}


def test_when_an_earlier_take_was_taken(workshop: Workshop, trainer: TestClient) -> None:
    workshop.add()
    told = encode_about({"filename": "x.jpg", "listing": "tampah", "key": "k1", "replaces": "depan.jpg"})
    begun = {**TUS, "upload-length": str(len(PHOTO)), "upload-metadata": told}
    place = trainer.post("/sellers/ibu-ani/uploads", headers=begun).headers["location"]
    trainer.patch(place, headers={**TUS, "content-type": MEDIA_TYPE, "upload-offset": "0"}, content=PHOTO)
    with workshop.console.catalog.write() as connection:
        connection.execute(update(Takes).values(taken_at=THEN))
    page = trainer.get(f"{LISTING}/retake?file=depan.jpg").text
    assert re.findall(r"<time[^>]*>([^<]*)<", page) == ["01-03-2026 12.30"]
    assert "dari 01-03-2026 12.30" in page
