"""Who gives a command: what she decides is taken down under her name."""

import getpass
from typing import Annotated

import typer

from cli.console import WRONG_USE, fail
from cli.words import words

By = Annotated[str | None, typer.Option("--by", help=words.text("cli.by"))]


def person(by: str | None) -> str:
    """Return the name that was given, or else that under which she is known to this machine."""
    if by is not None and by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        fail(words.text("cli.nobody"), WRONG_USE)
