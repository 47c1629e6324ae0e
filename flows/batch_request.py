"""Asks for one more batch run, as long as there are workers for it."""

import asyncio
import os
from collections.abc import Sequence
from datetime import UTC, datetime

from flows.prefect_api import ServerAway, ServerRefused, ask
from flows.request import RequestFailed, request_run
from flows.serving_worker import online_workers

ARRIVED = "process-arrived"
BATCHES = ("process-due", ARRIVED)
"""The deployments whose runs work on whatever is due."""
UNDER_WAY = ("SCHEDULED", "PENDING", "RUNNING")


async def request_batch_run(key: str, *, among: Sequence[str] = BATCHES) -> bool:
    """Ask for a run over what is queued or due; return False where as many are under way as there are workers.

    Those of the deployments ``among`` count, also those that wait to begin: a worker has two places, and some are
    left for what a person waits for. With the same ``key`` nothing is run a second time. Raises RequestFailed.
    """
    server = os.environ["PREFECT_API_URL"]
    try:
        count = await asyncio.to_thread(ask, server, "flow_runs/count", _under_way(among))
    except (ServerAway, ServerRefused) as fault:
        raise RequestFailed(f"{ARRIVED}: {fault}") from fault
    workers = await asyncio.to_thread(online_workers, server)
    if count >= max(len(workers), 1):
        return False
    await request_run(ARRIVED, {}, key=key)
    return True


def _under_way(deployments: Sequence[str]) -> dict[str, object]:
    # Not the nights to come, which are planned already.
    begun = {"before_": datetime.now(UTC).isoformat()}
    return {
        "deployments": {"name": {"any_": list(deployments)}},
        "flow_runs": {"state": {"type": {"any_": list(UNDER_WAY)}}, "expected_start_time": begun},
    }
