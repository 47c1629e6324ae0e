"""Sellers: who they are, who is new, and what each of them sells."""

import asyncio
import re
import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from config.known import known_marketplaces
from config.marketplaces import load_marketplace
from models.person import Person, Role
from models.seller import EnrolledOtherwise, Enrolment, Seller
from storage.catalog.connection import Catalog
from storage.catalog.reading import list_listings
from storage.catalog.sellers import enrol_seller, seller_of, sellers_of
from storage.catalog.uploads import listings_sent
from web.console.desk import ConsoleDesk
from web.console.door import SignedIn, allowed
from web.console.form import Form

HOSTS = (Role.TRAINER, Role.ADMINISTRATOR)
Host = Annotated[Person, Depends(allowed(*HOSTS))]
"""The type of a route's parameter that is given who asks, where only those who receive sellers may."""
CHOICE = "marketplace."
"""How the fields of the marketplaces' boxes begin."""
ENROL = "console/enrol.html.jinja"
KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
KEY_BYTES = 16
"""Of the keys that our page draws."""


def seller_routes(desk: ConsoleDesk) -> APIRouter:
    """Return the list of sellers, the form for a new one, and each one's page."""
    routes = APIRouter(prefix="/sellers")

    @routes.get("")
    def show_all(request: Request, person: SignedIn) -> Response:
        """Show the sellers that a person may see, the newest first."""
        sellers = tuple(each for each in sellers_of(desk.catalog, None) if person.may_see(each.centre))
        return desk.pages.show(request, "console/sellers.html.jinja", sellers=sellers, enrols=person.role in HOSTS)

    @routes.get("/new")
    def show_form(request: Request, person: Host) -> Response:
        """Show the empty form."""
        return desk.pages.show(request, ENROL, **_form(person, _draw_key(), {}, {}))

    @routes.post("/new")
    async def enrol(request: Request, person: Host, form: Form) -> Response:
        """Enrol a seller and lead on to her photos, or show what is to be written otherwise.

        A form that is sent again leads to the seller whom it has enrolled.
        """
        key = form.get("key", "")
        if not KEY.fullmatch(key):
            raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY)
        enrolment, wrong = read_enrolment(person, form)
        if enrolment is None:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return desk.pages.show(request, ENROL, status=status, **_form(person, key, form, wrong))
        try:
            seller = await asyncio.to_thread(enrol_seller, desk.catalog, enrolment, by=person.name, sender_key=key)
        except EnrolledOtherwise:
            again = _form(person, _draw_key(), form, {"form": "sent_before"})
            return desk.pages.show(request, ENROL, status=HTTPStatus.CONFLICT, **again)
        return RedirectResponse(f"/sellers/{seller.folder}/photos?enrolled=1", HTTPStatus.SEE_OTHER)

    @routes.get("/{folder}")
    def show_one(request: Request, person: SignedIn, folder: str) -> Response:
        """Show a seller and her products."""
        seller = seller_to_see(desk.catalog, person, folder)
        known = {row.key.listing: row for row in list_listings(desk.catalog, seller=folder)}
        names = dict.fromkeys([*known, *listings_sent(desk.catalog, folder)])
        products = [(name, known.get(name)) for name in names]
        return desk.pages.show(
            request, "console/seller.html.jinja", seller=seller, products=products, receives=person.role in HOSTS
        )

    return routes


def seller_to_see(catalog: Catalog, person: Person, folder: str) -> Seller:
    """Return a seller whom a person may see. Raises HTTPException 404 else, whether there is one or not."""
    seller = seller_of(catalog, folder)
    if seller is None or not person.may_see(seller.centre):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return seller


def read_enrolment(person: Person, form: Mapping[str, str]) -> tuple[Enrolment | None, dict[str, str]]:
    """Return what was written of a new seller, or ``None`` and which text tells what is wrong in which field."""
    chosen = tuple(field.removeprefix(CHOICE) for field in form if field.startswith(CHOICE))
    wrong = {}
    if "consent" not in form:
        wrong["consent"] = "wrong_consent"
    if not set(chosen) <= set(known_marketplaces()):
        wrong["marketplaces"] = "wrong_marketplace"
    try:
        enrolment = Enrolment(
            name=form.get("name", ""),
            village=form.get("village", ""),
            shop=form.get("shop", ""),
            centre=person.centre or form.get("centre", ""),
            marketplaces=chosen,
        )
    except ValidationError as faults:
        for fault in faults.errors():
            field = str(fault["loc"][0])
            wrong[field] = "wrong_name" if field == "name" and not form.get("name", "").strip() else "wrong_line"
        return None, wrong
    if not any(letter.isalnum() for letter in enrolment.name):
        wrong["name"] = "wrong_name"
    return (None if wrong else enrolment), wrong


def _form(person: Person, key: str, typed: Mapping[str, str], wrong: Mapping[str, str]) -> dict[str, Any]:
    marketplaces = {code: load_marketplace(code).name for code in known_marketplaces()}
    return {
        "key": key,
        "typed": typed,
        "wrong": wrong,
        "marketplaces": marketplaces,
        "asks_centre": not person.centre,
    }


def _draw_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)
