"""Entries of the audit log: who did what, and when."""

from datetime import datetime
from enum import StrEnum

from models.value import Value

Detail = dict[str, str | int]
"""Of codes, counts and the names of accounts only: nobody's words, and no seller's name."""


class Act(StrEnum):
    """What is recorded; each has its text in ``config/messages``."""

    LISTING_APPROVED = "listing_approved"
    LISTING_SENT_BACK = "listing_sent_back"
    LISTING_EDITED = "listing_edited"
    QUESTION_ANSWERED = "question_answered"
    CUTOUT_CORRECTED = "cutout_corrected"
    LISTING_RETRIED = "listing_retried"
    """It was given up, or a fault of ours had set one of its photos aside."""
    PUBLICATIONS_RETRIED = "publications_retried"
    DELIVERY_RETRIED = "delivery_retried"
    """What an event links to is fetched again."""
    PUBLISHER_CLOSED = "publisher_closed"
    """By its receiver, which wants nothing any more."""
    PUBLISHER_REOPENED = "publisher_reopened"
    SELLER_ENROLLED = "seller_enrolled"
    """With the version of the text that she agreed to."""
    UPLOAD_LINK_MADE = "upload_link_made"
    UPLOAD_LINKS_WITHDRAWN = "upload_links_withdrawn"
    PHOTO_UPLOADED = "photo_uploaded"
    PHOTO_RETAKEN = "photo_retaken"
    """It takes the place of one that is in the listing."""
    TAKE_CHOSEN = "take_chosen"
    """An earlier one is in the listing again."""
    PHOTOS_ORDERED = "photos_ordered"
    RECIPE_CHOSEN = "recipe_chosen"
    COACH_INVITED = "coach_invited"
    """A link was made by which an expert joins a listing's page."""
    COACHING_ENDED = "coaching_ended"
    """Such a link was withdrawn."""
    FORGETTING_BEGUN = "forgetting_begun"
    SELLER_FORGOTTEN = "seller_forgotten"
    PERSON_ADDED = "person_added"
    ROLE_CHANGED = "role_changed"
    LINK_MADE = "link_made"
    """With which a person chooses her password."""
    PASSWORD_CHOSEN = "password_chosen"
    SIGN_IN_REFUSED = "sign_in_refused"
    ACCOUNT_LOCKED = "account_locked"
    """After many wrong passwords."""
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_CLOSED = "account_closed"


class AuditEntry(Value):
    """One line of the record."""

    at: datetime
    """By the catalog's clock."""
    by: str
    act: Act
    seller: str | None
    """Her name as it stands in the keys; once she is forgotten, the code on her receipt."""
    listing: str | None
    """``None`` where it is about no single one, and once its seller is forgotten."""
    detail: Detail
