"""One-time links with which a person sets or resets her password."""

from datetime import timedelta

from sqlalchemy import Connection, Select, case, delete, select, update

from models.audit import Act
from models.person import Person, Role
from storage.catalog.account_schema import Links, People
from storage.catalog.audit import record
from storage.catalog.clock import DATABASE_NOW, read_clock
from storage.catalog.connection import Catalog
from storage.catalog.people import administrators, end_sessions, insert_person, person_in
from storage.catalog.sessions import begin_session
from storage.catalog.sign_in_tries import forget_tries
from storage.catalog.token_hash import draw_token, hash_token
from storage.catalog.upsert import upsert

LINK_LIFE = timedelta(days=3)
FIRST = Person(name="pengelola", role=Role.ADMINISTRATOR, centre="")
"""Who lets in everybody else."""
THE_MACHINE = "etalase"
"""Who does in the audit what nobody has asked for."""
OPEN_PASSWORD = case((People.closed_at.is_(None), People.password), else_=None)
"""The password of an account that was not closed: of a closed one it opens nothing, also once a link is made."""


def link_to(address: str, secret: str) -> str:
    """Return a link; ``address`` is where the console is reached."""
    return f"{address.rstrip('/')}/welcome/{secret}"


def make_link(catalog: Catalog, name: str, *, by: str) -> str:
    """Return the secret of a new link to an account; an earlier one, and what closed the account, are void.

    Raises LookupError, CatalogError.
    """
    with catalog.write() as connection:
        opened = update(People).where(People.name == name).values(closed_at=None, password=OPEN_PASSWORD)
        if not connection.execute(opened).rowcount:
            raise LookupError(f"there is no account {name}")
        return _renew_link(connection, name, by=by)


def make_first_link(catalog: Catalog) -> str | None:
    """Return a link to the first account as long as no administrator can sign in. Raises CatalogError."""
    with catalog.write() as connection:
        if administrators(connection):
            return None
        known = connection.execute(select(People.name).where(People.name == FIRST.name)).first()
        if not known:
            insert_person(connection, FIRST, by=THE_MACHINE)
        connection.execute(
            update(People)
            .where(People.name == FIRST.name)
            .values(role=FIRST.role, centre=FIRST.centre, closed_at=None, password=OPEN_PASSWORD)
        )
        return _renew_link(connection, FIRST.name, by=THE_MACHINE)


def invited_by(catalog: Catalog, secret: str) -> Person | None:
    """Return whose link this is, if it is still good. Looking does not use it up. Raises CatalogError."""
    with catalog.read() as connection:
        row = connection.execute(_good(secret)).first()
    return person_in(row) if row else None


def use_link(catalog: Catalog, secret: str, password: str) -> str | None:
    """Keep the hash of the password that a person chose; return the secret of a session of hers.

    ``None`` where the link is good no more. Whatever locked her out is over, and her other sessions end. Raises
    CatalogError.
    """
    with catalog.write() as connection:
        row = connection.execute(_good(secret)).first()
        if row is None or not connection.execute(delete(Links).where(Links.seal == hash_token(secret))).rowcount:
            return None
        connection.execute(
            update(People).where(People.name == row.name).values(password=password, failures=0, locked_at=None)
        )
        end_sessions(connection, row.name)
        forget_tries(connection, row.name)
        record(connection, Act.PASSWORD_CHOSEN, by=row.name)
        return begin_session(connection, row.name)


def _good(secret: str) -> Select[tuple[object, ...]]:
    return (
        select(People.__table__)
        .join(Links, Links.person == People.name)
        .where(Links.seal == hash_token(secret), Links.expires_at > DATABASE_NOW, People.closed_at.is_(None))
    )


def _renew_link(connection: Connection, name: str, *, by: str) -> str:
    secret = draw_token()
    link = {"seal": hash_token(secret), "person": name, "expires_at": read_clock(connection) + LINK_LIFE}
    upsert(connection, Links, [link], key=["person"], renew=["seal", "expires_at"])
    record(connection, Act.LINK_MADE, by=by, detail={"person": name})
    return secret
