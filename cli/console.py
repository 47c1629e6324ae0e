"""Talking to the person at the terminal: results on standard output, everything else on standard error."""

import re
from pathlib import Path
from typing import NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from cli.words import words
from config.settings import PREFIX, Settings
from models.rejection import PhotoRejected

FAILED = 1
"""Exit code: the command ran, and something in it failed."""
WRONG_USE = 2
"""Exit code: an argument or a setting is wrong; nothing was done."""

FOLLOWS_ANOTHER = "default_factory_not_called"
"""Pydantic's word for a default that could not be made since another value is wrong: that one is named already."""

results = Console(highlight=False, markup=False, soft_wrap=True)
news = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def fail(message: str, code: int = FAILED) -> NoReturn:
    """Say what is wrong and end the command."""
    news.print(message, style="red")
    raise typer.Exit(code)


def hide_password(address: str) -> str:
    """Return a URL with its password, in the user's part or in the query, replaced by stars."""
    return re.sub(r"(?<=password=)[^&\s]+", "***", re.sub(r"(://[^/@:\s]*):[^@\s]*@", r"\1:***@", address))


def say_refused(file: Path, rejected: PhotoRejected) -> None:
    """Name a file that cannot be used, why, and what to do next."""
    section = f"rejection.{rejected.reason}"
    title, advice = words.text(f"{section}.title"), words.text(f"{section}.advice")
    news.print(words.text("cli.refused", file=file, title=title, advice=advice), style="red")


def settings_in_force() -> Settings:
    """Return the settings, or name each wrong one with what would be right, and end the command."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            _explain(str(fault["loc"][0]), fault.get("input"), fault["msg"])
            for fault in error.errors()
            if fault["type"] != FOLLOWS_ANOTHER
        ]
        fail("\n".join(faults), WRONG_USE)


def _explain(field: str, value: object, fault: str) -> str:
    name = f"{PREFIX}{field.removeprefix(PREFIX.lower())}".upper()
    if field not in Settings.model_fields:
        return words.text("cli.unknown_setting", name=name, known=", ".join(_names()))
    right = words.text(f"setting.{field}.right")
    shown = "***" if "SecretStr" in str(Settings.model_fields[field].annotation) else hide_password(str(value))
    return words.text("cli.wrong_setting", name=name, value=shown, right=right, fault=fault)


def _names() -> list[str]:
    return [f"{PREFIX}{field}".upper() for field in Settings.model_fields]
