"""Takes of a photo that was taken again."""

from datetime import datetime

from models.listing import ListingKey
from models.photo import Finished, FirstLook, PhotoKey, SetAside
from models.value import Value


class Take(Value):
    """One take of a photo."""

    id: int
    key: ListingKey
    slot: str
    """What all takes of the photo have in common: the name of the first."""
    file: str
    """Its own name under ``raw/{seller}/{listing}/``; of another format it is another one."""
    sha256: str
    by: str | None
    """Who sent it; ``None`` for what was there before it was first taken again."""
    at: datetime
    """When it came, by the catalog's clock or the store's."""
    turn: int
    """The take with the highest turn of all is in the listing; 0 was never chosen over another."""
    left: bool = False
    """True where a take of another name took its place: a photo that comes by its name since is another one."""
    placed: bool = True
    """False while what was chosen may not be in its place yet."""
    look: FirstLook | SetAside | None = None
    """What was seen of it as it arrived, if anybody waited for that."""
    made: Finished | None = None
    """What it had become when another took its place; ``None`` where it was not processed by then."""

    @property
    def photo(self) -> PhotoKey:
        """Its place in the listing."""
        return self.key.photo(self.file)

    @property
    def kept(self) -> str:
        """The object store's key of its bytes, whether it is in the listing or not."""
        return self.photo.take(self.sha256)

    @property
    def score(self) -> int | None:
        """Its first score; ``None`` for one that could not be used, or that nobody has looked at."""
        if isinstance(self.look, FirstLook):
            return self.look.score
        return self.made.assessment.score if self.made else None
