"""The automation that reports lost runs: a killed process sends no more heartbeats."""

from datetime import timedelta

from prefect.automations import Automation, ChangeFlowRunState, EventTrigger, Posture, ResourceSpecification
from prefect.client.schemas.objects import StateType

from flows.serving_worker import HEARTBEAT_SECONDS

NAME = "etalase-lost-runs"
HEARTBEAT = "prefect.flow-run.heartbeat"
ENDS = ("Completed", "Failed", "Cancelled", "Crashed")
SILENCE = timedelta(seconds=3 * HEARTBEAT_SECONDS)
"""After so long without a heartbeat a run is lost; its listings are with another worker by then."""


async def watch_for_lost_runs() -> None:
    """Have Prefect mark each run as crashed that neither beats nor ends; an automation of this name is renewed."""
    automation = Automation(
        name=NAME,
        trigger=EventTrigger(
            posture=Posture.Proactive,
            after={HEARTBEAT},
            expect={HEARTBEAT, *(f"prefect.flow-run.{end}" for end in ENDS)},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            for_each={"prefect.resource.id"},
            threshold=1,
            within=SILENCE,
        ),
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message="no heartbeat: the process is gone")],
    )
    try:
        known = await Automation.aread(name=NAME)
    except ValueError:
        await automation.acreate()
        return
    automation.id = known.id
    await automation.aupdate()
