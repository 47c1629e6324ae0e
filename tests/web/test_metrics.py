"""``/metrics``: the figures are the catalog's, requests are counted by route, and nobody else reads them."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.openmetrics.parser import text_string_to_metric_families as open_metrics
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from models.rejection import RejectionReason
from models.state import ListingState
from storage.catalog import Catalog
from tests.storage.catalog.test_standing_counts import fill
from web.app import create_app
from web.metrics import REST, Spared

TOKEN = "a-token-of-the-office-0123456789-abcdef"
HERE = {"base_url": "http://127.0.0.1:8000", "client": ("127.0.0.1", 50000)}
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture
def app(catalog_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    """The application over each kind of catalog."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    settings = {"HOME": str(tmp_path), "CATALOG": catalog_url, "METRICS_TOKEN": TOKEN}
    for name, value in settings.items():
        monkeypatch.setenv(f"ETALASE_{name}", value)
    app = create_app()
    yield app
    app.state.desk.first_look_pool.close()
    app.state.desk.catalog.close()


def here(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False, **HERE)  # type: ignore[arg-type]


def read(told: str) -> Samples:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }


def test_the_figures_are_what_the_catalog_holds_and_a_catalog_that_is_away_is_told(app: FastAPI) -> None:
    catalog: Catalog = app.state.desk.catalog
    fill(catalog)
    answer = here(app).get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    figures = read(answer.text)

    def by(name: str, label: str) -> dict[str, float]:
        return {labels[0][1]: value for (each, labels), value in figures.items() if each == name and labels}

    states = {state: count for state, count in by("etalase_listings", "state").items() if count}
    assert states == {"failed": 2, "published": 1, "waiting": 1, "due": 2}
    assert set(by("etalase_listings", "state")) == set(ListingState)
    reasons = by("etalase_photos_set_aside", "reason")
    assert set(reasons) == set(RejectionReason)
    assert {reason: count for reason, count in reasons.items() if count} == {"truncated": 3, "crashed": 2}
    for name, value in (
        ("catalog_up", 1),
        ("outbox_pending", 0),
        ("outbox_dead", 1),
        ("deliveries_waiting", 2),
        ("deliveries_dead", 1),
        ("uploads_under_way", 1),
    ):
        assert figures[f"etalase_{name}", ()] == value, name
    assert by("etalase_published", "publisher") == {"bundle": 2}
    assert by("etalase_postponed", "queue") == {"listings": 1, "publications": 0, "deliveries": 1}
    assert set(by("etalase_oldest_due_seconds", "queue")) == {"listings", "publications", "deliveries"}
    assert figures["process_resident_memory_bytes", ()] > 1_000_000

    opened = here(app).get("/metrics", headers={"accept": "application/openmetrics-text; version=1.0.0"})
    assert "etalase_listings" in {family.name for family in open_metrics(opened.text)}

    # Counted figures may stand for a moment yet; whoever asks a process that has none is told.
    with catalog.write() as connection:
        connection.execute(text("ALTER TABLE publications RENAME TO gone"))
    other = here(create_app())
    away = read(other.get("/metrics").text)
    assert away["etalase_catalog_up", ()] == 0
    assert not [name for name, _ in away if name == "etalase_listings"]
    assert other.get("/healthz").status_code == 200


def test_requests_are_counted_by_route_and_never_by_what_they_are_about(app: FastAPI) -> None:
    client = here(app)
    for place in ("/healthz", "/healthz", "/sellers/ibu-rahasia/run", "/no-such-page", "/sellers/%00"):
        client.get(place)
    client.post("/language", data={})
    client.request("BREW", "/healthz")
    told = client.get("/metrics").text
    requests = {
        tuple(value for _, value in labels): count
        for (name, labels), count in read(told).items()
        if name == "etalase_http_request_seconds_count"
    }

    assert requests["GET", "/healthz", "200"] == 2
    assert requests["GET", "/sellers/{folder}/run", "401"] == 1
    # No such page, and an address with a NUL, which is refused before any route.
    assert requests["GET", "unmatched", "404"] == 2
    assert requests["POST", "unmatched", "403"] == 1
    assert any(method == "other" for method, _, _ in requests)
    assert "rahasia" not in told
    assert "BREW" not in told


@pytest.mark.parametrize("catalog_url", ["sqlite"], indirect=True)
def test_this_machine_and_who_has_the_token_read_them_and_for_others_there_is_nothing(app: FastAPI) -> None:
    elsewhere = TestClient(app, base_url="http://etalase.example", client=("192.0.2.7", 50000))
    assert here(app).get("/metrics").status_code == 200
    assert elsewhere.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    for headers in ({}, {"authorization": "Bearer x"}, {"authorization": "Bearer "}, {"authorization": TOKEN}):
        answer = elsewhere.get("/metrics", headers=headers)
        assert (answer.status_code, "etalase_" in answer.text) == (404, False)
    # A proxy beside us is here; whoever it speaks for is not. Nor is a page whose name leads here by a trick.
    for headers in ({"x-forwarded-for": "127.0.0.1"}, {"forwarded": "for=127.0.0.1"}, {"host": "evil.example"}):
        assert here(app).get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize("catalog_url", ["sqlite"], indirect=True)
def test_without_a_token_nobody_elsewhere_has_one(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ETALASE_METRICS_TOKEN")
    bare = create_app()
    elsewhere = TestClient(bare, client=("192.0.2.7", 50000))
    for given in ("Bearer ", "Bearer", "Basic Og=="):
        assert elsewhere.get("/metrics", headers={"authorization": given}).status_code == 404
    assert here(bare).get("/metrics").status_code == 200
    bare.state.desk.first_look_pool.close()


def test_what_takes_long_to_count_is_counted_less_often_and_a_failure_is_not_kept() -> None:
    times = iter([0.0, 2.0, 2.0 + 2 * REST - 0.1, 2.0 + 2 * REST, 103.0, 200.0, 201.0])
    numbers = count(1)
    spared = Spared(lambda: next(numbers), lambda: next(times))

    assert [spared.read() for _ in range(3)] == [1, 1, 2]

    def fail() -> int:
        raise ValueError

    failing = Spared(fail, lambda: 0.0)
    for _ in range(2):
        with pytest.raises(ValueError):
            failing.read()
