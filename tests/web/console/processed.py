"""Listings that are processed for real; each photo is looked at once in a session, for that takes seconds."""

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from flows.listing_work import work_on_listing
from flows.photo_work import PhotoContext, look_at_photo
from flows.recording import Recording
from models.edit import Overrides
from models.identity import corrected_identity
from models.listing import ListingKey, ListingResult
from models.photo import Finished, PhotoKey, PhotoResult
from models.rendition import Rendition, StoredRendition
from models.seller import Enrolment, Seller
from models.strokes import strokes_for
from storage.catalog.edits import overrides_of
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.reading import list_listings
from storage.catalog.sellers import enrol_seller
from storage.discovery import discover
from tests.sellers import add_listing
from tests.web.console.consoles import CENTRE, Console

WORDS = "Tampah anyaman bambu 45rb"
PRICELESS = "Tampah anyaman bambu"


@dataclass(frozen=True, slots=True)
class Looked:
    """A photo that was looked at, with its finished files."""

    photo: Finished
    renditions: tuple[Rendition, ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """A console's catalog and store, in which listings are processed as a flow does it."""

    console: Console
    context: PhotoContext
    looked: Looked

    def enrol(self, name: str = "Ibu Ani", centre: str = CENTRE) -> Seller:
        return enrol_seller(self.console.catalog, Enrolment(name=name, centre=centre), by="tests")

    def add(
        self,
        place: str = "ibu-ani/tampah",
        words: str = WORDS,
        files: tuple[str, ...] = ("depan.jpg",),
        *,
        publish: bool = False,
    ) -> ListingResult:
        """Process a new listing; unless ``publish``, it is kept until a person has decided."""
        add_listing(self.console.store, place, {file: file.encode() for file in files}, words)
        return self.process(publish=publish)

    def process(self, *, publish: bool = False) -> ListingResult:
        """Process what is due, and return the last of it."""
        discover(self.console.store, self.console.catalog)
        context = replace(self.context, store=self.console.store)
        result = None
        for lease in lease_listings(self.console.catalog, this_process()):
            overrides = overrides_of(self.console.catalog, lease.key)
            work = work_on_listing(
                context,
                Recording(self.console.catalog),
                self,  # type: ignore[arg-type]
                lease,
                overrides,
                publishers=(),
                publish=publish,
            )
            # Playwright has a loop of its own in this thread.
            with ThreadPoolExecutor(1) as thread:
                result = thread.submit(asyncio.run, work).result()
        assert result is not None
        return result

    async def work(self, key: PhotoKey, overrides: Overrides) -> PhotoResult:
        """Do what the pool does, but for the look at the photo."""
        sha256 = hashlib.sha256(key.raw.encode()).hexdigest()
        return self.keep(key, self.looked, sha256, self.context.following(overrides))

    def keep(self, key: PhotoKey, looked: Looked, sha256: str, context: PhotoContext) -> PhotoResult:
        """Keep a photo's finished files, and return what became of it."""
        stored = []
        for each in looked.renditions:
            place = key.rendition(sha256, corrected_identity(context.identity, looked.photo.correction), each.name)
            self.console.store.put(place, each.data, media_type=each.media_type)
            stored.append(
                StoredRendition(
                    name=each.name,
                    key=place,
                    media_type=each.media_type,
                    width=each.width,
                    height=each.height,
                    bytes=len(each.data),
                    sha256=hashlib.sha256(each.data).hexdigest(),
                    published=context.recipe.publishes(each.name),
                )
            )
        return looked.photo.model_copy(
            update={"file": key.file, "sha256": sha256, "renditions": tuple(stored), "fingerprint": None}
        )

    def version(self, key: ListingKey) -> int:
        return next(row.version for row in list_listings(self.console.catalog) if row.key == key)


@dataclass(frozen=True, slots=True)
class Atelier(Workshop):
    """A workshop in which each photo is looked at for itself, with what people have drawn on it."""

    async def work(self, key: PhotoKey, overrides: Overrides) -> PhotoResult:  # type: ignore[override]
        context, data = self.context.following(overrides), self.console.store.get(key.raw)
        sha256 = hashlib.sha256(data).hexdigest()
        looked = Looked(*look_at_photo(context, key.file, data, strokes_for(sha256, overrides.corrections)))
        return self.keep(key, looked, sha256, context)
