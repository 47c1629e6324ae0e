"""``etalase settings``: what is in force, and where it came from."""

import os
from typing import Annotated

import typer

from cli.console import hide_password, results, settings_in_force
from cli.words import words


def settings(as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False) -> None:
    """Show the settings in force, secrets hidden."""
    from rich.table import Table

    in_force = settings_in_force()
    rows = [
        (f"ETALASE_{name}".upper(), _readable(value), _origin(f"ETALASE_{name}".upper()))
        for name, value in in_force
    ]
    if as_json:
        results.print_json(data={name: {"value": value, "origin": origin} for name, value, origin in rows})
        return
    table = Table()
    for column in ("name", "value", "origin"):
        table.add_column(words.text(f"cli.settings.{column}"), overflow="fold")
    for name, value, origin in rows:
        table.add_row(name, value, words.text(f"cli.settings.from.{origin}"))
    results.print(table)


def _readable(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return hide_password(str(value))


def _origin(name: str) -> str:
    from dotenv import dotenv_values

    if name in {variable.upper() for variable in os.environ}:
        return "environment"
    return "file" if name in {key.upper() for key in dotenv_values(".env")} else "default"
