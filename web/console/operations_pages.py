"""The operations page: what was done, what failed and why, what waits for a person to send it again."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from config.messages import Messages
from config.wall_clock import HERE
from flows.request import RequestFailed, has_server, request_run
from models.listing import ListingKey
from models.person import Person, Role
from models.rejection import OUR_FAULT
from storage.catalog.dead_letters import dead_letters, retry_dead_letters
from storage.catalog.failures import given_up_listings, postponed_listings
from storage.catalog.publishers import closed_publishers
from storage.catalog.retrying import listings_with_our_fault, retry_listings
from storage.catalog.sizes import read_sizes
from storage.catalog.standing_counts import count_standing
from storage.catalog.throughput import Amount, finished_by_hour
from storage.catalog.waiting_deliveries import retry_deliveries, waiting_deliveries
from storage.object_store.room import room_of
from web.console.desk import ConsoleDesk
from web.console.door import allowed
from web.console.form import Form, row_number
from web.console.versions import installed_versions, rule_ages
from web.metrics import Spared

log = logging.getLogger(__name__)

Operator = Annotated[Person, Depends(allowed(Role.REVIEWER, Role.ADMINISTRATOR))]
"""The type of a route's parameter that is given who asks, where only those may who see all centres."""
MOST = 50
"""Rows of each list."""
HOURS, DAYS = 24, 7
DONE = frozenset({"listings", "publications", "deliveries", "nothing"})


def operations_routes(desk: ConsoleDesk) -> APIRouter:
    """Return the page, and where what was given up is sent again."""
    routes = APIRouter(prefix="/operations")
    counts = Spared(lambda: count_standing(desk.catalog))
    sizes = Spared(lambda: read_sizes(desk.catalog))

    @routes.get("")
    def show(request: Request, person: Operator, done: str = "") -> Response:
        """Show everything on one page."""
        messages = desk.pages.messages_for(request)
        now, amounts = finished_by_hour(desk.catalog, days=DAYS)
        values: dict[str, Any] = {
            "done": done if done in DONE else "",
            "hours": last_hours(now, amounts),
            "days": last_days(now, amounts),
            "counts": counts.read(),
            "given_up": given_up_listings(desk.catalog, limit=MOST),
            "our_fault": listings_with_our_fault(desk.catalog, limit=MOST),
            "postponed": postponed_listings(desk.catalog, limit=MOST),
            "letters": dead_letters(desk.catalog, limit=MOST),
            "closed": closed_publishers(desk.catalog),
            "deliveries": tuple(islice(waiting_deliveries(desk.catalog, failed_only=True), MOST)),
            "most": MOST,
            "sizes": sizes.read(),
            "room": room_of(desk.store),
            "versions": installed_versions(desk.settings),
            "rules": rule_ages(),
            "at": lambda moment: moment.astimezone(HERE).strftime("%d-%m %H.%M"),
            "say_for": lambda seconds: say_for(seconds, messages),
            "faults": OUR_FAULT,
        }
        return desk.pages.show(request, "console/operations.html.jinja", **values)

    @routes.post("/listings/retry")
    async def process_again(person: Operator, form: Form) -> Response:
        """Have a listing processed again, and a worker begin at once where there is one."""
        key = _listing_in(form)
        retried = await asyncio.to_thread(retry_listings, desk.catalog, key, by=person.name)
        if retried:
            await _begin_soon("ingest-listing", key.model_dump())
        return _back("listings" if retried else "nothing")

    @routes.post("/listings/retry-all")
    async def process_all_again(person: Operator) -> Response:
        """Have all listings processed again that wait for another try."""
        retried = await asyncio.to_thread(retry_listings, desk.catalog, by=person.name)
        if retried:
            await _begin_soon("process-arrived", {})
        return _back("listings" if retried else "nothing")

    @routes.post("/publications/retry")
    async def send_again(person: Operator, form: Form) -> Response:
        """Have what was given up of a listing be sent again, and a worker begin at once where there is one."""
        key = _listing_in(form)
        retried = await asyncio.to_thread(retry_dead_letters, desk.catalog, key, by=person.name)
        if retried:
            await _begin_soon("publish-due", {})
        return _back("publications" if retried else "nothing")

    @routes.post("/deliveries/retry")
    async def take_in_again(person: Operator, form: Form) -> Response:
        """Queue an event that failed once more; a worker is called for it as for a new one."""
        number = row_number(form.get("number", ""))
        retried = await asyncio.to_thread(retry_deliveries, desk.catalog, number, by=person.name)
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


def _listing_in(form: Mapping[str, str]) -> ListingKey:
    seller, listing = form.get("seller", ""), form.get("listing", "")
    if not seller or not listing:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
    return ListingKey(seller=seller, listing=listing)


async def _begin_soon(flow: str, parameters: Mapping[str, object]) -> None:
    """Have a worker begin now; if none can be called, the next run that finds it due does it."""
    if not has_server():
        return
    try:
        await request_run(flow, parameters)
    except RequestFailed as fault:
        log.warning("what is tried again begins some minutes later: %s", fault)


def _back(done: str) -> Response:
    return RedirectResponse(f"/operations?done={done}", HTTPStatus.SEE_OTHER)
