"""Leases on listings, and their holders."""

from models.listing import ListingKey
from models.photo import PhotoKey
from models.value import Value


class Holder(Value):
    """A process that can hold leases, told apart from a later one with the same number."""

    host: str
    boot: str
    """The kernel's boot id."""
    process: int
    started: int
    """The process's start, in clock ticks since boot."""

    def __str__(self) -> str:
        return f"{self.host}/{self.boot}/{self.process}/{self.started}"


class Lease(Value):
    """The right to work on one version of a listing until it expires."""

    key: ListingKey
    version: int
    fencing_token: int
    """One more at each taking; a write that carries an older one is refused."""
    files: tuple[str, ...]
    """The photos' file names, in the seller's order."""
    note_file: str | None
    """``listing.json`` or ``note.txt``, where one lies beside the photos."""

    @property
    def photos(self) -> tuple[PhotoKey, ...]:
        """The photos to process."""
        return tuple(self.key.photo(file) for file in self.files)


class LeaseLost(Exception):
    """The lease expired and somebody else took it: what was to be written is no longer ours to write."""
