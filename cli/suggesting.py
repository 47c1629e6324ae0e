"""Words for a note, and a photo where there is one, without store or catalog."""

import asyncio
import functools
from pathlib import Path
from typing import TYPE_CHECKING

from cli.ready import ready_context, ready_drafter
from config.settings import Settings

if TYPE_CHECKING:
    from flows.photo_work import PhotoContext
    from models.photo import Finished
    from models.suggestion import Suggestion


class Suggester:
    """What is opened once for any number of notes; the network for photos only when one comes."""

    def __init__(self, settings: Settings) -> None:
        from config.marketplaces import load_marketplace

        self._settings = settings
        self._marketplaces = tuple(load_marketplace(code) for code in settings.marketplaces)
        self._drafter = ready_drafter(settings)

    def suggest(self, note: str, *, price: int | None = None, photo: Path | None = None) -> "Suggestion":
        """Return what is suggested for a note, read as one in the store is.

        Raises NoteUnreadable; PhotoRejected, and OSError for a photo that cannot be opened.
        """
        from flows.suggesting import Material, propose
        from processing.suggest.note import read_note

        said = read_note("note.txt", note.encode("utf-8", "replace")).model_copy(update={"price": price})
        finished, picture = self._look_at(photo) if photo else ((), None)
        material = Material(said, finished, picture=lambda: picture)
        return asyncio.run(propose(material, self._marketplaces, self._drafter))

    def _look_at(self, file: Path) -> "tuple[tuple[Finished, ...], bytes | None]":
        """Return what is found out about a photo, and a small picture of it."""
        from flows.photo_work import look_at_photo
        from models.rendition import smallest_jpeg

        finished, renditions = look_at_photo(self._context, file.name, file.read_bytes())
        small = smallest_jpeg(renditions)
        return (finished,), small.data if small else None

    @functools.cached_property
    def _context(self) -> "PhotoContext":
        return ready_context(self._settings)
