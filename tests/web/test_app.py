"""The web application as a whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from web.app import create_app


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """The application in a new installation, in which nothing is set."""
    monkeypatch.chdir(tmp_path)
    for name in ("STORE", "CATALOG", "WEBHOOK_SECRETS", "WEBHOOK_TOKENS", "LINK_HOSTS"):
        monkeypatch.delenv(f"ETALASE_{name}", raising=False)
    monkeypatch.setenv("ETALASE_HOME", str(tmp_path))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    with TestClient(create_app()) as client:
        yield client


def test_it_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"alive": True}
    assert client.get("/readyz").json() == {"ready": True}


def test_no_page_tells_how_it_is_made(client: TestClient) -> None:
    for place in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(place).status_code == 404


def test_where_no_secret_is_set_nothing_is_let_in(client: TestClient) -> None:
    for place in ("listing", "s3", "cloudevents"):
        answer = client.post(f"/ingest/{place}", json={}, headers={"authorization": "Basic Og=="})
        assert (answer.status_code, answer.json()["type"]) == (503, "urn:etalase:problem:not_set_up")
