"""What a run came to, as a person reads it: one row for each listing, and a closing sentence."""

from collections.abc import Iterable

from rich.table import Table

from cli.console import results
from cli.words import words
from config.waits import wait_section
from flows.summary import BatchSummary
from models.state import ListingState
from storage.catalog.reading import ListingRow


def say_summary(summary: BatchSummary) -> None:
    """Print what a batch run did; a run that found nothing new says so."""
    idle = not (summary.listings or summary.postponed or summary.published or summary.unpublished)
    results.print(words.text("cli.nothing_new" if idle else "cli.summary", **summary.model_dump()))
    if summary.postponed:
        results.print(words.text("cli.postponed", listings=summary.postponed))
    if summary.unpublished:
        results.print(words.text("cli.unpublished", listings=summary.unpublished))
    if summary.strays:
        results.print(words.text("cli.strays", files=summary.strays, first=summary.stray_keys[0]))


def listing_table(rows: Iterable[ListingRow]) -> Table:
    """Return a table of listings: photos, score, verdict, and what to do next."""
    table = Table(show_lines=True)
    for column in ("listing", "photos", "score", "verdict", "next"):
        table.add_column(words.text(f"cli.column.{column}"), overflow="fold")
    for row in rows:
        table.add_row(str(row.key), _photos(row), _score(row), words.text(f"states.{row.state}"), next_step(row))
    return table


def next_step(row: ListingRow) -> str:
    """Return the one thing to do next for a listing, in words: a person's before the machine's."""
    if row.state is ListingState.WAITING and (review := row.standing_review):
        return words.text("cli.waiting.sent_back", by=review.by, word=review.word)
    if row.state is ListingState.WAITING and row.result and row.result.waits:
        wait = row.result.waits[0]
        advice = words.text(f"{wait_section(wait)}.advice")
        return f"{wait.file}: {advice}" if wait.file else advice
    return words.text(f"report.state.{row.state}")


def _photos(row: ListingRow) -> str:
    lost = len(row.result.set_aside) if row.result else 0
    return words.text("cli.photos_set_aside", photos=row.photo_count, lost=lost) if lost else str(row.photo_count)


def _score(row: ListingRow) -> str:
    return "-" if row.result is None or row.result.score is None else str(row.result.score)
