"""A class: one centre's sellers with something going on today."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from models.assessment import Defect
from models.listing import Hold, ListingKey
from models.matte import Doubt
from models.repair import Repair
from models.review import Review
from models.seller import Seller
from models.state import ListingState
from models.value import Value


class Glimpse(BaseModel):
    """A part of a result that is read without the rest: of a room's hundred results all would take seconds."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GlimpsedAssessment(Glimpse):
    """Of :class:`models.assessment.Assessment`."""

    defects: tuple[Defect, ...]


class GlimpsedPhoto(Glimpse):
    """Of :data:`models.photo.PhotoResult`."""

    trust: float = 1.0
    trusted: bool = True
    doubts: tuple[Doubt, ...] = ()
    repairs: tuple[Repair, ...] = ()
    assessment: GlimpsedAssessment | None = None
    """``None`` of a photo that was set aside."""


class GlimpsedTitle(Glimpse):
    """Of what is suggested as a title."""

    value: str


class GlimpsedSuggestion(Glimpse):
    """Of :class:`models.suggestion.Suggestion`."""

    title: GlimpsedTitle | None


class GlimpsedResult(Glimpse):
    """What a class shows of a :class:`models.listing.ListingResult`, out of the same JSON."""

    photos: tuple[GlimpsedPhoto, ...]
    suggestion: GlimpsedSuggestion
    waits: tuple[Hold, ...]

    @property
    def finished(self) -> tuple[GlimpsedPhoto, ...]:
        """The photos that can be shown."""
        return tuple(photo for photo in self.photos if photo.assessment is not None)


class ClassListing(Value):
    """One listing of a class as it stands."""

    key: ListingKey
    state: ListingState
    finished_at: datetime | None
    """When its newest result was made."""
    result: GlimpsedResult | None
    """Of its newest version; ``None`` where there is none, and where nobody has to know it."""
    review: Review | None
    """The last decision about this version."""


class Sending(Value):
    """Photos of one listing that are on their way, or wait to be found."""

    key: ListingKey
    arriving: int
    """Photos that are not whole yet."""
    arrived: int
    since: datetime | None
    """When the first of those that are not whole last moved; ``None`` where all are."""


class ClassSeller(Value):
    """A seller in a class."""

    seller: Seller
    listings: tuple[ClassListing, ...]
    """Those of today and those that are not done with."""
    sendings: tuple[Sending, ...]


class ClassDay(Value):
    """A class as the catalog has it."""

    now: datetime
    """By the catalog's clock."""
    since: datetime
    """When this day began."""
    sellers: tuple[ClassSeller, ...]
    more: bool
    """True where more sellers had something going on than are told of."""


class Turn(StrEnum):
    """Whose turn it is with a product; each has its text in ``config/messages``, the most pressing first."""

    TRAINER = "trainer"
    """She answers, decides, or sees to what went wrong."""
    SELLER = "seller"
    """She takes another photo, or does what she was told."""
    ARRIVING = "arriving"
    """Photos are on their way."""
    WORK = "work"
    """It is worked on, or is being published."""
    PUBLISHED = "published"
    NOTHING_YET = "nothing_yet"
    """She is enrolled, and no photo has come."""


class Standing(Value):
    """Whose turn it is with one product, and since when."""

    turn: Turn
    listing: str
    name: str
    """As it is offered, or as its folder is called."""
    since: datetime | None
    wait: Hold | None = None
    """What it waits for."""
    word: str = ""
    """What it was sent back with."""
    failed: bool = False
    """True where we have given it up."""
    known: bool = True
    """False where nobody has looked for its photos yet, and there is no page of it."""


class SellerStanding(Value):
    """Where a seller stands: her products, the most pressing first."""

    seller: Seller
    standings: tuple[Standing, ...]

    @property
    def turn(self) -> Turn:
        """Whose turn it is with her most pressing product."""
        return self.standings[0].turn if self.standings else Turn.NOTHING_YET

    @property
    def since(self) -> datetime | None:
        """Since when; ``None`` where nobody knows."""
        return self.standings[0].since if self.standings else self.seller.consented_at


class RoomMistake(Value):
    """What went wrong with most sellers of a class."""

    section: str
    """Of ``config/messages``, that has its title and advice."""
    sellers: int
    """With how many."""
    of: int
    """Sellers who have photos of today."""
