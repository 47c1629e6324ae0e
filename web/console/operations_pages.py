"""The operations page: throughput, failures, and what can be sent again."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import islice
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from config.messages import Messages
from config.wall_clock import HERE
from flows.request import RequestFailed, has_server, request_run
from models.listing import ListingKey
from models.rejection import OUR_FAULT
from storage.catalog.dead_letters import dead_letters, retry_dead_letters
from storage.catalog.failures import given_up_listings, postponed_listings
from storage.catalog.publishers import closed_publishers
from storage.catalog.sizes import read_sizes
from storage.catalog.standing_counts import count_standing
from storage.catalog.throughput import Amount, finished_by_hour
from storage.catalog.waiting_deliveries import retry_deliveries, waiting_deliveries
from storage.object_store.room import room_of
from web.console.auth import Reviewer
from web.console.context import ConsoleContext
from web.console.form import Form, row_number
from web.console.versions import installed_versions, rule_ages
from web.metrics import Spared

log = logging.getLogger(__name__)

MOST = 50
"""Rows of each list."""
HOURS, DAYS = 24, 7
DONE = frozenset({"publications", "deliveries", "nothing"})


def operations_routes(context: ConsoleContext) -> APIRouter:
    """Return the page, and where what was given up is sent again."""
    routes = APIRouter(prefix="/operations")
    counts = Spared(lambda: count_standing(context.catalog))
    sizes = Spared(lambda: read_sizes(context.catalog))

    @routes.get("")
    def show(request: Request, person: Reviewer, done: str = "") -> Response:
        """Show everything on one page."""
        messages = context.pages.messages_for(request)
        now, amounts = finished_by_hour(context.catalog, days=DAYS)
        values: dict[str, Any] = {
            "done": done if done in DONE else "",
            "hours": last_hours(now, amounts),
            "days": last_days(now, amounts),
            "counts": counts.read(),
            "given_up": given_up_listings(context.catalog, limit=MOST),
            "postponed": postponed_listings(context.catalog, limit=MOST),
            "letters": dead_letters(context.catalog, limit=MOST),
            "closed": closed_publishers(context.catalog),
            "deliveries": tuple(islice(waiting_deliveries(context.catalog, failed_only=True), MOST)),
            "most": MOST,
            "sizes": sizes.read(),
            "room": room_of(context.store),
            "versions": installed_versions(context.settings),
            "rules": rule_ages(),
            "at": lambda moment: moment.astimezone(HERE).strftime("%d-%m %H.%M"),
            "say_for": lambda seconds: say_for(seconds, messages),
            "faults": OUR_FAULT,
        }
        return context.pages.show(request, "console/operations.html.jinja", **values)

    @routes.post("/publications/retry")
    async def send_again(person: Reviewer, form: Form) -> Response:
        """Have what was given up of a listing be sent again, and a worker begin at once where there is one."""
        seller, listing = form.get("seller", ""), form.get("listing", "")
        if not seller or not listing:
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
        key = ListingKey(seller=seller, listing=listing)
        retried = await asyncio.to_thread(retry_dead_letters, context.catalog, key, by=person.name)
        if retried:
            await _publish_soon()
        return _back("publications" if retried else "nothing")

    @routes.post("/deliveries/retry")
    async def take_in_again(person: Reviewer, form: Form) -> Response:
        """Queue an event that failed once more; a worker is called for it as for a new one."""
        number = row_number(form.get("number", ""))
        retried = await asyncio.to_thread(retry_deliveries, context.catalog, number, by=person.name)
        return _back("deliveries" if retried else "nothing")

    return routes


def last_hours(now: datetime, amounts: Mapping[datetime, Amount]) -> list[tuple[datetime, Amount]]:
    """Return what was finished in each of the last hours, this one last, by Jakarta's clock."""
    this = now.astimezone(HERE).replace(minute=0, second=0, microsecond=0)
    hours = [this - timedelta(hours=back) for back in reversed(range(HOURS))]
    return [(hour, amounts.get(hour, Amount())) for hour in hours]


def last_days(now: datetime, amounts: Mapping[datetime, Amount]) -> list[tuple[datetime, Amount]]:
    """Return what was finished on each of the last days, today last; the first counts from this hour of it on."""
    today = now.astimezone(HERE).replace(hour=0, minute=0, second=0, microsecond=0)
    days = {today - timedelta(days=back): Amount() for back in reversed(range(DAYS))}
    for hour, amount in amounts.items():
        day = hour.astimezone(HERE).replace(hour=0)
        if day in days:
            days[day] += amount
    return list(days.items())


def say_for(seconds: float, messages: Messages) -> str:
    """Return for how long something has waited, in the largest unit that there is; a dash for not at all."""
    if not seconds:
        return messages.text("console.operations.none")
    for unit, name in ((86400, "days_long"), (3600, "hours_long"), (60, "minutes")):
        if seconds >= unit:
            return messages.text(f"console.operations.{name}", count=int(seconds // unit))
    return messages.text("console.operations.seconds", count=int(seconds))


async def _publish_soon() -> None:
    """Have a worker drain the outbox now; if none can be called, the next run that publishes does."""
    if not has_server():
        return
    try:
        await request_run("publish-due", {})
    except RequestFailed as fault:
        log.warning("what is sent again is published some minutes later: %s", fault)


def _back(done: str) -> Response:
    return RedirectResponse(f"/operations?done={done}", HTTPStatus.SEE_OTHER)
