"""Stores what both sides of a coaching link say and point at, so that a cut line loses nothing."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from models.coaching import (
    MOST_KEPT,
    MOST_REMARKS,
    CoachingOver,
    CoachLink,
    CoachRefusal,
    CoachRefused,
    Remark,
    Saying,
    Seen,
    Shown,
    Side,
    Spot,
    Stage,
)
from storage.catalog.clock import DATABASE_NOW, read_clock
from storage.catalog.coaching import OPEN
from storage.catalog.connection import Catalog
from storage.catalog.edit_schema import CoachLinks, CoachWords
from storage.catalog.forgotten import welcome_sellers

PAUSE = timedelta(seconds=1)
"""Between two remarks of one side."""


def say(catalog: Catalog, link: CoachLink, said: Saying) -> Remark:
    """Keep a remark and return it; the same again, from who has had no answer, is the one that is there.

    A place without words stands until its author says more. Raises CoachRefused, CoachingOver, CatalogError.
    """
    with catalog.write() as connection:
        row = _lock(connection, link)
        mine = (CoachWords.link_id == link.id, CoachWords.side == said.side)
        again = select(CoachWords).where(*mine, CoachWords.sender_key == said.sender_key)
        if (there := connection.execute(again).first()) is not None:
            return _remark(there)
        now = read_clock(connection)
        last = connection.execute(select(func.max(CoachWords.said_at)).where(*mine)).scalar_one()
        if last is not None and now - last < PAUSE:
            raise CoachRefused(CoachRefusal.TOO_FAST)
        if said.word and row.said >= MOST_REMARKS:
            raise CoachRefused(CoachRefusal.TOO_MANY)
        if said.word:
            connection.execute(update(CoachLinks).where(CoachLinks.id == link.id).values(said=CoachLinks.said + 1))
        pointed = (*mine, CoachWords.name == said.name, CoachWords.word == "")
        connection.execute(delete(CoachWords).where(*pointed))
        kept = insert(CoachWords).values(_values(link, said, now))
        remark = _remark(connection.execute(kept.returning(CoachWords)).one())
        _prune(connection, link)
    return remark


def turn_to(catalog: Catalog, link: CoachLink, shown: Shown) -> int:
    """Turn both sides to a picture; return how often somebody has turned by now.

    Raises CoachingOver, CatalogError.
    """
    with catalog.write() as connection:
        row = _lock(connection, link)
        if (row.photo, row.stage) == (shown.photo, shown.stage):
            return int(row.turn)
        turned = {"photo": shown.photo, "stage": shown.stage, "turn": row.turn + 1}
        connection.execute(update(CoachLinks).where(CoachLinks.id == link.id).values(turned))
        return int(row.turn) + 1


def look_on(catalog: Catalog, link: CoachLink, *, after: int = 0) -> Seen:
    """Return what there is to see, of remarks those after one's number. Raises CoachingOver, CatalogError."""
    with catalog.read() as connection:
        open_now = OPEN.where(CoachLinks.id == link.id, CoachLinks.expires_at > DATABASE_NOW)
        row = connection.execute(open_now).first()
        if row is None:
            raise CoachingOver
        query = select(CoachWords).where(CoachWords.link_id == link.id, CoachWords.id > after)
        remarks = tuple(map(_remark, connection.execute(query.order_by(CoachWords.id))))
    shown = Shown(photo=row.photo, stage=Stage(row.stage)) if row.photo else None
    return Seen(remarks=remarks, turn=row.turn, shown=shown)


def _lock(connection: Connection, link: CoachLink) -> Row[Any]:
    """Lock a link, and keep its seller from being forgotten meanwhile, so that what is said has an order.

    Raises CoachingOver.
    """
    welcome = welcome_sellers(connection, [link.key.seller], keep=True)
    query = select(CoachLinks).where(CoachLinks.id == link.id).with_for_update()
    row = connection.execute(query).first()
    if row is None or not welcome or row.expires_at <= read_clock(connection):
        raise CoachingOver
    return row


def _values(link: CoachLink, said: Saying, now: datetime) -> dict[str, object]:
    spot = said.spot
    return {
        "link_id": link.id,
        "said_at": now,
        **said.model_dump(include={"side", "name", "word", "sender_key"}),
        "photo": spot.shown.photo if spot else None,
        "stage": spot.shown.stage if spot else None,
        "across": spot.across if spot else None,
        "down": spot.down if spot else None,
    }


def _prune(connection: Connection, link: CoachLink) -> None:
    mine = select(CoachWords.id).where(CoachWords.link_id == link.id)
    newest = mine.order_by(CoachWords.id.desc()).limit(MOST_KEPT)
    connection.execute(delete(CoachWords).where(CoachWords.link_id == link.id, CoachWords.id.not_in(newest)))


def _remark(row: Row[Any]) -> Remark:
    spot = None
    if row.photo is not None:
        shown = Shown(photo=row.photo, stage=Stage(row.stage))
        spot = Spot(shown=shown, across=row.across, down=row.down)
    return Remark(id=row.id, side=Side(row.side), name=row.name, word=row.word, spot=spot, at=row.said_at)
