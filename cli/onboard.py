"""``etalase onboard``: a seller's photos from this machine, processed now, with what to show her."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import FAILED, WRONG_USE, fail, news, results, settings_in_force
from cli.ready import ready_catalog, ready_store
from cli.words import words

if TYPE_CHECKING:
    from config.settings import Settings
    from models.onboarding import Onboarding

NOTES = {"note.txt", "listing.json"}


def onboard(
    seller: Annotated[str, typer.Argument(help=words.text("cli.onboard.seller"))],
    photos: Annotated[list[Path], typer.Argument(help=words.text("cli.onboard.photos"), exists=True)],
    marketplace: Annotated[list[str] | None, typer.Option(help=words.text("cli.onboard.marketplace"))] = None,
    centre: Annotated[str, typer.Option(help=words.text("cli.onboard.centre"))] = "",
    publish: Annotated[bool, typer.Option(help=words.text("cli.onboard.publish"))] = True,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Put the photos under ``raw/`` and run the trainer's flow: here, or on a worker of ``PREFECT_API_URL``."""
    from cli.outcome import listing_table
    from models.state import ListingState
    from storage.catalog.reading import list_listings

    settings = settings_in_force()
    files = _by_place(photos)
    listings = sorted({listing for listing, _ in files})
    onboarding = _ask(settings, seller, listings, tuple(marketplace or ()), centre, publish)
    _bring(settings, seller, files)
    placed = words.text("cli.onboard.placed", files=len(files), seller=seller, listings=", ".join(listings))
    news.print(placed)
    well = _run_on_worker(onboarding) if os.environ.get("PREFECT_API_URL") else _run_here(settings, onboarding)
    found = list_listings(ready_catalog(settings), seller=seller)
    rows = [row for row in found if row.key.listing in listings]
    if as_json:
        results.print_json(data=[row.model_dump(mode="json") for row in rows])
    else:
        results.print(listing_table(rows))
    done = not {row.state for row in rows} & {ListingState.FAILED, ListingState.DUE, ListingState.LEASED}
    raise typer.Exit(0 if well and done else FAILED)


def _by_place(given: Iterable[Path]) -> dict[tuple[str, str], Path]:
    """Return the files that are meant, by listing and name: the folder that a file lies in is its listing."""
    found: dict[tuple[str, str], Path] = {}
    for path in given:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        files = [file.resolve() for file in inside if file.is_file() and not file.name.startswith(".")]
        if not files:
            fail(words.text("cli.onboard.nothing", place=path), WRONG_USE)
        for file in files:
            if found.setdefault((file.parent.name, file.name), file) != file:
                fail(words.text("cli.same_name", names=f"{file.parent.name}/{file.name}"), WRONG_USE)
    return found


def _ask(
    settings: "Settings",
    seller: str,
    listings: list[str],
    marketplaces: tuple[str, ...],
    centre: str,
    publish: bool,
) -> "Onboarding":
    """Return the request that the arguments come to, or say which is wrong and end the command."""
    from pydantic import ValidationError

    from config.known import known_marketplaces
    from models.onboarding import Onboarding

    for name in marketplaces:
        if name not in known_marketplaces():
            known = ", ".join(known_marketplaces())
            fail(words.text("cli.onboard.unknown_marketplace", name=name, known=known), WRONG_USE)
    try:
        return Onboarding(
            seller=seller,
            centre=centre,
            language=settings.language,
            photos=listings[0] if len(listings) == 1 else "",
            marketplaces=marketplaces,
            publish=publish,
        )
    except ValidationError as wrong:
        faults = "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in wrong.errors())
        fail(words.text("cli.wrong_name", fault=faults), WRONG_USE)


def _bring(settings: "Settings", seller: str, files: dict[tuple[str, str], Path]) -> None:
    """Put the files where hers lie, notes last: one of them says that a listing is complete."""
    from cli.bringing import bring
    from processing.decode.limits import DecodeLimits

    store = ready_store(settings)
    for (listing, name), file in sorted(files.items(), key=lambda item: item[0][1] in NOTES):
        if file.stat().st_size > DecodeLimits().max_bytes:
            fail(words.text("cli.onboard.too_large", file=file), WRONG_USE)
        bring(store, f"raw/{seller}/{listing}/{name}", file.read_bytes())


def _run_here(settings: "Settings", onboarding: "Onboarding") -> bool:
    from cli.batch import run_flow
    from flows.summary import BatchSummary

    async def start() -> BatchSummary:
        from flows.onboard_seller import onboard_seller

        return await onboard_seller(onboarding)

    summary = run_flow(settings, start, quiet=False)
    return not (summary.postponed or summary.unpublished)


def _run_on_worker(onboarding: "Onboarding") -> bool:
    import asyncio

    from flows.prefect_server import answers

    address = os.environ["PREFECT_API_URL"]
    if not answers(address):
        fail(words.text("cli.worker.no_answer", address=address))
    return asyncio.run(_wait(onboarding, address))


async def _wait(onboarding: "Onboarding", address: str) -> bool:
    from flows.request import NotDeployed, RequestFailed, request_run, wait_for_end

    try:
        run = await request_run("onboard-seller", {"onboarding": onboarding.model_dump(mode="json")})
    except NotDeployed:
        fail(words.text("cli.onboard.not_deployed", address=address))
    except RequestFailed as fault:
        fail(words.text("cli.onboard.refused", fault=fault))
    news.print(words.text("cli.onboard.run", page=run.page))
    try:
        with news.status(words.text("cli.onboard.waiting")):
            state = await wait_for_end(run)
    except RequestFailed:
        fail(words.text("cli.worker.no_answer", address=address))
    if state is not None:
        news.print(words.text("cli.onboard.failed", state=state), style="red")
    return state is None
