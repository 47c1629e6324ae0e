"""Whose turn it is in a class, and what its sellers could learn together."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

from models.class_day import (
    ClassDay,
    ClassListing,
    ClassSeller,
    RoomMistake,
    SellerStanding,
    Sending,
    Standing,
    Turn,
)
from models.listing import Hold, HoldReason
from models.review import Decision
from models.state import ListingState
from processing.lesson import her_mistakes

HERS = frozenset(
    {
        HoldReason.NO_PHOTO,
        HoldReason.UNTRUSTED_CUTOUT,
        HoldReason.LOW_SCORE,
        HoldReason.GRAVE_DEFECT,
        HoldReason.RULE_FAILED,
    }
)
"""Reasons that another photo lifts; with any other one a person has to answer or decide first."""
AT_WORK = frozenset({ListingState.DUE, ListingState.LEASED, ListingState.PUBLISHING})
STANDS_OUT = 2
"""Sellers who make the same mistake: what happens to one alone is no lesson for a room."""
ORDER = {turn: place for place, turn in enumerate(Turn)}
NEVER = datetime.max.replace(tzinfo=UTC)


def standings_of(day: ClassDay) -> tuple[SellerStanding, ...]:
    """Return where each seller stands: first who waits for the trainer, and of those who has waited longest."""
    found = [_seller(each) for each in day.sellers]
    return tuple(sorted(found, key=lambda one: (ORDER[one.turn], one.since or NEVER, one.seller.folder)))


def room_mistake(day: ClassDay) -> RoomMistake | None:
    """Return what went wrong on today's photos of most sellers; ``None`` where nothing stands out.

    A seller counts once. Of what as many do, the one that costs them more is told.
    """
    counted: Counter[str] = Counter()
    gravity: dict[str, float] = {}
    with_photos = 0
    for each in day.sellers:
        today = [one.result for one in each.listings if _made_today(one, day.since) and one.result]
        photos = [photo for result in today for photo in result.finished]
        with_photos += bool(photos)
        hers: dict[str, float] = {}
        for photo in photos:
            for section, severity in her_mistakes(photo).items():
                hers[section] = max(hers.get(section, 0.0), severity)
        counted.update(hers.keys())
        for section, severity in hers.items():
            gravity[section] = gravity.get(section, 0.0) + severity
    ordered = sorted(counted, key=lambda section: (-counted[section], -gravity[section], section))
    if not ordered or counted[ordered[0]] < STANDS_OUT:
        return None
    return RoomMistake(section=ordered[0], sellers=counted[ordered[0]], of=with_photos)


def has_photos(day: ClassDay) -> bool:
    """Return whether any photo of today can be shown."""
    return any(
        _made_today(one, day.since) and one.result is not None and one.result.finished
        for each in day.sellers
        for one in each.listings
    )


def _made_today(listing: ClassListing, since: datetime) -> bool:
    return listing.finished_at is not None and listing.finished_at >= since


def _seller(each: ClassSeller) -> SellerStanding:
    standings = [*map(_listing, each.listings), *map(_sending, each.sendings)]
    standings.sort(key=lambda one: (ORDER[one.turn], one.since or NEVER, one.listing))
    return SellerStanding(seller=each.seller, standings=tuple(standings))


def _sending(sending: Sending) -> Standing:
    turn = Turn.ARRIVING if sending.arriving else Turn.WORK
    listing = sending.key.listing
    return Standing(turn=turn, listing=listing, name=listing, since=sending.since, known=False)


def _listing(one: ClassListing) -> Standing:
    title = one.result.suggestion.title if one.result else None
    standing = Standing(
        turn=Turn.WORK,
        listing=one.key.listing,
        name=title.value if title else one.key.listing,
        since=None if one.state in AT_WORK else one.finished_at,
    )
    if one.state in AT_WORK:
        return standing
    if one.state in {ListingState.PUBLISHED, ListingState.WITHDRAWN}:
        return standing.model_copy(update={"turn": Turn.PUBLISHED})
    if one.review is not None and one.review.decision is Decision.SENT_BACK:
        told = {"turn": Turn.SELLER, "since": one.review.at, "word": one.review.word}
        return standing.model_copy(update=told)
    wait = _first(one.result.waits if one.result else ())
    hers = wait is not None and wait.reason in HERS
    failed = one.state is ListingState.FAILED
    turn = Turn.SELLER if hers and not failed else Turn.TRAINER
    return standing.model_copy(update={"turn": turn, "wait": wait, "failed": failed})


def _first(waits: Iterable[Hold]) -> Hold | None:
    """Return what is to be seen to first: what the trainer has to answer, before what another photo lifts."""
    ordered = sorted(waits, key=lambda wait: wait.reason in HERS)
    return ordered[0] if ordered else None
