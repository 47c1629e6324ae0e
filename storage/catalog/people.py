"""Accounts: made, changed and closed by an administrator, each with its line in the audit."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, delete, insert, select, update

from models.audit import Act
from models.person import Account, AccountState, LastAdministrator, NameTaken, Person, Role
from storage.catalog.account_schema import Links, People, Sessions
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.sign_in_tries import forget_tries


def people(catalog: Catalog) -> tuple[Account, ...]:
    """Return all accounts by their names. Raises CatalogError."""
    with catalog.read() as connection:
        return tuple(account_in(row) for row in connection.execute(select(People.__table__).order_by(People.name)))


def account_of(catalog: Catalog, name: str) -> Account | None:
    """Return one account. Raises CatalogError."""
    with catalog.read() as connection:
        row = connection.execute(select(People.__table__).where(People.name == name)).first()
    return account_in(row) if row else None


def centres(catalog: Catalog) -> tuple[str, ...]:
    """Return the centres that have a trainer, in alphabetical order. Raises CatalogError."""
    query = select(People.centre).where(People.centre != "", People.closed_at.is_(None)).distinct()
    with catalog.read() as connection:
        return tuple(connection.scalars(query.order_by(People.centre)))


def add_person(catalog: Catalog, person: Person, *, by: str) -> None:
    """Make an account, to which a link leads. Raises NameTaken, CatalogError."""
    with catalog.write() as connection:
        # Two at once wait for each other at the key, and the later one finds the first one's row.
        if connection.execute(select(People.name).where(People.name == person.name)).first():
            raise NameTaken(person.name)
        insert_person(connection, person, by=by)


def change_role(catalog: Catalog, person: Person, *, by: str) -> None:
    """Give an account another role or centre; its sessions end, and she signs in anew.

    Raises LookupError, LastAdministrator, CatalogError.
    """
    with catalog.write() as connection:
        _lock(connection, person.name)
        if person.role is not Role.ADMINISTRATOR:
            _keep_an_administrator(connection, person.name)
        connection.execute(
            update(People).where(People.name == person.name).values(role=person.role, centre=person.centre)
        )
        end_sessions(connection, person.name)
        record(connection, Act.ROLE_CHANGED, by=by, detail={"person": person.name, "role": person.role})


def open_account(catalog: Catalog, name: str, *, by: str) -> None:
    """Let a person in again whom wrong passwords have locked out. Raises LookupError, CatalogError."""
    with catalog.write() as connection:
        _lock(connection, name)
        connection.execute(update(People).where(People.name == name).values(failures=0, locked_at=None))
        forget_tries(connection, name)
        record(connection, Act.ACCOUNT_OPENED, by=by, detail={"person": name})


def close_account(catalog: Catalog, name: str, *, by: str) -> None:
    """End an account, and its sessions and link at once; a new link opens it again.

    Raises LookupError, LastAdministrator, CatalogError.
    """
    with catalog.write() as connection:
        _lock(connection, name)
        _keep_an_administrator(connection, name)
        now = read_clock(connection)
        connection.execute(update(People).where(People.name == name).values(closed_at=now))
        connection.execute(delete(Links).where(Links.person == name))
        end_sessions(connection, name)
        record(connection, Act.ACCOUNT_CLOSED, by=by, detail={"person": name})


def insert_person(connection: Connection, person: Person, *, by: str) -> None:
    """Add an account that is not there yet."""
    connection.execute(insert(People).values(**person.model_dump(), failures=0, added_at=read_clock(connection)))
    record(connection, Act.PERSON_ADDED, by=by, detail={"person": person.name, "role": person.role})


def end_sessions(connection: Connection, name: str) -> None:
    """Sign a person out of every browser."""
    connection.execute(delete(Sessions).where(Sessions.person == name))


def person_in(row: Row[tuple[object, ...]]) -> Person:
    """Return the person of a row of the table."""
    return Person(name=row.name, role=Role(row.role), centre=row.centre)


def account_in(row: Row[tuple[object, ...]]) -> Account:
    """Return the account of a row of the table."""
    if row.closed_at:
        state = AccountState.CLOSED
    elif row.locked_at:
        state = AccountState.LOCKED
    else:
        state = AccountState.OPEN if row.password else AccountState.INVITED
    return Account(person=person_in(row), state=state, added_at=row.added_at)


def administrators(connection: Connection) -> Sequence[str]:
    """Return, and lock, who can let people in: administrators with a password whose account is not closed."""
    return (
        connection.execute(
            select(People.name)
            .where(People.role == Role.ADMINISTRATOR, People.closed_at.is_(None), People.password.is_not(None))
            .order_by(People.name)
            .with_for_update()
        )
        .scalars()
        .all()
    )


def _keep_an_administrator(connection: Connection, name: str) -> None:
    if administrators(connection) == [name]:
        raise LastAdministrator(name)


def _lock(connection: Connection, name: str) -> None:
    if not connection.execute(select(People.name).where(People.name == name).with_for_update()).first():
        raise LookupError(f"there is no account {name}")
