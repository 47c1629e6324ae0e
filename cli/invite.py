"""``etalase invite``: let somebody into the console, or in again."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import WRONG_USE, fail, results, settings_in_force
from cli.person import By, person
from cli.ready import ready_catalog
from cli.words import words
from models.person import NAME, LastAdministrator, Person, Role

if TYPE_CHECKING:
    from storage.catalog.connection import Catalog

HERE = "http://127.0.0.1:8000"


def invite(
    name: Annotated[str, typer.Argument(help=words.text("cli.invite.name"))],
    role: Annotated[Role, typer.Option(help=words.text("cli.invite.role"))] = Role.TRAINER,
    centre: Annotated[str, typer.Option(help=words.text("cli.invite.centre"))] = "",
    address: Annotated[str, typer.Option(help=words.text("cli.invite.address"))] = HERE,
    by: By = None,
) -> None:
    """Make an account, or give a known one this role and centre, and print a one-time link to it."""
    from storage.catalog.links import link_to, make_link

    if not NAME.fullmatch(name):
        fail(words.text("console.door.wrong.name"), WRONG_USE)
    if (role is Role.TRAINER) != bool(centre.strip()):
        fail(words.text("cli.invite.wrong_centre"), WRONG_USE)
    who, catalog = person(by), ready_catalog(settings_in_force())
    _give_account(catalog, Person(name=name, role=role, centre=centre), who)
    results.print(words.text("cli.invite.done", name=name))
    results.print(link_to(address, make_link(catalog, name, by=who)))


def _give_account(catalog: "Catalog", invited: Person, by: str) -> None:
    from storage.catalog.people import account_of, add_person, change_role

    account = account_of(catalog, invited.name)
    if account is None:
        add_person(catalog, invited, by=by)
    elif account.person != invited:
        try:
            change_role(catalog, invited, by=by)
        except LastAdministrator:
            fail(words.text("console.door.last_administrator.title"), WRONG_USE)
