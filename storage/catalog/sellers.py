"""Enrolled sellers: who they are, that they agreed, and where each sells."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from models.audit import Act
from models.naming import plain_name
from models.seller import CONSENT_VERSION, EnrolledOtherwise, Enrolment, Seller
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog, RowRefused
from storage.catalog.schema import Enrolments, Listings, Sellers

KNOWN = (
    select(Sellers.name.label("folder"), Enrolments)
    .outerjoin(Enrolments, Enrolments.seller == Sellers.name)
    .where(Sellers.forgetting.is_(None))
)
# Made once: it is asked for with every task.
SELLING = (
    select(Listings.folder, Sellers.marketplaces.label("chosen"), Enrolments.marketplaces.label("enrolled"))
    .join(Sellers, Sellers.name == Listings.seller)
    .outerjoin(Enrolments, Enrolments.seller == Sellers.name)
    .where(Listings.folder.in_(bindparam("folders", expanding=True)))
)


def enrol_seller(catalog: Catalog, enrolment: Enrolment, *, by: str, sender_key: str | None = None) -> Seller:
    """Write a new seller down, with her consent to today's text; return her with the folder that is now hers.

    ``by`` is who asked her. The same again under the same ``sender_key``, from who has had no answer, is the
    seller who is there. Raises ValueError for a name that has neither a letter nor a digit, EnrolledOtherwise,
    CatalogError.
    """
    if not plain_name(enrolment.name):
        raise ValueError(f"{enrolment.name!r} has neither a letter nor a digit")
    try:
        return _enrol(catalog, enrolment, by, sender_key)
    except RowRefused:
        # PostgreSQL lets two in at once: what the earlier one has written is there by now.
        return _enrol(catalog, enrolment, by, sender_key)


def choose_marketplaces(catalog: Catalog, seller: str, marketplaces: Sequence[str]) -> None:
    """Keep where a seller sells from now on, whatever was said before; nothing of one who is not there.

    Her listings are held against it from their next version on. Raises CatalogError.
    """
    hers = update(Sellers).where(Sellers.name == seller, Sellers.forgetting.is_(None))
    with catalog.write() as connection:
        connection.execute(hers.values(marketplaces=",".join(marketplaces)))


def seller_of(catalog: Catalog, folder: str) -> Seller | None:
    """Return a seller, ``None`` for whom nobody knows, or who is just being forgotten. Raises CatalogError.

    Of one who was never enrolled nothing is known but her folder: she is of no centre.
    """
    with catalog.read() as connection:
        row = connection.execute(KNOWN.where(Sellers.name == folder)).first()
    return seller_in(row) if row else None


def sellers_of(catalog: Catalog, centre: str | None) -> tuple[Seller, ...]:
    """Return the sellers of a centre, or all with ``None``; the newest first. Raises CatalogError."""
    query = KNOWN if centre is None else KNOWN.where(Enrolments.centre == centre)
    with catalog.read() as connection:
        rows = connection.execute(query.order_by(Sellers.first_seen_at.desc(), Sellers.name)).all()
    return tuple(seller_in(row) for row in rows)


def _enrol(catalog: Catalog, enrolment: Enrolment, by: str, sender_key: str | None) -> Seller:
    stem = plain_name(enrolment.name)
    told = enrolment.model_dump() | {"marketplaces": ",".join(enrolment.marketplaces)}
    with catalog.write() as connection:
        if sender_key is not None and (known := _enrolled_by(connection, sender_key)) is not None:
            if known.forgetting or {name: getattr(known, name) for name in told} != told:
                raise EnrolledOtherwise(sender_key)
            return seller_in(known)
        now = read_clock(connection)
        like = select(Sellers.name).where(func.substr(Sellers.name, 1, len(stem)) == stem)
        taken = set(connection.scalars(like))
        folder = next(name for name in _names(stem, len(taken) + 1) if name not in taken)
        connection.execute(insert(Sellers).values(name=folder, first_seen_at=now))
        consent = {"consented_at": now, "consent_by": by, "consent_version": CONSENT_VERSION}
        connection.execute(insert(Enrolments).values(seller=folder, sender_key=sender_key, **told, **consent))
        record(connection, Act.SELLER_ENROLLED, by=by, seller=folder, detail={"consent": CONSENT_VERSION})
    return Seller(**enrolment.model_dump(), folder=folder, consented_at=now)


def _enrolled_by(connection: Connection, sender_key: str) -> Row[Any] | None:
    query = select(Sellers.name.label("folder"), Sellers.forgetting, Enrolments).where(
        Enrolments.seller == Sellers.name, Enrolments.sender_key == sender_key
    )
    return connection.execute(query).first()


def _names(stem: str, most: int) -> tuple[str, ...]:
    return (stem, *(f"{stem}-{number}" for number in range(2, most + 2)))


def seller_in(row: Row[Any]) -> Seller:
    """Return the seller of a row of :data:`KNOWN`."""
    if row.name is None:
        return Seller(folder=row.folder, name=row.folder)
    return Seller(
        folder=row.folder,
        name=row.name,
        village=row.village,
        shop=row.shop,
        centre=row.centre,
        marketplaces=_codes_in(row.marketplaces),
        consented_at=row.consented_at,
    )


def marketplaces_in(row: Row[Any]) -> tuple[str, ...]:
    """Return where a listing's seller sells, by a row of :data:`SELLING`; nothing where nobody has said."""
    return _codes_in(row.chosen or row.enrolled or "")


def _codes_in(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split(",") if code)
