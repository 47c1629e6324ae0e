"""``etalase deliveries``: what could not be fetched is seen, and queued again."""

import json
from pathlib import Path

from models.event import PhotoLink, PhotosUploaded, Received
from models.listing import ListingKey
from storage.catalog.arrivals import Arrival, ArrivedFile, record_arrivals
from storage.catalog.clock import EPOCH
from storage.catalog.delivery_leases import finish_deliveries, lease_deliveries
from storage.catalog.event_queue import queue
from storage.catalog.holders import this_process
from storage.catalog.opening import open_catalog
from tests.command import environment, run_etalase

KEY = ListingKey(seller="ibu-ani", listing="tampah")


def test_what_failed_is_shown_and_queued_again(sqlite_url: str, tmp_path: Path) -> None:
    variables = environment(tmp_path / "home", ETALASE_CATALOG=sqlite_url)
    catalog = open_catalog(sqlite_url)
    file = ArrivedFile(file="depan.jpg", size=1, etag="1", modified=EPOCH)
    record_arrivals(catalog, [Arrival(key=KEY, photos=(file,), note=None)])
    link = PhotoLink(file="baru.jpg", url="https://photos.example/baru.jpg")
    queue(catalog, [Received(identity="one", event=PhotosUploaded(key=KEY, at=EPOCH, photos=(link,)))])
    finish_deliveries(catalog, lease_deliveries(catalog, this_process(), KEY), error="baru.jpg: 404")
    catalog.close()

    def said(*options: str) -> str:
        return run_etalase(tmp_path, variables, "deliveries", *options).stdout

    (failed,) = json.loads(said("--failed", "--json"))
    assert (failed["event"]["key"], failed["error"]) == (
        {"seller": "ibu-ani", "listing": "tampah"},
        "baru.jpg: 404",
    )
    number = str(failed["id"])
    shown = said("--failed")
    assert "ibu-ani/tampah" in shown
    assert f"--retry {number}" in shown

    assert run_etalase(tmp_path, variables, "deliveries", "--retry", number).returncode == 0

    assert "Tidak ada kabar yang gagal" in said("--failed")
    assert "antre" in said()
    assert run_etalase(tmp_path, variables, "deliveries", "--retry", number).returncode == 2
