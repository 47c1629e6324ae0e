"""Counts reviewers' decisions by the reason for review, to judge the thresholds."""

import json
from collections import Counter
from datetime import timedelta

from sqlalchemy import and_, select

from models.audit import Act
from models.listing import Hold, HoldReason, ListingResult
from models.review import DecidedCount, Decision, SendBackReason
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.schema import Audit, Results, Reviews

BATCH = 200
"""Results that are held in memory at a time."""


def count_send_backs(catalog: Catalog, *, days: int) -> dict[SendBackReason, int]:
    """Return how often each reason was given in the last days, those of none too. Raises CatalogError."""
    with catalog.read() as connection:
        since = read_clock(connection) - timedelta(days=days)
        query = select(Audit.detail).where(Audit.act == Act.LISTING_SENT_BACK, Audit.happened_at >= since)
        given = Counter(json.loads(detail).get("reason") for detail in connection.scalars(query))
    return {reason: given[reason] for reason in SendBackReason}


def count_decisions(catalog: Catalog, *, days: int) -> tuple[DecidedCount, ...]:
    """Return what was decided in the last days on listings that waited for each reason, the most frequent first.

    A listing that waited for the same thing on two photos counts once. Raises CatalogError.
    """
    counts: dict[Hold, Counter[str]] = {}
    with catalog.read() as connection:
        since = read_clock(connection) - timedelta(days=days)
        query = (
            select(Reviews.decision, Results.result)
            .join(Results, and_(Results.listing_id == Reviews.listing_id, Results.version == Reviews.version))
            .where(Reviews.reviewed_at >= since)
            .execution_options(yield_per=BATCH)
        )
        for decision, result in connection.execute(query):
            waits = ListingResult.model_validate_json(result).waits
            for wait in {_as_counted(each) for each in waits}:
                counts.setdefault(wait, Counter())[decision] += 1
    counted = (
        DecidedCount(wait=wait, approved=found[Decision.APPROVED], sent_back=found[Decision.SENT_BACK])
        for wait, found in counts.items()
    )
    return tuple(
        sorted(counted, key=lambda one: (-one.approved - one.sent_back, one.wait.reason, one.wait.detail))
    )


def _as_counted(wait: Hold) -> Hold:
    """Return a reason without the photo; a low score is one reason, whichever defect it is told by."""
    detail = "" if wait.reason is HoldReason.LOW_SCORE else wait.detail
    return wait.model_copy(update={"file": None, "detail": detail})
