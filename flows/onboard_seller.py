"""The trainer's flow: processes one seller's photos now, shows what to tell her, and publishes."""

from datetime import timedelta

from prefect import flow

from config.messages import load_messages
from config.settings import Settings
from flows.artifacts import shown_in_prefect
from flows.batch_work import Scope, work_on_due
from flows.onboarding_form import OnboardingForm
from flows.publish_due import publish_due
from flows.run_label import name_run, tag_run
from flows.summary import BatchSummary

LIMIT = timedelta(hours=1)
"""Of a run that somebody waits for."""


@flow(name="onboard-seller", flow_run_name=name_run, timeout_seconds=LIMIT.total_seconds(), persist_result=False)
async def onboard_seller(onboarding: OnboardingForm) -> BatchSummary:
    """Process one seller's photos and publish what is approved.

    Where she sells is kept for later runs, if it is told. Raises pydantic's ValidationError for a marketplace that
    nobody knows, InvalidKey for a seller that no key can name.
    """
    settings = Settings(marketplaces=onboarding.marketplaces) if onboarding.marketplaces else Settings()
    await tag_run(f"seller:{onboarding.seller}", *([f"centre:{onboarding.centre}"] if onboarding.centre else []))
    async with shown_in_prefect(settings, load_messages(onboarding.language)):
        scope = Scope(onboarding.seller, onboarding.photos, onboarding.marketplaces)
        summary = await work_on_due(settings, scope, publish=onboarding.publish)
        return summary + (await publish_due() if onboarding.publish else BatchSummary())
