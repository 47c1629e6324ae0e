"""``etalase worker``: more machines at work for one server, one catalog and one store."""

from pathlib import Path
from typing import Any

import pytest

from storage.catalog.reading import list_listings
from tests.command import environment, run_etalase
from tests.installation import Installation
from tests.prefect_runs import start_run, wait_for_end
from tests.sellers import add_listing, draw_photo
from tests.standing import standing

BY_TRAINER, BY_EVENT, BY_NIGHT = (tuple(f"{who}-{number}" for number in range(3)) for who in ("ibu", "bu", "pak"))


@pytest.mark.heavy
@pytest.mark.parametrize("installation", [("s3_url", "postgresql_url")], ids=["scaled out"], indirect=True)
def test_two_workers_share_the_runs_of_a_server_on_postgresql_and_each_listing_is_published_once(
    installation: Installation, prefect_on_postgresql: str
) -> None:
    api = prefect_on_postgresql
    variables = {**installation.environment, "PREFECT_API_URL": api}
    sellers = (*BY_TRAINER, *BY_EVENT, *BY_NIGHT)
    for number, seller in enumerate(sellers):
        add_listing(installation.store, f"{seller}/tampah", {"depan.jpg": draw_photo(number)})
    folders = [installation.folder / name for name in ("satu", "dua")]
    for folder in folders:
        folder.mkdir()
    first, second = (standing(folder, variables, "worker", "--runs", "1", ready=api) for folder in folders)
    with first, second:
        wishes: list[tuple[str, dict[str, Any]]] = [
            ("process-due", {}),
            *(("onboard-seller", {"onboarding": {"seller": seller}}) for seller in BY_TRAINER),
            *(("ingest-listing", {"seller": seller, "listing": "tampah"}) for seller in BY_EVENT),
            ("publish-due", {}),
        ]
        runs = [start_run(api, flow, wish) for flow, wish in wishes]
        ends = [wait_for_end(api, run) for run in runs]

    assert {end["state_name"] for end in ends} == {"Completed"}
    assert len({end["labels"]["prefect.worker.name"] for end in ends}) == 2
    receipts = [key for key in installation.objects("published/") if key.endswith("receipt.json")]
    assert sorted(key.split("/")[1] for key in receipts) == sorted(sellers)
    by_seller = {row.key.seller: row for row in list_listings(installation.catalog)}
    assert {name: len(row.receipts) for name, row in by_seller.items()} == dict.fromkeys(sellers, 1)


def test_a_worker_must_know_its_server(tmp_path: Path) -> None:
    run = run_etalase(tmp_path, environment(tmp_path), "worker")

    assert run.returncode == 2
    assert "PREFECT_API_URL" in run.stderr


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    variables = environment(tmp_path, PREFECT_API_URL="http://127.0.0.1:9/api")

    run = run_etalase(tmp_path, variables, "worker")

    assert run.returncode == 1
    assert "http://127.0.0.1:9/api" in run.stderr


def test_a_catalog_that_is_only_here_does_not_serve_a_server_elsewhere(tmp_path: Path) -> None:
    variables = environment(tmp_path, PREFECT_API_URL="http://192.0.2.1:4200/api")

    run = run_etalase(tmp_path, variables, "worker")

    assert run.returncode == 2
    assert "ETALASE_CATALOG" in run.stderr
