"""Prefect artifacts of a run: its progress, its listings, before and after, and what was published."""

import asyncio
import logging
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from prefect.artifacts import (
    acreate_image_artifact,
    acreate_link_artifact,
    acreate_progress_artifact,
    acreate_table_artifact,
    aupdate_progress_artifact,
)

from config.messages import Messages
from config.settings import Settings
from flows.artifact_key import artifact_key
from flows.artifact_rows import listing_row, photo_rows
from flows.progress import Event, ListingDone, ListingElsewhere, PhotoDone, PhotosFound, watched_by
from models.listing import ListingKey, ListingResult
from models.photo import Finished
from models.store import ObjectStore
from processing.sheet import draw_sheet
from storage.catalog.opening import open_catalog
from storage.catalog.reading import ListingRow, list_listings
from storage.object_store.opening import open_store

log = logging.getLogger(__name__)

EVERY_SECONDS = 2.0
"""Between two looks at how far the run is."""
LISTINGS, PAIRS, LINKS = 50, 12, 20
"""What is shown at most: a night's run has thousands of listings, and each costs Prefect's database a row."""
AT_ONCE = 4
"""Tables that Prefect's server is given at the same time."""
BEFORE, AFTER = "before.jpg", "thumbnail.jpg"
"""The renditions that stand side by side."""


class Seen:
    """What a run has told of itself so far."""

    def __init__(self) -> None:
        self.found = 0
        self.done = 0
        self.results: list[ListingResult] = []
        self.elsewhere: set[ListingKey] = set()

    def __call__(self, event: Event) -> None:
        """Take note of an event."""
        match event:
            case PhotosFound(photos):
                self.found += photos
            case PhotoDone():
                self.done += 1
            case ListingDone(result) if len(self.results) < LISTINGS:
                self.results.append(result)
            case ListingElsewhere(key, photos):
                self.done += photos
                if len(self.elsewhere) < LISTINGS:
                    self.elsewhere.add(key)

    @property
    def percent(self) -> float:
        """How much of what was found so far is done."""
        return 100.0 * self.done / self.found if self.found else 0.0


@asynccontextmanager
async def shown_in_prefect(settings: Settings, texts: Messages) -> AsyncIterator[None]:
    """Show the progress of what runs in the block, and its results once it has ended well.

    What cannot be shown is logged and passed over: the work itself is not to fail for it.
    """
    seen = Seen()
    mover = asyncio.create_task(_show_progress(seen, texts))
    try:
        with watched_by(seen):
            yield
    finally:
        mover.cancel()
        with suppress(asyncio.CancelledError):
            await mover
    with only_logged():
        results = [*seen.results, *await asyncio.to_thread(_results_of, seen.elsewhere, settings)]
        await _show_results(results[:LISTINGS], settings, texts)


async def _show_progress(seen: Seen, texts: Messages) -> None:
    """Keep a bar up to date until this is cancelled, and leave it where the run is then."""
    with only_logged():
        bar = await acreate_progress_artifact(0.0, description=texts.text("artifact.progress"))
        shown = 0.0
        try:
            while True:
                await asyncio.sleep(EVERY_SECONDS)
                if seen.percent != shown:
                    shown = seen.percent
                    await aupdate_progress_artifact(bar, shown)
        finally:
            await aupdate_progress_artifact(bar, seen.percent)


async def _show_results(results: list[ListingResult], settings: Settings, texts: Messages) -> None:
    if not results:
        return
    few = asyncio.Semaphore(AT_ONCE)

    async def show(result: ListingResult) -> None:
        key = artifact_key("listing", str(result.key))
        async with few:
            await acreate_table_artifact(photo_rows(result, texts), key=key, description=str(result.key))

    await asyncio.gather(*map(show, results))
    overview = [listing_row(result, texts) for result in results]
    await acreate_table_artifact(overview, key="listings", description=texts.text("artifact.listings"))
    store = open_store(settings.store)
    await _show_sheet(results, store, texts)
    for name, place in (await asyncio.to_thread(_places, results, settings, store)).items():
        await acreate_link_artifact(place, link_text=name, key=artifact_key("published", name), description=name)


async def _show_sheet(results: list[ListingResult], store: ObjectStore, texts: Messages) -> None:
    """Show the first photos before and after, as one picture that lies in the artifact itself."""
    photos = [(result, photo) for result in results for photo in result.finished][:PAIRS]
    if photos:
        sheet = await asyncio.to_thread(_draw, [photo for _, photo in photos], store)
        names = (f"{number}. {result.key} {photo.file}" for number, (result, photo) in enumerate(photos, start=1))
        await acreate_image_artifact(
            f"data:image/jpeg;base64,{b64encode(sheet).decode()}",
            key="before-and-after",
            description="\n".join((texts.text("artifact.sheet"), "", *names)),
        )


def _draw(photos: list[Finished], store: ObjectStore) -> bytes:
    pairs = []
    for photo in photos:
        places = {rendition.name: rendition.key for rendition in photo.renditions}
        pairs.append((store.get(places[BEFORE]), store.get(places[AFTER])))
    return draw_sheet(pairs)


def _results_of(keys: set[ListingKey], settings: Settings) -> list[ListingResult]:
    """Return what another run has made of listings that this one waited for."""
    return [row.result for row in _rows(keys, settings) if row.result]


def _rows(keys: set[ListingKey], settings: Settings) -> list[ListingRow]:
    catalog = open_catalog(settings.catalog)
    sellers = sorted({key.seller for key in keys})
    rows = [row for seller in sellers for row in list_listings(catalog, seller=seller) if row.key in keys]
    catalog.close()
    return rows


def _places(results: list[ListingResult], settings: Settings, store: ObjectStore) -> dict[str, str]:
    """Return where the run's listings are published, by listing and publisher."""
    found = {
        f"{row.key} {receipt.publisher}": _address(receipt.location, store)
        for row in _rows({result.key for result in results}, settings)
        for receipt in row.receipts
    }
    return dict(list(found.items())[:LINKS])


def _address(place: str, store: ObjectStore) -> str:
    """Return an address for a browser: of an address, of a path on this machine, or of a key of the store."""
    known = "://" in place or place.startswith("/")
    found = place if known else store.locate(place)
    return found if "://" in found else Path(found).as_uri()


@contextmanager
def only_logged() -> Iterator[None]:
    """Pass over what cannot be shown: the work itself is not to fail for it."""
    try:
        yield
    except Exception as fault:
        log.warning("a part of the run could not be shown: %s", fault)
