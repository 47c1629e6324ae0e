"""``etalase publish``: what could not be published is seen, and sent again."""

import json
from pathlib import Path

from sqlalchemy import update

from models.listing import ListingKey
from models.publication import Publication
from storage.catalog.arrivals import Arrival, ArrivedFile, record_arrivals
from storage.catalog.clock import EPOCH
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.catalog.publication_leases import RETRY_SECONDS
from storage.catalog.results import finish
from storage.catalog.schema import Publications
from storage.object_store.opening import open_store
from tests.command import environment, run_etalase
from tests.publishing.results import stored_result

GOOGLE = (
    '[[publisher]]\nkind = "google"\nname = "google"\ntitle = "Pasar"\nhome = "https://pasar.example/"\n'
    'link = "https://pasar.example/{listing}"\npictures = "https://foto.example/feeds"\n'
    'availability = "in_stock"\n'
)


def test_what_failed_is_shown_and_sent_again_when_its_cause_is_gone(
    folder_url: str, sqlite_url: str, tmp_path: Path, prefect_api: str
) -> None:
    publishers = tmp_path / "publishers.toml"
    publishers.write_text("")
    variables = environment(
        tmp_path / "home",
        ETALASE_STORE=folder_url,
        ETALASE_CATALOG=sqlite_url,
        ETALASE_PUBLISHERS=str(publishers),
        PREFECT_API_URL=prefect_api,
        PREFECT_HOME=str(tmp_path / "prefect"),
    )
    store, catalog = open_store(folder_url), open_catalog(sqlite_url)
    key = ListingKey(seller="ibu-ani", listing="tampah")
    file = ArrivedFile(file="depan.jpg", size=1, etag="1", modified=EPOCH)
    record_arrivals(catalog, [Arrival(key=key, photos=(file,), note=None)])
    (lease,) = lease_listings(catalog, this_process())
    result = stored_result(store, key=key)
    finish(catalog, lease, result, (Publication.of(result, "google"),))
    with catalog.write() as connection:
        connection.execute(update(Publications).values(attempts=len(RETRY_SECONDS)))
    catalog.close()

    first = run_etalase(tmp_path, variables, "publish", "--json")
    assert (first.returncode, json.loads(first.stdout)["unpublished"]) == (1, 1), first.stderr
    shown = run_etalase(tmp_path, variables, "publish", "--failed")
    assert "ibu-ani/tampah" in shown.stdout
    assert "google" in shown.stdout
    failed = json.loads(run_etalase(tmp_path, variables, "publish", "--failed", "--json").stdout)["failed"]
    assert failed[0]["error"] == "no publisher named google is declared"

    publishers.write_text(GOOGLE)
    again = run_etalase(tmp_path, variables, "publish", "--retry", "ibu-ani/tampah", "--json")
    assert (again.returncode, json.loads(again.stdout)["published"]) == (0, 1), again.stderr
    assert "Tidak ada yang gagal" in run_etalase(tmp_path, variables, "publish", "--failed").stdout
    assert run_etalase(tmp_path, variables, "publish", "--retry", "ibu-ani/tampah").returncode == 2
    assert run_etalase(tmp_path, variables, "publish", "--reopen", "google").returncode == 2


def test_a_publisher_that_cannot_be_used_is_named_before_anything_starts(tmp_path: Path) -> None:
    publishers = tmp_path / "publishers.toml"
    publishers.write_text('[[publisher]]\nkind = "webhook"\nname = "pasar"\nurl = "https://pasar.example/"\n')
    variables = environment(
        tmp_path / "home",
        ETALASE_PUBLISHERS=str(publishers),
        ETALASE_PUBLISHER_SECRETS="pasar=whsec_not base64 at all",
    )
    run = run_etalase(tmp_path, variables, "publish")
    assert run.returncode == 2
    assert "publishers.toml" in run.stderr
    assert "pasar" in run.stderr
    assert "not base64" not in run.stderr


def test_a_secret_without_its_publisher_is_refused_and_not_told(tmp_path: Path) -> None:
    variables = environment(tmp_path / "home", ETALASE_PUBLISHER_SECRETS="whsec_c2VjcmV0")
    run = run_etalase(tmp_path, variables, "publish")
    assert run.returncode == 2
    assert "ETALASE_PUBLISHER_SECRETS" in run.stderr
    assert "c2VjcmV0" not in run.stderr
