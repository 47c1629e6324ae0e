"""A Prefect server's own word on deployments and runs, asked without importing Prefect."""

import json
import time
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

TRIES = 12
ANSWER_SECONDS = 120
ENDS = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


def ask(api: str, path: str, question: object = None) -> Any:  # noqa: ANN401  whatever it answers
    """Return what the server answers to a POST with a question, or to a GET.

    On SQLite it says 503 while its database is busy, and is asked again, as Prefect's own clients do.
    """
    data = None if question is None else json.dumps(question).encode()
    for attempt in range(1, TRIES + 1):
        try:
            with urlopen(
                Request(f"{api}{path}", data, {"Content-Type": "application/json"}), timeout=ANSWER_SECONDS
            ) as answer:
                return json.loads(answer.read() or b"null")
        except HTTPError as refused:
            if refused.code != 503 or attempt == TRIES:
                raise
            time.sleep(attempt)
    raise AssertionError


def deployment(api: str, flow: str) -> dict[str, Any]:
    """Return the deployment that is named after its flow."""
    found: dict[str, Any] = ask(api, f"/deployments/name/{flow}/{flow}")
    return found


def start_run(api: str, flow: str, parameters: dict[str, Any] | None = None) -> str:
    """Ask for a run of a deployment and return its id."""
    place = f"/deployments/{deployment(api, flow)['id']}/create_flow_run"
    run: dict[str, Any] = ask(api, place, {"parameters": parameters or {}, "state": {"type": "SCHEDULED"}})
    return str(run["id"])


def runs_of(api: str, flow: str) -> list[dict[str, Any]]:
    """Return a flow's runs that are not merely planned, the newest first."""
    wanted = {
        "flows": {"name": {"any_": [flow]}},
        "flow_runs": {"state": {"type": {"not_any_": ["SCHEDULED"]}}},
        "sort": "START_TIME_DESC",
    }
    found: list[dict[str, Any]] = ask(api, "/flow_runs/filter", wanted)
    return found


def wait_for_end(api: str, run: str, seconds: float = 600) -> dict[str, Any]:
    """Return a run once it has ended."""
    deadline = time.monotonic() + seconds
    while (found := ask(api, f"/flow_runs/{run}"))["state_type"] not in ENDS:
        assert time.monotonic() < deadline, f"still {found['state_name']}"
        time.sleep(0.3)
    ended: dict[str, Any] = found
    return ended


def artifacts_of(api: str, run: str) -> list[dict[str, Any]]:
    """Return what a run shows."""
    found: list[dict[str, Any]] = ask(
        api, "/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run]}}, "limit": 100}
    )
    return found
