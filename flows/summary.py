"""Counts of what a batch run did."""

from models.listing import ListingResult
from models.value import Value


class BatchSummary(Value):
    """Counts of one run."""

    listings: int = 0
    photos: int = 0
    set_aside: int = 0
    """Photos that could not be used."""
    publishable: int = 0
    waiting: int = 0
    """Listings that wait for a person."""
    postponed: int = 0
    """Listings that met a fault which may pass; they are due again later."""
    published: int = 0
    withdrawn: int = 0
    """Listings that a publisher has taken down."""
    unpublished: int = 0
    """Publications that failed; they are tried again later."""
    strays: int = 0
    """Files that lie outside every listing's folder and are left alone."""
    stray_keys: tuple[str, ...] = ()
    """The first of them."""

    def __add__(self, other: "BatchSummary") -> "BatchSummary":
        mine, theirs = self.model_dump(), other.model_dump()
        return BatchSummary(**{name: mine[name] + theirs[name] for name in mine})

    @classmethod
    def of(cls, result: ListingResult) -> "BatchSummary":
        """Return the counts of one listing."""
        return cls(
            listings=1,
            photos=len(result.photos),
            set_aside=len(result.set_aside),
            publishable=int(result.publishable),
            waiting=int(not result.publishable),
        )
