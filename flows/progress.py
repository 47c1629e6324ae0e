"""Progress events for whoever watches a run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from models.listing import ListingKey, ListingResult
from models.photo import PhotoResult


@dataclass(frozen=True, slots=True)
class PhotosFound:
    """So many more photos are now to be worked on."""

    photos: int


@dataclass(frozen=True, slots=True)
class PhotoDone:
    """One photo is finished or set aside."""

    key: ListingKey
    photo: PhotoResult


@dataclass(frozen=True, slots=True)
class ListingDone:
    """One listing is decided and recorded."""

    result: ListingResult


Event = PhotosFound | PhotoDone | ListingDone
Watcher = Callable[[Event], None]

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Send the events of every flow that runs in this block to ``watcher``, in the flow's own thread."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def tell(event: Event) -> None:
    """Pass an event to the watcher, if anybody watches."""
    if watcher := _watcher.get():
        watcher(event)
