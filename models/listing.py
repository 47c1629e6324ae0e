"""A listing: its key, its result, and the reasons for which it is held for review."""

from enum import StrEnum
from typing import Self

from models.appraisal import Appraisal
from models.note import SellerNote
from models.photo import Finished, PhotoKey, PhotoResult, SetAside
from models.suggestion import Suggestion
from models.value import Value


class ListingKey(Value):
    """Which listing."""

    seller: str
    listing: str

    @classmethod
    def of(cls, photo: PhotoKey) -> Self:
        """Return the listing that a photo belongs to."""
        return cls(seller=photo.seller, listing=photo.listing)

    def photo(self, file: str) -> PhotoKey:
        """Return the key of one of the listing's photos."""
        return PhotoKey(seller=self.seller, listing=self.listing, file=file)

    @property
    def document(self) -> str:
        """The object store's key of the listing's result."""
        return f"listings/{self.seller}/{self.listing}.json"

    def __str__(self) -> str:
        return f"{self.seller}/{self.listing}"


class HoldReason(StrEnum):
    """Why a listing is not published by itself; each has its text in ``config/messages``."""

    NO_PHOTO = "no_photo"
    UNTRUSTED_CUTOUT = "untrusted_cutout"
    LOW_SCORE = "low_score"
    GRAVE_DEFECT = "grave_defect"
    RULE_FAILED = "rule_failed"
    RECIPE_UNFIT = "recipe_unfit"
    RECIPE_GONE = "recipe_gone"
    """The one that a person chose is not installed any more."""
    OPEN_QUESTION = "open_question"
    NOTE_UNREADABLE = "note_unreadable"
    OTHERS_PHOTO = "others_photo"
    OUR_FAULT = "our_fault"


class Hold(Value):
    """One reason to wait for a person, with the photo that it is about."""

    reason: HoldReason
    file: str | None = None
    detail: str = ""
    """The code of the doubt, defect, rule, question or note problem, for which there is a text."""


class ListingResult(Value):
    """What one run made of one version of a listing."""

    key: ListingKey
    version: int
    """1 for what arrived first; each later photo, note or retake makes it one more."""
    identity: str
    """:func:`models.identity.processing_identity` of the run."""
    note: SellerNote
    photos: tuple[PhotoResult, ...]
    """The cover first, then in the seller's order, or all as a person put them; those set aside last."""
    score: int | None
    """The mean of the photos' scores; ``None`` without a usable photo."""
    suggestion: Suggestion
    appraisals: tuple[Appraisal, ...] = ()
    """How it stands at each marketplace that it is meant for."""
    waits: tuple[Hold, ...]
    """Empty: it may be published."""

    @property
    def finished(self) -> tuple[Finished, ...]:
        """The photos that can be shown."""
        return tuple(photo for photo in self.photos if isinstance(photo, Finished))

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """The photos that cannot be used."""
        return tuple(photo for photo in self.photos if isinstance(photo, SetAside))

    @property
    def publishable(self) -> bool:
        """True when it can be published without review."""
        return not self.waits
