"""Reviews: what a person decided about a listing, and what she saw when she did."""

from datetime import datetime
from enum import StrEnum

from models.listing import Hold, HoldReason, ListingKey, ListingResult
from models.state import ListingState
from models.suggestion import Question
from models.value import Value

UNDECIDED = (ListingState.WAITING, ListingState.READY)
"""States in which a person may decide; a listing is ready when it was to be kept until somebody has."""
ANSWERS = {
    Question.WHAT_IS_IT: "title",
    Question.WHICH_CATEGORY: "category",
    Question.WHAT_PRICE: "price",
}
"""The field of the suggestion that holds the answer, as far as there is one."""


class Decision(StrEnum):
    """What a person can decide."""

    APPROVED = "approved"
    """It is published."""
    SENT_BACK = "sent_back"
    """It is not published until the seller has changed something."""


class SendBackReason(StrEnum):
    """Why a listing is sent back, as it is counted; each has its text in ``config/messages``, in this order."""

    BLURRED = "blurred"
    DARK = "dark"
    WRONG_CUTOUT = "wrong_cutout"
    WRONG_PRODUCT = "wrong_product"
    WRONG_WORDS = "wrong_words"
    WRONG_PRICE = "wrong_price"
    WRITING_ON_PHOTO = "writing_on_photo"
    NOT_ALLOWED = "not_allowed"
    OTHER = "other"
    """What the word says."""


class Review(Value):
    """One decision on one listing. It stands as long as the listing says to a buyer what it said then."""

    key: ListingKey
    version: int
    """The version that she saw."""
    stands_for: int
    """The newest version that says the same to a buyer, as far as was noted."""
    content: str
    """:func:`models.publication.content_hash` of what she saw."""
    decision: Decision
    word: str = ""
    """What is to be changed; of an approval, nothing."""
    by: str
    at: datetime
    """By the catalog's clock."""


class DecidedCount(Value):
    """What people decided on listings that waited for one reason."""

    wait: Hold
    """Without the photo."""
    approved: int
    sent_back: int


class Refusal(StrEnum):
    """Why a decision is not taken down; each has its text in ``config/messages``."""

    OTHER_VERSION = "other_version"
    """She saw another version than the one that there is now."""
    BEING_PROCESSED = "being_processed"
    """Nobody has seen yet what becomes of its newest photos."""
    NOT_WAITING = "not_waiting"
    """It is published already, or was taken away, or failed."""
    NOTHING_TO_PUBLISH = "nothing_to_publish"
    """Something is missing that no approval can replace."""


class ReviewRefused(Exception):
    """A decision that was not taken down; nothing has changed."""

    def __init__(self, refusal: Refusal, key: ListingKey, version: int) -> None:
        super().__init__(f"{key}: {refusal.value}, now at version {version}")
        self.refusal = refusal
        self.version = version
        """The newest version that there is."""


def beyond_approval(result: ListingResult) -> tuple[Hold, ...]:
    """Return the reasons to wait that no approval can lift: there is nothing to show, or nothing to say of it."""
    return tuple(wait for wait in result.waits if _is_beyond(wait, result))


def _is_beyond(wait: Hold, result: ListingResult) -> bool:
    if wait.reason is HoldReason.OPEN_QUESTION:
        answer = ANSWERS.get(Question(wait.detail))
        return answer is not None and getattr(result.suggestion, answer) is None
    return wait.reason in {HoldReason.NO_PHOTO, HoldReason.OUR_FAULT}
