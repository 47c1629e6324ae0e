"""Running a flow from the terminal: Prefect made ready, progress shown, the summary back."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import ExitStack, nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from cli.console import fail, news
from cli.ready import require_ready
from cli.words import words
from config.settings import Settings
from flows.prefect_server import ServerNotStarted, prefect_server
from flows.progress import Event, ListingDone, ListingElsewhere, PhotoDone, PhotosFound, watched_by

if TYPE_CHECKING:
    from rich.progress import Progress

Result = TypeVar("Result")


def run_flow(settings: Settings, start: Callable[[], Coroutine[Any, Any, Result]], *, quiet: bool) -> Result:
    """Run a flow to its end on this machine and return what it returns.

    ``start`` imports and calls the flow: it runs once Prefect's server answers.
    """
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    require_ready(settings)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with ExitStack() as stack:
            with nullcontext() if quiet else news.status(words.text("cli.starting_prefect")):
                stack.enter_context(prefect_server(settings.home))
            progress = stack.enter_context(Progress(*columns, console=news, disable=quiet))
            stack.enter_context(watched_by(_show_on(progress)))
            return asyncio.run(start())
    except ServerNotStarted as fault:
        fail(words.text("cli.prefect_failed", fault=str(fault)))


def _show_on(progress: "Progress") -> Callable[[Event], None]:
    """Return a watcher that moves a progress bar by photos and names each listing that is decided."""
    bar = progress.add_task(words.text("cli.photos"), total=0)
    found = 0

    def show(event: Event) -> None:
        nonlocal found
        match event:
            case PhotosFound(photos):
                found += photos
                progress.update(bar, total=found)
            case PhotoDone():
                progress.advance(bar)
            case ListingElsewhere(_, photos):
                progress.advance(bar, photos)
            case ListingDone(result):
                outcome = "publishable" if result.publishable else "waiting"
                progress.console.print(f"  {result.key}: {words.text(f'cli.outcome.{outcome}')}")

    return show
