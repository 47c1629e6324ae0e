"""The people page: administrators let others in."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import ValidationError

from models.person import Account, LastAdministrator, NameTaken, Person, Role
from storage.catalog.links import link_to, make_link
from storage.catalog.people import account_of, add_person, change_role, close_account, open_account, people
from web.console.desk import ConsoleDesk
from web.console.door import allowed
from web.console.form import Form

LIST, ONE = "console/people.html.jinja", "console/person.html.jinja"
Administrator = Annotated[Person, Depends(allowed(Role.ADMINISTRATOR))]
NOT_TAKEN = HTTPStatus.UNPROCESSABLE_ENTITY


def people_routes(desk: ConsoleDesk) -> APIRouter:
    """Return the addresses under ``/people``, for administrators."""
    routes = APIRouter(prefix="/people")

    def show_list(request: Request, *, wrong: str | None = None, form: Form | None = None) -> Response:
        status = NOT_TAKEN if wrong else HTTPStatus.OK
        accounts = people(desk.catalog)
        return desk.pages.show(
            request, LIST, status=status, accounts=accounts, roles=tuple(Role), wrong=wrong, form=form or {}
        )

    def show_one(
        request: Request,
        name: str,
        *,
        wrong: str | None = None,
        form: Form | None = None,
        secret: str | None = None,
    ) -> Response:
        status = NOT_TAKEN if wrong else HTTPStatus.OK
        link = link_to(str(request.base_url), secret) if secret else None
        return desk.pages.show(
            request,
            ONE,
            status=status,
            place=f"/people/{name}",
            account=_known(desk, name),
            roles=tuple(Role),
            wrong=wrong,
            form=form or {},
            link=link,
        )

    @routes.get("")
    def show_people(request: Request, administrator: Administrator) -> Response:
        """Show every account, and the form that makes another."""
        return show_list(request)

    @routes.post("")
    def invite(request: Request, administrator: Administrator, form: Form) -> Response:
        """Make an account, and show the link that leads to it, this once."""
        person = _person_in(form, form.get("name", "").strip().lower())
        if isinstance(person, str):
            return show_list(request, wrong=person, form=form)
        try:
            add_person(desk.catalog, person, by=administrator.name)
        except NameTaken:
            return show_list(request, wrong="name_taken", form=form)
        return show_one(request, person.name, secret=make_link(desk.catalog, person.name, by=administrator.name))

    @routes.get("/{name}")
    def show_person(request: Request, administrator: Administrator, name: str) -> Response:
        """Show one account, and what can be done with it."""
        return show_one(request, name)

    @routes.post("/{name}/link")
    def renew_link(request: Request, administrator: Administrator, name: str) -> Response:
        """Make a new link, and show it this once."""
        _known(desk, name)
        return show_one(request, name, secret=make_link(desk.catalog, name, by=administrator.name))

    @routes.post("/{name}/role")
    def give_role(request: Request, administrator: Administrator, name: str, form: Form) -> Response:
        """Give another role or centre."""
        _known(desk, name)
        person = _person_in(form, name)
        if isinstance(person, str):
            return show_one(request, name, wrong=person, form=form)
        try:
            change_role(desk.catalog, person, by=administrator.name)
        except LastAdministrator:
            return show_one(request, name, wrong="last_administrator", form=form)
        return _back(name)

    @routes.post("/{name}/open")
    def unlock(administrator: Administrator, name: str) -> Response:
        """Let a person in again who was locked out."""
        _known(desk, name)
        open_account(desk.catalog, name, by=administrator.name)
        return _back(name)

    @routes.post("/{name}/close")
    def close(request: Request, administrator: Administrator, name: str) -> Response:
        """End an account."""
        _known(desk, name)
        try:
            close_account(desk.catalog, name, by=administrator.name)
        except LastAdministrator:
            return show_one(request, name, wrong="last_administrator")
        return _back(name)

    return routes


def _known(desk: ConsoleDesk, name: str) -> Account:
    account = account_of(desk.catalog, name)
    if account is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return account


def _person_in(form: Form, name: str) -> Person | str:
    """Return the person whom a form describes, or the key of what is wrong in it."""
    try:
        role = Role(form.get("role", ""))
    except ValueError:
        return "role"
    centre = " ".join(form.get("centre", "").split()) if role is Role.TRAINER else ""
    if role is Role.TRAINER and not centre:
        return "centre"
    try:
        return Person(name=name, role=role, centre=centre)
    except ValidationError as error:
        return "name" if error.errors()[0]["loc"] == ("name",) else "centre"


def _back(name: str) -> Response:
    return RedirectResponse(f"/people/{name}", HTTPStatus.SEE_OTHER)
