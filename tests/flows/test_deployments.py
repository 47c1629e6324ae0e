"""Each deployment of ``prefect.yaml`` on a real worker of a real server, to a published bundle."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.serving_worker import DEPLOYMENTS, has_deployments
from models.event import ObjectChanged, Received
from models.listing import ListingKey
from models.store import ObjectStore
from storage.catalog.connection import Catalog
from storage.catalog.event_queue import queue
from storage.catalog.opening import open_catalog
from storage.catalog.reading import ListingRow, list_listings
from storage.object_store.opening import open_store
from tests.command import environment, run_etalase
from tests.prefect_runs import artifacts_of, ask, deployment, runs_of, start_run, wait_for_end
from tests.sellers import add_listing, draw_photo
from tests.servers.ports import free_port
from tests.standing import standing

pytestmark = pytest.mark.heavy
PATIENCE_SECONDS = 300
FLOWS = ("process-due", "process-arrived", "onboard-seller", "ingest-listing", "publish-due")


@dataclass(frozen=True)
class Centre:
    """``etalase up`` on an empty machine."""

    folder: Path
    api: str
    store: ObjectStore
    catalog: Catalog
    environment: dict[str, str]

    def listing(self, seller: str, name: str) -> ListingRow:
        (row,) = [row for row in list_listings(self.catalog, seller=seller) if row.key.listing == name]
        return row

    def bundles(self, place: str) -> list[str]:
        keys = (found.key for found in self.store.list(f"published/{place}/"))
        return [key for key in keys if key.endswith("receipt.json")]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder = tmp_path_factory.mktemp("centre")
    home = folder / "home"
    variables = environment(home)
    with standing(folder, variables, "up", "--port", str(free_port()), "--web-port", str(free_port())) as up:
        yield Centre(
            folder,
            up.api,
            open_store(f"file:{home}/store"),
            open_catalog(f"sqlite:///{home}/catalog.sqlite"),
            {**variables, "PREFECT_API_URL": up.api, "PREFECT_HOME": str(folder / "prefect")},
        )


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this took too long"
        time.sleep(0.3)


@pytest.mark.parametrize("flow", FLOWS)
def test_there_is_a_deployment_named_after_each_flow(centre: Centre, flow: str) -> None:
    assert deployment(centre.api, flow)["name"] == flow


def test_the_night_run_is_at_a_quarter_past_two_in_jakarta_and_never_twice_at_once(centre: Centre) -> None:
    found = deployment(centre.api, "process-due")

    (schedule,) = found["schedules"]
    assert schedule["active"]
    assert schedule["schedule"]["cron"] == "15 2 * * *"
    assert schedule["schedule"]["timezone"] == "Asia/Jakarta"
    assert found["global_concurrency_limit"]["limit"] == 1
    assert found["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"


def test_what_has_arrived_is_called_for_beside_the_night_run(centre: Centre) -> None:
    found = deployment(centre.api, "process-arrived")

    assert found["schedules"] == []
    assert found["global_concurrency_limit"] is None


def test_whoever_asks_whether_all_deployments_are_known_asks_for_these(centre: Centre) -> None:
    assert {found["name"] for found in ask(centre.api, "/deployments/filter", {})} == set(DEPLOYMENTS)
    assert has_deployments(centre.api)


def test_planned_runs_come_of_the_schedules(centre: Centre) -> None:
    planned = {
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "flows": {"name": {"any_": ["process-due"]}},
    }

    wait_until(lambda: bool(ask(centre.api, "/flow_runs/filter", planned)))


def test_the_trainers_form_says_in_her_language_what_belongs_where(centre: Centre) -> None:
    schema = deployment(centre.api, "onboard-seller")["parameter_openapi_schema"]

    fields = schema["properties"]["onboarding"]["properties"]
    assert list(fields) == ["seller", "centre", "language", "photos", "marketplaces", "publish"]
    assert all(field["title"] and field["description"] for field in fields.values())
    assert fields["seller"]["title"] == "Penjual"
    assert fields["language"]["enum"] == ["id", "en"]
    assert {"tokopedia", "shopee"} <= set(fields["marketplaces"]["items"]["enum"])


def test_process_due_publishes_what_lies_in_the_store(centre: Centre) -> None:
    add_listing(centre.store, "ibu-ani/tampah", {"depan.jpg": draw_photo(1)})

    run = wait_for_end(centre.api, start_run(centre.api, "process-due"))

    assert run["state_name"] == "Completed"
    assert run["name"].startswith("process-due ")
    assert len(centre.bundles("ibu-ani/tampah")) == 1


def test_a_second_night_run_beside_the_first_is_not_begun(centre: Centre) -> None:
    for number in range(12):
        add_listing(centre.store, f"pak-budi/n{number}", {"depan.jpg": draw_photo(20 + number)})
    first, second = (start_run(centre.api, "process-due") for _ in range(2))

    ends = {wait_for_end(centre.api, run)["state_type"] for run in (first, second)}

    assert ends == {"COMPLETED", "CANCELLED"}


def test_onboard_seller_publishes_hers_and_shows_what_came_of_it(centre: Centre) -> None:
    photos = {"depan.jpg": draw_photo(2), "rusak.jpg": b"not a photo"}
    add_listing(centre.store, "bu-tini/2026-11-24-tampah", photos)
    add_listing(centre.store, "bu-tini/lama", {"depan.jpg": draw_photo(3)})
    wish = {"seller": "bu-tini", "centre": "Balai Desa", "photos": "2026-11-24", "marketplaces": ["tokopedia"]}

    run = wait_for_end(centre.api, start_run(centre.api, "onboard-seller", {"onboarding": wish}))

    assert run["state_name"] == "Completed"
    assert run["name"].startswith("onboard-seller bu-tini ")
    assert {"etalase", "seller:bu-tini", "centre:Balai Desa"} <= set(run["tags"])
    assert len(centre.bundles("bu-tini/2026-11-24-tampah")) == 1
    assert centre.bundles("bu-tini/lama") == []
    result = centre.listing("bu-tini", "2026-11-24-tampah").result
    assert result is not None
    assert {verdict.marketplace for photo in result.finished for verdict in photo.verdicts} == {"tokopedia"}
    shown = artifacts_of(centre.api, run["id"])
    assert {artifact["type"] for artifact in shown} == {"progress", "table", "image", "markdown"}
    (progress,) = [artifact["data"] for artifact in shown if artifact["type"] == "progress"]
    assert progress == 100
    (table,) = [artifact for artifact in shown if artifact["description"] == "bu-tini/2026-11-24-tampah"]
    assert "rusak.jpg" in table["data"]
    (sheet,) = [artifact for artifact in shown if artifact["type"] == "image"]
    assert sheet["data"].startswith("data:image/jpeg;base64,")


def test_what_is_not_to_be_published_stays_ready(centre: Centre) -> None:
    add_listing(centre.store, "bu-wati/tampah", {"depan.jpg": draw_photo(4)})
    wish = {"seller": "bu-wati", "publish": False}

    wait_for_end(centre.api, start_run(centre.api, "onboard-seller", {"onboarding": wish}))

    assert centre.listing("bu-wati", "tampah").state == "ready"
    assert centre.bundles("bu-wati/tampah") == []


@pytest.mark.parametrize("wish", [{}, {"seller": "../raw"}, {"seller": "a", "marketplaces": ["pasar"]}])
def test_a_wrong_form_is_refused_before_anything_runs(centre: Centre, wish: dict[str, object]) -> None:
    with pytest.raises(OSError, match="409"):
        start_run(centre.api, "onboard-seller", {"onboarding": wish})


def test_ingest_listing_publishes_the_one_that_an_event_named(centre: Centre) -> None:
    for name in ("tampah", "lain"):
        add_listing(centre.store, f"bu-rini/{name}", {"depan.jpg": draw_photo(5)})

    run = start_run(centre.api, "ingest-listing", {"seller": "bu-rini", "listing": "tampah"})

    ended = wait_for_end(centre.api, run)
    assert ended["state_name"] == "Completed"
    assert ended["tags"] == ["etalase", "seller:bu-rini"]
    assert len(centre.bundles("bu-rini/tampah")) == 1
    assert centre.bundles("bu-rini/lain") == []


def test_process_arrived_publishes_what_events_have_named_and_looks_at_nothing_else(centre: Centre) -> None:
    for name in ("tampah", "lain"):
        add_listing(centre.store, f"bu-yati/{name}", {"depan.jpg": draw_photo(60)})
    put = ObjectChanged(key=ListingKey(seller="bu-yati", listing="tampah"), file="depan.jpg", removed=False)
    queue(centre.catalog, [Received(identity="put", event=put)])

    ended = wait_for_end(centre.api, start_run(centre.api, "process-arrived"))

    assert ended["state_name"] == "Completed"
    assert len(centre.bundles("bu-yati/tampah")) == 1
    assert centre.bundles("bu-yati/lain") == []


def test_an_approval_starts_publish_due_at_once(centre: Centre) -> None:
    add_listing(centre.store, "bu-sri/tampah", {"depan.jpg": draw_photo(6)})
    wish = {"seller": "bu-sri", "publish": False}
    wait_for_end(centre.api, start_run(centre.api, "onboard-seller", {"onboarding": wish}))
    assert centre.listing("bu-sri", "tampah").state == "ready"
    before = {run["id"] for run in runs_of(centre.api, "publish-due")}

    approved = run_etalase(centre.folder, centre.environment, "approve", "bu-sri/tampah", "--version", "1")

    assert approved.returncode == 0, approved.stderr
    wait_until(lambda: any(was_called(run) for run in runs_since(centre, before)))
    wait_until(lambda: centre.listing("bu-sri", "tampah").state == "published")
    assert len(centre.bundles("bu-sri/tampah")) == 1
    # The one that comes every five minutes may have been there first.
    ends = [wait_for_end(centre.api, run["id"]) for run in runs_since(centre, before)]
    shown = [artifact for run in ends for artifact in artifacts_of(centre.api, run["id"])]
    assert any(a["key"] == "publications" and "bu-sri/tampah" in str(a["data"]) for a in shown)


def runs_since(centre: Centre, before: set[str]) -> list[dict[str, Any]]:
    return [run for run in runs_of(centre.api, "publish-due") if run["id"] not in before]


def was_called(run: dict[str, Any]) -> bool:
    return (run["created_by"] or {}).get("type") == "AUTOMATION"


def test_onboard_from_another_terminal_goes_through_the_worker(centre: Centre) -> None:
    place = centre.folder / "foto" / "keranjang"
    place.mkdir(parents=True)
    (place / "depan.jpg").write_bytes(draw_photo(7))
    (place / "listing.json").write_text('{"words": "Tampah anyaman bambu 45rb", "price": null}')

    run = run_etalase(centre.folder, centre.environment, "onboard", "bu-ida", str(place))

    assert run.returncode == 0, run.stderr
    assert "/runs/flow-run/" in run.stderr
    assert len(centre.bundles("bu-ida/keranjang")) == 1
    assert runs_of(centre.api, "onboard-seller")[0]["deployment_id"] is not None


def test_a_forgotten_seller_is_gone_from_prefects_pages_too(centre: Centre) -> None:
    for number, seller in enumerate(("bu-lupa", "bu-lupa-2")):
        add_listing(centre.store, f"{seller}/tampah", {"depan.jpg": draw_photo(8 + number)})
        wait_for_end(centre.api, start_run(centre.api, "onboard-seller", {"onboarding": {"seller": seller}}))
    before = recorded(centre.api, "bu-lupa")
    assert {kind for kind, _ in before} == {"run", "table", "image", "markdown"}

    forgotten = run_etalase(centre.folder, centre.environment, "forget", "bu-lupa", "--yes")

    assert forgotten.returncode == 0, forgotten.stderr
    assert recorded(centre.api, "bu-lupa") == []
    assert len(recorded(centre.api, "bu-lupa-2")) == len(before)


def recorded(api: str, seller: str) -> list[tuple[str, str]]:
    """Return the kind and number of each record that names a seller."""
    runs = [("run", run) for run in ask(api, "/flow_runs/filter", {})]
    artifacts = [(artifact["type"], artifact) for artifact in ask(api, "/artifacts/filter", {})]
    named = re.compile(rf"{seller}(?![-\w])")
    return [(kind, each["id"]) for kind, each in (*runs, *artifacts) if named.search(json.dumps(each))]
