"""What is queued makes the web process call a worker, through a real Prefect server."""

import asyncio
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from flows.batch_request import request_batch_run
from flows.registering import register_at
from storage.catalog import Catalog, open_catalog
from storage.catalog.arrivals import record_arrivals
from tests.command import environment
from tests.servers.web import running_web
from tests.storage.made import arrival
from tests.web.ingest.told import SECRET, signed, uploaded
from web.ingest import caller
from web.ingest.caller import MANY, call_workers

PATIENCE_SECONDS = 300


@pytest.fixture
def deployments(prefect_api: str, tmp_path: Path) -> Iterator[str]:
    """A Prefect server that knows our deployments, and no run of them afterwards."""
    register_at(prefect_api, tmp_path)
    yield prefect_api
    for run in runs(prefect_api):
        ask(prefect_api, f"flow_runs/{run['id']}", method="DELETE")


def ask(api: str, path: str, value: object = None, method: str = "POST") -> Any:  # noqa: ANN401 - JSON
    body = None if value is None else json.dumps(value).encode()
    request = Request(f"{api}/{path}", body, {"content-type": "application/json"}, method=method)
    with urlopen(request, timeout=PATIENCE_SECONDS) as answer:
        return json.loads(answer.read() or "null")


def runs(api: str) -> list[dict[str, Any]]:
    """Return the runs that somebody has asked for; those of the schedules are of no interest here."""
    found: list[dict[str, Any]] = ask(api, "flow_runs/filter", {"sort": "EXPECTED_START_TIME_ASC"})
    return [
        run for run in found if not run["auto_scheduled"] and (run["idempotency_key"] or "").startswith("ingest-")
    ]


def send(address: str, listing: str) -> None:
    body = json.dumps(uploaded(listing=listing)).encode()
    request = Request(f"{address}/ingest/listing", body, signed(body, identity=listing))
    with urlopen(request, timeout=PATIENCE_SECONDS) as answer:
        assert answer.status == 202


def wait_for_runs(api: str, count: int) -> list[dict[str, Any]]:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(found := runs(api)) < count and time.monotonic() < deadline:
        time.sleep(0.2)
    assert len(found) == count
    return found


@pytest.mark.heavy
def test_an_event_calls_for_its_listing_and_many_at_once_for_a_batch_run(
    deployments: str, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_arrivals(open_catalog(sqlite_url), [arrival("ibu-ani/first", modified=datetime.now(UTC))])
    variables = environment(
        tmp_path,
        ETALASE_CATALOG=sqlite_url,
        ETALASE_WEBHOOK_SECRETS=SECRET,
        PREFECT_API_URL=deployments,
        PREFECT_HOME=str(tmp_path / "prefect"),
    )
    with running_web(tmp_path, variables) as address:
        send(address, "tampah")
        (run,) = wait_for_runs(deployments, 1)
        assert run["parameters"] == {"seller": "ibu-ani", "listing": "tampah"}
        send(address, "tampah")
    # Nobody called while the web server was away; then all of it at once.
    variables.pop("PREFECT_API_URL")
    with running_web(tmp_path, variables) as address:
        for number in range(MANY + 1):
            send(address, f"anyaman-{number}")
    variables["PREFECT_API_URL"] = deployments
    with running_web(tmp_path, variables) as address:
        run = wait_for_runs(deployments, 2)[-1]
        assert run["parameters"] == {}
        assert ask(deployments, f"deployments/{run['deployment_id']}", method="GET")["name"] == "process-arrived"
        time.sleep(3)
        assert len(runs(deployments)) == 2
        # It takes in what comes meanwhile too: another one finds no worker.
        monkeypatch.setenv("PREFECT_API_URL", deployments)
        assert not asyncio.run(request_batch_run("ingest-another"))
        assert len(runs(deployments)) == 2


def test_whatever_goes_wrong_workers_are_called_again(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked = asyncio.Event()
    answers = iter([TypeError("None is no answer"), ()])

    def call(catalog: Catalog, limit: int) -> tuple[()]:
        answer = next(answers, ())
        if isinstance(answer, Exception):
            raise answer
        asked.set()
        return ()

    async def listen() -> None:
        arrived = asyncio.Event()
        arrived.set()
        calling = asyncio.create_task(call_workers(open_catalog(sqlite_url), arrived))
        try:
            await asyncio.wait_for(asked.wait(), 30)
        finally:
            calling.cancel()

    monkeypatch.setattr(caller, "call_due", call)
    asyncio.run(listen())
    assert "None is no answer" in caplog.text
