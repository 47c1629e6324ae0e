"""The states that only the catalog speaks of; a listing's are in :mod:`models.state`."""

from enum import StrEnum


class PhotoState(StrEnum):
    """What became of a photo."""

    NEW = "new"
    """Not processed since it was last written."""
    WORKING = "working"
    """Somebody works on it now, as far as that is noted."""
    FINISHED = "finished"
    SET_ASIDE = "set_aside"


class PublicationState(StrEnum):
    """How far one row of the outbox has come."""

    PENDING = "pending"
    LEASED = "leased"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    """A newer one for the same listing and publisher came before this was sent."""
    FAILED = "failed"
    """Given up after repeated errors."""


class DeliveryState(StrEnum):
    """How far an event that came in over the webhook has come."""

    QUEUED = "queued"
    """To be worked on, or being worked on."""
    DONE = "done"
    OUTRUN = "outrun"
    """A newer one about the same file came before this was worked on."""
    FAILED = "failed"
    """Some of what it named could not be had."""
