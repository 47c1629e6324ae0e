"""``etalase demo``: the main job on the samples that come with the project."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import fail, news, results, settings_in_force
from cli.ready import ready_catalog, ready_store
from cli.words import words

if TYPE_CHECKING:
    from models.store import ObjectStore

SAMPLES = Path(__file__).parents[1] / "samples" / "raw"
HOME = Path(".etalase/demo")


def demo(
    home: Annotated[Path, typer.Option(help=words.text("cli.demo.home"))] = HOME,
) -> None:
    """Process and publish the samples in a folder of their own, and write the report."""
    from cli.batch import run_flow
    from cli.outcome import listing_table, say_summary
    from cli.report import write_report
    from flows.summary import BatchSummary
    from storage.catalog.reading import list_listings

    if not SAMPLES.is_dir():
        fail(words.text("cli.demo.no_samples", folder=SAMPLES))
    # The demo never touches a person's own store or catalog, whatever .env says.
    os.environ["ETALASE_HOME"] = str(home)
    os.environ["ETALASE_STORE"] = f"file:{home}/store"
    os.environ["ETALASE_CATALOG"] = f"sqlite:///{home}/catalog.sqlite"
    os.environ["ETALASE_PUBLISHERS"] = os.devnull  # nor tells her shops of the samples
    settings = settings_in_force()
    store = ready_store(settings)
    new = _bring_samples(store)
    news.print(words.text("cli.demo.welcome" if new else "cli.demo.again", photos=new))

    async def start() -> BatchSummary:
        from flows.process_due import process_due

        return await process_due()

    summary = run_flow(settings, start, quiet=False)
    results.print(listing_table(list_listings(ready_catalog(settings))))
    say_summary(summary)
    results.print(words.text("cli.demo.bundles", place=store.locate("published")))
    results.print(words.text("cli.report.done", page=write_report(settings)))


def _bring_samples(store: "ObjectStore") -> int:
    """Put the samples where a seller's photos lie, and return how many files were not there before."""
    from cli.bringing import bring

    new = 0
    for file in sorted(path for path in SAMPLES.rglob("*") if path.is_file()):
        new += bring(store, f"raw/{file.relative_to(SAMPLES).as_posix()}", file.read_bytes())
    return new
