"""Prefect artifacts of a publishing run: each publication, and what became of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prefect.artifacts import acreate_table_artifact

from config.messages import Messages
from flows.artifacts import only_logged
from flows.progress import Event, PublicationEnded, watched_by

ROWS = 200
"""Shown at most; what failed comes first, for a person has to look at it."""


@asynccontextmanager
async def publications_shown(texts: Messages) -> AsyncIterator[None]:
    """Show what the block sent and what it could not send, once it has ended well."""
    sent: list[PublicationEnded] = []
    failed: list[PublicationEnded] = []

    def note(event: Event) -> None:
        if isinstance(event, PublicationEnded):
            ends = sent if event.sent else failed
            if len(ends) < ROWS:
                ends.append(event)

    with watched_by(note):
        yield
    if rows := [_row(end, texts) for end in (*failed, *sent)[:ROWS]]:
        with only_logged():
            await acreate_table_artifact(rows, key="publications", description=texts.text("artifact.publications"))


def _row(end: PublicationEnded, texts: Messages) -> dict[str, object]:
    return {
        texts.text("cli.column.listing"): str(end.key),
        texts.text("artifact.publisher"): end.publisher,
        texts.text("artifact.state"): texts.text("artifact.sent" if end.sent else "artifact.unsent"),
        texts.text("artifact.place"): end.outcome,
    }
