"""A Prefect worker as a supervised service: it takes flow runs of our work pool and gives each a process.

Run as a program, ``python -m flows.serving_worker``, it tells by its exit code whether the server of
``PREFECT_API_URL`` knows a worker of this machine, or container, to be there.
"""

import os
import socket
import sys
from pathlib import Path
from typing import Any

from flows.prefect_api import ServerAway, ServerRefused, ask
from flows.prefect_server import QUIET
from flows.supervisor import Service

POOL = "etalase"
DEPLOYMENTS = ("process-due", "process-arrived", "onboard-seller", "ingest-listing", "publish-due")
"""As ``prefect.yaml`` names them."""
QUERY_SECONDS = 1
"""Somebody waits for a run; by default a worker asks every ten seconds."""
HEARTBEAT_SECONDS = 30
"""Prefect's least: so often a flow run says that it is alive."""


def worker_service(home: Path, address: str, limit: int) -> Service:
    """Return a worker of the Prefect API at ``address`` that runs at most ``limit`` flows at once.

    It runs in our own folder, where ``.env`` and relative paths mean what they mean to us.
    """
    folder = (home / "prefect").resolve()
    name = f"{_of_this_machine()}{os.getpid()}"
    return Service(
        name="worker",
        arguments=(
            *("prefect", "--no-prompt", "worker", "start", "--pool", POOL, "--type", "process"),
            *("--name", name, "--limit", str(limit), "--install-policy", "never"),
        ),
        environment={
            **QUIET,
            "PREFECT_HOME": str(folder),
            "PREFECT_API_URL": address,
            "PREFECT_WORKER_QUERY_SECONDS": str(QUERY_SECONDS),
            "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_SECONDS),
            # A run's command says "python", and this one is meant.
            "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
        },
        log=folder / "worker.log",
        is_healthy=lambda: name in online_workers(address),
    )


def has_deployments(address: str) -> bool:
    """Return whether the server at ``address`` knows all of our deployments."""
    found = _ask(address, "deployments/filter", {"deployments": {"name": {"any_": list(DEPLOYMENTS)}}})
    return {deployment["name"] for deployment in found} == set(DEPLOYMENTS)


def online_workers(address: str) -> set[str]:
    """Return the names of the pool's workers that have been heard of lately; none where nobody answers."""
    online = {"workers": {"status": {"any_": ["ONLINE"]}}}
    return {worker["name"] for worker in _ask(address, f"work_pools/{POOL}/workers/filter", online)}


def _of_this_machine() -> str:
    """Return how the names of this machine's workers begin."""
    return f"{socket.gethostname()}-"


def _ask(address: str, path: str, question: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a Prefect API has that fits the question; nothing where nobody answers."""
    try:
        found: list[dict[str, Any]] = ask(address, path, question, seconds=5)
    except (ServerAway, ServerRefused):
        return []
    return found


if __name__ == "__main__":
    known = online_workers(os.environ["PREFECT_API_URL"])
    sys.exit(not any(name.startswith(_of_this_machine()) for name in known))
