"""Writes a task's results into the catalog, batching those that are ready at the same moment."""

from functools import partial

from flows.batching import Batcher
from models.lease import Lease
from models.photo import Finished, PhotoResult
from models.state import ListingState
from processing.repeats import looks_same
from storage.catalog.connection import Catalog
from storage.catalog.fingerprints import note_fingerprints
from storage.catalog.results import Ending, finish_all

PACE = 0.05
"""Seconds. Where listings come faster, several wait for each turn; where photos take their time, none does."""


class Recording:
    """Writes for the listings of one task; belongs to its event loop."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._notes = Batcher[tuple[Lease, list[Finished]], None](
            partial(note_fingerprints, catalog, looks_same=looks_same), pace=PACE
        )
        self._endings = Batcher[Ending, ListingState](partial(finish_all, catalog), pace=PACE)

    async def note(self, lease: Lease, photos: tuple[PhotoResult, ...]) -> None:
        """Note a listing's photos, so that they are known again. Raises LeaseLost, CatalogError."""
        await self._notes.submit((lease, [photo for photo in photos if isinstance(photo, Finished)]))

    async def finish(self, ending: Ending) -> ListingState:
        """Write what was made of a listing, and return its state then. Raises LeaseLost, CatalogError."""
        return await self._endings.submit(ending)
