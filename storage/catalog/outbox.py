"""The outbox: each publication is a row first, then a call, then a receipt."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from models.listing import ListingKey
from models.publication import Action, Publication
from models.state import ListingState
from storage.catalog.clock import read_clock
from storage.catalog.schema import Listings, Publications
from storage.catalog.states import PublicationState
from storage.catalog.upsert import insert_missing

# Made once: they are asked for with every listing.
EVER_PUBLISHED = select(Publications.listing_id.distinct()).where(
    Publications.listing_id.in_(bindparam("listings", expanding=True))
)
ITS_PUBLICATIONS = (
    select(
        Publications.id,
        Publications.publisher,
        Publications.state,
        Publications.number,
        Publications.idempotency_key,
        Publications.publication,
    )
    .where(Publications.listing_id == bindparam("listing"))
    .order_by(Publications.id.desc())
    .with_for_update()
)
GIVEN_UP = frozenset({PublicationState.SUPERSEDED, PublicationState.FAILED})


def ever_published(connection: Connection, listings: Collection[int]) -> set[int]:
    """Return which of these listings have any publication, or ever had.

    It stays so as long as the transaction has locked their rows.
    """
    return set(connection.scalars(EVER_PUBLISHED, {"listings": listings}))


def enqueue(connection: Connection, listing: int, version: int, publications: Sequence[Publication]) -> bool:
    """Add publications, each only once, to a listing whose row the transaction has locked.

    Those of the listing that nobody has begun to send are superseded by them. Where a publisher has, or is just
    being sent, what the new version would say, nothing is added: its row then stands for that version too.

    Returns whether the listing has any publication now, or ever had.
    """
    rows = _lock_rows(connection, listing)
    if not rows and not publications:
        return False
    lowest = connection.execute(select(Listings.lowest).where(Listings.id == listing)).scalar_one()
    added, kept = [], []
    for publication in (each.model_copy(update={"turn": lowest + each.turn}) for each in publications):
        mine = [row for row in rows if row.publisher == publication.publisher]
        last = next((row for row in mine if row.may_arrive or row.waits_to_say(publication)), None)
        if last and last.says(publication) and last.state not in GIVEN_UP:
            kept.append(last.id)
        elif not (mine and mine[0].idempotency_key == publication.idempotency_key):
            added.append(_told_apart(publication, mine))
    _supersede(connection, [row for row in rows if row.state == PublicationState.PENDING and row.id not in kept])
    if kept:
        connection.execute(update(Publications).where(Publications.id.in_(kept)).values(version=version))
    _insert(connection, listing, added)
    return True


def withdraw(connection: Connection, listing: int, key: ListingKey, version: int) -> bool:
    """Add a withdrawal for every publisher that has the listing or may have it; the rest is not sent any more.

    The transaction has locked the listing's row. Where it is withdrawn already, or about to be, that withdrawal
    stands for this version too. Returns whether the listing ever had any publication.
    """
    rows = _lock_rows(connection, listing)
    if not rows:
        return False
    unsent = [row for row in rows if row.state == PublicationState.PENDING and row.action is Action.PUBLISH]
    added: list[Publication] = []
    kept: list[int] = []
    again: list[int] = []
    for name in {row.publisher: None for row in rows}:
        mine = [row for row in rows if row.publisher == name]
        last = next((row for row in mine if row.may_arrive or row.action is Action.WITHDRAW), None)
        if last is None:
            continue
        if last.action is Action.PUBLISH or last.state == PublicationState.SUPERSEDED:
            changed = {"key": key, "version": version, "action": Action.WITHDRAW}
            added.append(_told_apart(last.publication.model_copy(update=changed), mine))
        else:
            (again if last.state == PublicationState.FAILED else kept).append(last.id)
    _supersede(connection, unsent)
    connection.execute(update(Publications).where(Publications.id.in_([*kept, *again])).values(version=version))
    connection.execute(
        update(Publications)
        .where(Publications.id.in_(again))
        .values(state=PublicationState.PENDING, due_at=read_clock(connection), attempts=0, error=None)
    )
    _insert(connection, listing, added)
    return True


def publishing_state(connection: Connection, listing: int, version: int) -> ListingState | None:
    """Return how far the publications of a listing's version have come together; ``None`` when it has none."""
    found = connection.execute(
        select(Publications.publisher, Publications.state, Publications.action)
        .where(
            Publications.listing_id == listing,
            Publications.version == version,
            Publications.state != PublicationState.SUPERSEDED,
        )
        .order_by(Publications.id)
    )
    newest = {row.publisher: (PublicationState(row.state), Action(row.action)) for row in found}
    if not newest:
        return None
    states = {state for state, _ in newest.values()}
    if states & {PublicationState.PENDING, PublicationState.LEASED}:
        return ListingState.PUBLISHING
    if PublicationState.FAILED in states:
        return ListingState.FAILED
    withdrawn = all(action is Action.WITHDRAW for _, action in newest.values())
    return ListingState.WITHDRAWN if withdrawn else ListingState.PUBLISHED


@dataclass(frozen=True, slots=True)
class _Row:
    """One publication of a listing as it stands."""

    id: int
    publisher: str
    state: str
    number: int
    idempotency_key: str
    publication: Publication

    @property
    def action(self) -> Action:
        return self.publication.action

    @property
    def may_arrive(self) -> bool:
        """Whether the receiver has it, or may have it, as far as anybody knows."""
        return self.number > 0

    def says(self, publication: Publication) -> bool:
        """Whether a buyer would see no difference."""
        return self.action is publication.action and self.publication.content == publication.content

    def waits_to_say(self, publication: Publication) -> bool:
        """Whether it says the same and is still to be sent."""
        return self.state == PublicationState.PENDING and self.says(publication)


def _lock_rows(connection: Connection, listing: int) -> list[_Row]:
    """Return a listing's publications, the newest first, locked."""
    # This waits for whoever is just taking one of them: hence no worker sees a newer one without that lease.
    rows = connection.execute(ITS_PUBLICATIONS, {"listing": listing})
    return [
        _Row(
            id=row.id,
            publisher=row.publisher,
            state=row.state,
            number=row.number,
            idempotency_key=row.idempotency_key,
            publication=Publication.model_validate_json(row.publication),
        )
        for row in rows
    ]


def _told_apart(publication: Publication, rows: Sequence[_Row]) -> Publication:
    """Return a publication that no receiver takes for an older one which said the same before others came."""
    used = {row.idempotency_key for row in rows}
    while publication.idempotency_key in used:
        publication = publication.model_copy(update={"turn": publication.turn + 1})
    return publication


def _supersede(connection: Connection, rows: Sequence[_Row]) -> None:
    if rows:
        connection.execute(
            update(Publications)
            .where(Publications.id.in_([row.id for row in rows]))
            .values(state=PublicationState.SUPERSEDED, due_at=None)
        )


def _insert(connection: Connection, listing: int, publications: Sequence[Publication]) -> None:
    now = read_clock(connection)
    rows = [
        {
            "listing_id": listing,
            "publisher": publication.publisher,
            "action": publication.action,
            "version": publication.version,
            "idempotency_key": publication.idempotency_key,
            "publication": publication.model_copy(update={"queued_at": now}).model_dump_json(),
            "state": PublicationState.PENDING,
            "due_at": now,
            "created_at": now,
        }
        for publication in publications
    ]
    insert_missing(connection, Publications, rows)
