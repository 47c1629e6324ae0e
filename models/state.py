"""The states of a listing."""

from enum import StrEnum


class ListingState(StrEnum):
    """Every state of a listing; each has its text in ``config/messages``."""

    DUE = "due"
    """To be processed, now or when its photos have settled."""
    LEASED = "leased"
    """Somebody is processing it."""
    WAITING = "waiting"
    """Processed; a person must look."""
    READY = "ready"
    """Processed and publishable, but no publisher is to have it."""
    PUBLISHING = "publishing"
    """Processed; at least one publisher does not have it yet."""
    PUBLISHED = "published"
    """Every publisher has it."""
    FAILED = "failed"
    """Given up after repeated errors: processing or publishing it."""
    WITHDRAWN = "withdrawn"
    """The seller took it away, and so did every publisher that had it."""
