"""Requests a run over a seller's photos."""

import logging
from enum import StrEnum

from config.messages import Language
from flows.request import RequestFailed, has_server, request_run
from models.listing import ListingKey
from models.onboarding import Onboarding
from models.seller import Seller

log = logging.getLogger(__name__)


class Called(StrEnum):
    """What came of asking."""

    CALLED = "called"
    NO_SERVER = "no_server"
    """No Prefect server is named: the next batch run does the work."""
    NOT_CALLED = "not_called"
    """It does not answer: the work is due all the same, and the next run does it."""


async def call_worker(seller: Seller, key: ListingKey, language: Language) -> Called:
    """Have a worker process a seller's listing now; whatever comes of it, the listing waits to be processed."""
    if not has_server():
        return Called.NO_SERVER
    onboarding = Onboarding(seller=seller.folder, centre=seller.centre, language=language, photos=key.listing)
    try:
        await request_run("onboard-seller", {"onboarding": onboarding.model_dump(mode="json")})
    except RequestFailed as fault:
        log.warning("no worker could be called: %s", fault)
        return Called.NOT_CALLED
    return Called.CALLED
