"""Progress events for whoever watches a run."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from models.lease import Lease
from models.listing import ListingKey, ListingResult
from models.photo import PhotoKey, PhotoResult


@dataclass(frozen=True, slots=True)
class PhotosFound:
    """So many more photos are now to be worked on."""

    photos: int


@dataclass(frozen=True, slots=True)
class ListingBegun:
    """Work on one listing has begun."""

    lease: Lease


@dataclass(frozen=True, slots=True)
class PhotoBegun:
    """One photo has its turn in a process."""

    key: PhotoKey


@dataclass(frozen=True, slots=True)
class PhotoDone:
    """One photo is finished or set aside."""

    key: ListingKey
    photo: PhotoResult


@dataclass(frozen=True, slots=True)
class ListingDone:
    """One listing is decided and recorded."""

    result: ListingResult


@dataclass(frozen=True, slots=True)
class ListingElsewhere:
    """One listing that this run is about is processed by another one, or by a cluster for this one."""

    key: ListingKey
    photos: int = 0
    """Those of the run's own that are done with it."""


@dataclass(frozen=True, slots=True)
class PublicationEnded:
    """One publication was sent, or taken down, or could not be."""

    key: ListingKey
    publisher: str
    outcome: str
    """Where it is now, or why it is not."""
    sent: bool


Event = PhotosFound | ListingBegun | PhotoBegun | PhotoDone | ListingDone | ListingElsewhere | PublicationEnded
Watcher = Callable[[Event], None]

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Send the events of every flow that runs in this block to ``watcher``, in whichever thread they happen.

    Whoever watches already goes on watching.
    """
    outer = _watcher.get()

    def both(event: Event) -> None:
        watcher(event)
        if outer:
            outer(event)

    token = _watcher.set(both)
    try:
        yield
    finally:
        _watcher.reset(token)


def tell(event: Event) -> None:
    """Pass an event to the watcher, if anybody watches."""
    if watcher := _watcher.get():
        watcher(event)
