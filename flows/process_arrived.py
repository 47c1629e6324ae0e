"""The flow beside the nightly one: what events have told and what is due, without a look at the whole store."""

from prefect import flow

from config.messages import load_messages
from config.settings import Settings
from flows.artifacts import shown_in_prefect
from flows.batch_work import Scope, work_on_due
from flows.process_due import LIMIT
from flows.publish_due import publish_due
from flows.run_label import name_run
from flows.summary import BatchSummary


@flow(name="process-arrived", flow_run_name=name_run, timeout_seconds=LIMIT.total_seconds(), persist_result=False)
async def process_arrived() -> BatchSummary:
    """Process what is queued or due and publish what is approved.

    Any number of these may run at once, anywhere, beside any other run: they share the work by lease.
    """
    settings = Settings()
    async with shown_in_prefect(settings, load_messages(settings.language)):
        summary = await work_on_due(settings, Scope(look=False))
        return summary + await publish_due()
