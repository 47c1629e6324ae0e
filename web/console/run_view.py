"""What is shown of a seller's run: each of her products, and how far each of its photos is."""

from collections.abc import Iterator
from urllib.parse import quote

from config.messages import Messages
from flows.photo_cache import newest_cached
from models.listing import ListingKey
from models.photo import Finished
from models.state import ListingState
from models.store import ObjectStore, StoreError
from storage.catalog.connection import Catalog
from storage.catalog.photo_progress import PhotoStanding, photos_of_seller
from storage.catalog.reading import ListingRow, list_listings
from storage.catalog.states import PhotoState
from storage.catalog.uploads import listings_sent
from web.console.listing_view import SMALL, address_of, picture_of
from web.templating import AFTER, BEFORE, THUMBNAIL

UNDER_WAY = frozenset({ListingState.DUE, ListingState.LEASED, ListingState.PUBLISHING})
WAITING, WORKING, READY, UNUSED = "waiting", "working", "ready", "unused"
"""How far a photo is, as the page names it."""
STEPS = {
    PhotoState.NEW: WAITING,
    PhotoState.WORKING: WORKING,
    PhotoState.FINISHED: READY,
    PhotoState.SET_ASIDE: UNUSED,
}
Face = dict[str, str]
"""What is shown of a photo."""
Shown = dict[str, dict[str, str | list[Face]]]
"""What is shown of each listing, in words."""


class RunView:
    """Looks at a seller's run again and again; what was made of a photo is looked for once."""

    def __init__(self, catalog: Catalog, store: ObjectStore, seller: str, messages: Messages) -> None:
        self._catalog = catalog
        self._store = store
        self._seller = seller
        self._messages = messages
        self._made: dict[tuple[ListingKey, int, str], Finished | None] = {}

    def look(self) -> tuple[Shown, bool]:
        """Return what there is to show, and whether all of it is worked on. Raises CatalogError."""
        rows = {row.key.listing: row for row in list_listings(self._catalog, seller=self._seller)}
        # Photos that nobody has looked for yet have no row, and are due all the same.
        names = sorted({*rows, *listings_sent(self._catalog, self._seller)})
        photos = photos_of_seller(self._catalog, self._seller)
        over = bool(names) and all(name in rows and rows[name].state not in UNDER_WAY for name in names)
        return {name: self._show(name, rows.get(name), photos.get(name, ())) for name in names}, over

    def _show(
        self, name: str, row: ListingRow | None, photos: tuple[PhotoStanding, ...]
    ) -> dict[str, str | list[Face]]:
        text = self._messages.text
        state = row.state if row else ListingState.DUE
        done, score = state not in UNDER_WAY, row.result.score if row and row.result else None
        faces = list(self._faces(row, photos)) if row else []
        ready = sum(face["state"] == READY for face in faces)
        count = len(faces) if faces else row.photo_count if row else 0
        counted = text("console.sellers.run.photos", count=count) if count else ""
        return {
            "listing": name,
            "state": state,
            "says": text(f"states.{state}"),
            "photos": text("console.sellers.run.ready", ready=ready, count=count)
            if faces and not done
            else counted,
            "score": text("console.sellers.run.score", score=score) if done and score is not None else "",
            "place": f"/sellers/{quote(self._seller)}/listings/{quote(name)}" if row and done else "",
            "faces": faces,
        }

    def _faces(self, row: ListingRow, photos: tuple[PhotoStanding, ...]) -> Iterator[Face]:
        newest = row.result if row.result and row.result.version == row.version else None
        made = {photo.sha256: photo for photo in newest.finished} if newest else {}
        places = {photo.file: place for place, photo in enumerate(newest.photos)} if newest else {}
        for number, photo in enumerate(
            sorted(photos, key=lambda each: places.get(each.file, len(places))), start=1
        ):
            step = WAITING if row.state is ListingState.DUE else STEPS[photo.state]
            seen = None
            if step == READY and photo.sha256:
                seen = made.get(photo.sha256) or self._find(row, photo)
            yield self._face(row, photo.file, step, seen, number, newest is not None)

    def _find(self, row: ListingRow, photo: PhotoStanding) -> Finished | None:
        """Return what was made of a photo that no result names yet."""
        which = row.key, row.version, photo.sha256 or ""
        if which not in self._made and photo.sha256:
            try:
                self._made[which] = newest_cached(self._store, row.key, photo.sha256)
            except StoreError:
                return None
        return self._made.get(which)

    def _face(
        self, row: ListingRow, file: str, step: str, seen: Finished | None, number: int, linked: bool
    ) -> Face:
        after = (picture_of(row.key, seen, THUMBNAIL) or picture_of(row.key, seen, AFTER)) if seen else None
        before = picture_of(row.key, seen, SMALL + BEFORE) if seen else None
        return {
            "file": file,
            "state": step,
            "name": self._messages.text("console.listings.photo_of", number=number),
            "says": self._messages.text(f"console.sellers.run.step.{step}"),
            "before": before or "",
            "after": after or "",
            "place": f"{address_of(row.key)}/photos/{seen.sha256}" if seen and linked else "",
        }
