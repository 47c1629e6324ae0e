"""The publishing flow: drains the outbox."""

from datetime import timedelta

from prefect import flow

from config.messages import load_messages
from config.settings import Settings
from flows.outbox_work import drain_outbox
from flows.publication_artifacts import publications_shown
from flows.run_label import name_run
from flows.summary import BatchSummary
from flows.transient import ask_patiently

LIMIT = timedelta(hours=2)
"""Of one drain; what is left is due the next time."""


@flow(name="publish-due", flow_run_name=name_run, timeout_seconds=LIMIT.total_seconds(), persist_result=False)
async def publish_due() -> BatchSummary:
    """Send every publication that is due, and return how many receipts came back and how many did not.

    When the catalog or the store fails for a moment, only what was sent after it counts.
    """
    settings = Settings()
    async with publications_shown(load_messages(settings.language)):
        return await ask_patiently(lambda: drain_outbox(settings))
