"""Names and tags of flow runs, by which they are found in lists."""

import logging
from datetime import datetime

from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext
from prefect.runtime import flow_run

log = logging.getLogger(__name__)


def name_run() -> str:
    """Return the running flow's name, whom it is about, and its hour: ``onboard-seller ibu-ani 24-11 02:15``.

    Prefect calls it as a flow's ``flow_run_name``; the formats that it knows by itself see parameters alone.
    """
    parameters = flow_run.parameters
    about = getattr(parameters.get("onboarding"), "seller", None) or parameters.get("seller")
    hour = datetime.now().astimezone().strftime("%d-%m %H:%M")
    return " ".join(part for part in (flow_run.flow_name, about, hour) if part)


async def tag_run(*tags: str) -> None:
    """Add tags to the running flow; a deployment's own tags know nothing of a run's parameters.

    A server that is away for a moment is no reason to fail: the run is found by its name then.
    """
    context = FlowRunContext.get()
    if context is None or context.flow_run is None:
        return
    try:
        async with get_client() as client:
            await client.update_flow_run(context.flow_run.id, tags=sorted({*context.flow_run.tags, *tags}))
    # Prefect lets the errors of its own libraries through, which are no concern of ours by name.
    except Exception as fault:
        log.warning("the run has no tags %s: %s", tags, fault)
