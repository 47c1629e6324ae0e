"""kill -9 while a receiver is thinking: it has taken the call, and we do not know."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from models.listing import ListingKey
from models.publication import Publication
from storage.catalog.arrivals import Arrival, ArrivedFile, record_arrivals
from storage.catalog.clock import EPOCH
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from storage.object_store.opening import open_store
from tests.command import environment
from tests.publishing.results import stored_result
from tests.servers.receiver import SECRET, Receiver, Reply

DRAIN = "from config.settings import *; from flows.outbox_work import *; print(drain_outbox(Settings()).published)"
ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 300


def test_what_was_sent_when_we_were_killed_has_one_effect(
    s3_url: str, catalog_url: str, receiver: Receiver, tmp_path: Path
) -> None:
    (tmp_path / "publishers.toml").write_text(
        f'[[publisher]]\nkind = "webhook"\nname = "pasar"\nurl = "{receiver.address}"\n'
    )
    variables = environment(
        tmp_path / "home",
        ETALASE_STORE=s3_url,
        ETALASE_CATALOG=catalog_url,
        ETALASE_PUBLISHERS=str(tmp_path / "publishers.toml"),
        ETALASE_PUBLISHER_SECRETS=f"pasar={SECRET}",
        PREFECT_HOME=str(tmp_path / "prefect"),
        PYTHONPATH=str(ROOT),
    )
    store, catalog = open_store(s3_url), open_catalog(catalog_url)
    for listing in ("a", "b", "c"):
        key = ListingKey(seller="ibu-ani", listing=listing)
        file = ArrivedFile(file="depan.jpg", size=1, etag="1", modified=EPOCH)
        record_arrivals(catalog, [Arrival(key=key, photos=(file,), note=None)])
        (lease,) = lease_listings(catalog, this_process())
        result = stored_result(store, lease.version, key=key)
        finish(catalog, lease, result, (Publication.of(result, "bundle"), Publication.of(result, "pasar")))

    for calls in (1, 2, 3):
        receiver.replies = [Reply(204, keeps=True, after=PATIENCE_SECONDS)]
        killed = subprocess.Popen([sys.executable, "-c", DRAIN], env=variables, cwd=tmp_path)
        wait_for_calls(receiver, calls)
        killed.kill()
        killed.wait()
        receiver.replies = []
    last = subprocess.run(
        [sys.executable, "-c", DRAIN], env=variables, cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert last.stdout.strip() == "3"
    assert len(receiver.calls) > len(receiver.effects) == 3
    assert receiver.forged == 0
    assert {row.state for row in list_listings(catalog)} == {"published"}
    assert len([found for found in store.list("published/ibu-ani/") if found.key.endswith("receipt.json")]) == 3
    catalog.close()


def wait_for_calls(receiver: Receiver, calls: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while len(receiver.calls) < calls:
        if time.monotonic() > end:
            pytest.fail(f"the receiver was called {len(receiver.calls)} times, not {calls}")
        time.sleep(0.05)
