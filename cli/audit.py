"""``etalase audit``: who decided and changed what, and when."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import results, settings_in_force
from cli.ready import ready_catalog
from cli.words import words

if TYPE_CHECKING:
    from models.audit import AuditEntry


def audit(
    seller: Annotated[str | None, typer.Option(help=words.text("cli.audit.seller"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Show the record of decisions, the oldest first."""
    from rich.table import Table

    from storage.catalog.audit import read_audit

    entries = list(read_audit(ready_catalog(settings_in_force()), seller=seller))
    if as_json:
        results.print_json(data=[entry.model_dump(mode="json") for entry in entries])
        return
    if not entries:
        results.print(words.text("cli.audit.none"))
        return
    table = Table()
    for column in ("at", "by", "act", "about", "detail"):
        table.add_column(words.text(f"cli.audit.column.{column}"), overflow="fold")
    for entry in entries:
        at = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
        table.add_row(at, entry.by, words.text(f"cli.audit.act.{entry.act}"), _about(entry), _detail(entry))
    results.print(table)


def _about(entry: "AuditEntry") -> str:
    return "/".join(name for name in (entry.seller, entry.listing) if name)


def _detail(entry: "AuditEntry") -> str:
    return ", ".join(f"{name} {value}" for name, value in entry.detail.items())
