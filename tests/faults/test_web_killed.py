"""kill -9 of the web server while a marketplace sends events: what was acknowledged is done, each event once."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from random import Random

import httpx
import pytest
from sqlalchemy import func, select

from flows.serving_web import web_service
from storage.catalog.connection import Catalog
from storage.catalog.schema import Deliveries
from storage.catalog.waiting_deliveries import waiting_deliveries
from storage.discovery import discover
from tests.faults.conftest import FAULTS, Undisturbed
from tests.faults.goods import LISTINGS, PUBLISHED, photos_of
from tests.faults.village import Village
from tests.servers.ports import free_port
from tests.servers.service import lone
from tests.web.ingest.told import SECRET, signed, uploaded

WORDS, PRICE = "Tampah anyaman bambu", 45_000
ANSWER_SECONDS = 5.0
PAUSE_SECONDS = 0.02
LONGEST_SECONDS = 1.5
"""Between a start and the next kill."""


@dataclass
class Marketplace:
    """Sends one event after the other, each until it is acknowledged: a listing of one seller has a new price."""

    address: str
    seller: str
    acknowledged: int = 0
    repeated: int = 0
    prices: dict[str, int] = field(default_factory=dict)
    """The last one of each listing that was acknowledged."""
    ending: threading.Event = field(default_factory=threading.Event)

    def send(self) -> None:
        """Tell of the listings in turn until this is to end."""
        while not self.ending.is_set():
            listing, price = LISTINGS[self.acknowledged % len(LISTINGS)], PRICE + self.acknowledged
            while not self._tell(listing, price):
                self.repeated += 1
                time.sleep(PAUSE_SECONDS)
            self.acknowledged += 1
            self.prices[listing] = price
            time.sleep(PAUSE_SECONDS)

    def _tell(self, listing: str, price: int) -> bool:
        at = datetime(2026, 11, 24, tzinfo=UTC) + timedelta(seconds=price)
        event = uploaded(self.seller, listing, at=at.isoformat(), note={"words": WORDS, "price": price})
        body = json.dumps(event).encode()
        headers = signed(body, identity=f"msg_{price}")
        try:
            answer = httpx.post(self.address, content=body, headers=headers, timeout=ANSWER_SECONDS)
        except httpx.HTTPError:
            return False
        if answer.is_server_error:
            return False
        assert answer.status_code == HTTPStatus.ACCEPTED, answer.text
        return True


@contextmanager
def sending(marketplace: Marketplace) -> Iterator[None]:
    """Have a marketplace send while the block lasts, and until what it is sending is acknowledged."""
    thread = threading.Thread(target=marketplace.send)
    thread.start()
    try:
        yield
    finally:
        marketplace.ending.set()
        thread.join()


@pytest.mark.heavy
@pytest.mark.timeout(3000)
def test_every_event_that_was_acknowledged_is_done_and_none_twice(
    scaled_out: Village, tmp_path: Path, undisturbed: Undisturbed, chance: Random
) -> None:
    place, port = scaled_out, free_port()
    seller = place.know_seller()
    for listing in LISTINGS:
        for file, data in photos_of(seller, listing).items():
            place.store.put(f"raw/{seller}/{listing}/{file}", data, media_type="image/jpeg")
    discover(place.store, place.catalog)
    marketplace = Marketplace(f"http://127.0.0.1:{port}/ingest/listing", seller)
    own = {**place.environment, "PREFECT_API_URL": "", "ETALASE_WEBHOOK_SECRETS": SECRET}
    part = web_service(tmp_path / "home", "127.0.0.1", port, "")
    with lone(part, tmp_path, own) as web, sending(marketplace):
        for _ in range(FAULTS):
            time.sleep(chance.uniform(0, LONGEST_SECONDS))
            web.kill()
            web.start()

    assert marketplace.repeated >= FAULTS
    assert count_deliveries(place.catalog) == marketplace.acknowledged
    place.settle()
    assert list(waiting_deliveries(place.catalog)) == []
    assert prices(place) == {listing: marketplace.prices[listing] for listing in PUBLISHED}
    place.require_undisturbed(undisturbed.made)


def count_deliveries(catalog: Catalog) -> int:
    with catalog.read() as connection:
        return connection.execute(select(func.count()).select_from(Deliveries)).scalar_one()


def prices(place: Village) -> dict[str, int]:
    """Return what is published to be asked for each listing."""
    results = {listing: row.result for (_, listing), row in place.rows().items() if listing in PUBLISHED}
    return {name: each.suggestion.price.value for name, each in results.items() if each and each.suggestion.price}
