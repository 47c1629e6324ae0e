"""An expert invited to a listing's page, and what each side says there, as a browser sends it."""

import re

from fastapi.testclient import TestClient
from sqlalchemy import update

from models.listing import ListingKey
from storage.catalog.edit_schema import CoachWords
from tests.storage.made import LONG_AGO
from tests.web.console.consoles import Console

KEY = ListingKey(seller="ibu-ani", listing="tampah")
LISTING = "/sellers/ibu-ani/listings/tampah"
HOST = f"{LISTING}/coach"
SCRIPT = {"accept": "application/json"}
KEYS = iter(f"key-{number:08}" for number in range(10_000))


def invite(trainer: TestClient, place: str = HOST, **form: str) -> str:
    """Press the button, and return where the link that is shown leads."""
    page = trainer.post(place, data={"instead_of": "", **form})
    assert page.status_code == 200, page.text
    address = re.search(r'class="code address">http://testserver(/coach/[\w-]{22})<', page.text)
    assert address
    return address[1]


def say(client: TestClient, place: str, console: Console, **form: str) -> tuple[int, dict[str, object]]:
    """Say something as the page's script does, a while after all that was said before."""
    with console.catalog.write() as connection:
        connection.execute(update(CoachWords).values(said_at=LONG_AGO))
    answer = client.post(f"{place}/words", data={"key": next(KEYS), **form}, headers=SCRIPT)
    return answer.status_code, answer.json()
