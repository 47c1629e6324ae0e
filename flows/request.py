"""Requests a flow run of a Prefect server, which one of its workers executes."""

import asyncio
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flows.prefect_api import ServerAway, ServerRefused, ask

POLL_SECONDS = 1
AWAY_SECONDS = 120
"""A village laptop's server takes most of a minute to start."""
ENDS = frozenset({"COMPLETED", "FAILED", "CANCELLED", "CRASHED"})


class RequestFailed(Exception):
    """The server did not take the request; the message says why. Trying again later may help."""


class NotDeployed(RequestFailed):
    """The server knows no deployment of this name."""


@dataclass(frozen=True, slots=True)
class Requested:
    """A run as the server knows it."""

    id: str
    server: str
    """The address of its API."""

    @property
    def page(self) -> str:
        """Where a person sees it."""
        pages = os.environ.get("PREFECT_UI_URL") or self.server.rstrip("/").removesuffix("/api")
        return f"{pages.rstrip('/')}/runs/flow-run/{self.id}"


def has_server() -> bool:
    """Return whether a Prefect server is named; where there is none, the next batch run does the work."""
    return bool(os.environ.get("PREFECT_API_URL"))


async def request_run(flow: str, parameters: Mapping[str, object], *, key: str | None = None) -> Requested:
    """Ask for a run of a flow's deployment, which is named after the flow.

    With the same ``key`` the same run is returned, and nothing is run a second time. Raises RequestFailed.
    """
    server = os.environ["PREFECT_API_URL"]
    wish = {"parameters": dict(parameters), "idempotency_key": key}
    try:
        known = await asyncio.to_thread(ask, server, f"deployments/name/{flow}/{flow}")
        run = await asyncio.to_thread(ask, server, f"deployments/{known['id']}/create_flow_run", wish)
    except ServerRefused as refused:
        if refused.status == HTTPStatus.NOT_FOUND:
            raise NotDeployed(flow) from refused
        raise RequestFailed(f"{flow}: {refused}") from refused
    except ServerAway as fault:
        raise RequestFailed(f"{flow}: {fault}") from fault
    return Requested(str(run["id"]), server)


async def wait_for_end(run: Requested) -> str | None:
    """Return the name of the state in which a run ended, ``None`` when it is well.

    A server that is started again meanwhile is waited for. Raises RequestFailed when it stays away.
    """
    heard = time.monotonic()
    while True:
        try:
            found = await asyncio.to_thread(ask, run.server, f"flow_runs/{run.id}")
        except ServerRefused as refused:
            raise RequestFailed(f"{run.page}: {refused}") from refused
        except ServerAway as fault:
            if time.monotonic() - heard > AWAY_SECONDS:
                raise RequestFailed(f"{run.page}: {fault}") from fault
        else:
            heard = time.monotonic()
            if found["state_type"] in ENDS:
                return None if found["state_type"] == "COMPLETED" else str(found["state_name"])
        await asyncio.sleep(POLL_SECONDS)
