"""The batch flow: processes and publishes everything new in the object store."""

from datetime import timedelta

from prefect import flow

from config.messages import load_messages
from config.settings import Settings
from flows.artifacts import shown_in_prefect
from flows.batch_work import Scope, work_on_due
from flows.publish_due import publish_due
from flows.run_label import name_run, tag_run
from flows.summary import BatchSummary

LIMIT = timedelta(hours=20)
"""Of a nightly run: the next one must find the place free."""


@flow(name="process-due", flow_run_name=name_run, timeout_seconds=LIMIT.total_seconds(), persist_result=False)
async def process_due(seller: str | None = None) -> BatchSummary:
    """Process every listing that is due and publish those that are approved.

    ``seller`` limits the run to one seller. Any number of these may run at once, anywhere: they share the work by
    lease.
    """
    settings = Settings()
    if seller is not None:
        await tag_run(f"seller:{seller}")
    async with shown_in_prefect(settings, load_messages(settings.language)):
        summary = await work_on_due(settings, Scope(seller))
        return summary + await publish_due()
