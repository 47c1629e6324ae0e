"""Signs people in, and refuses wrong passwords."""

from sqlalchemy import delete, select, update

from models.audit import Act
from models.person import AccountState
from storage.catalog.account_schema import People, Sessions
from storage.catalog.audit import record
from storage.catalog.clock import read_clock
from storage.catalog.connection import Catalog
from storage.catalog.people import account_in
from storage.catalog.sessions import begin_session
from storage.catalog.sign_in_tries import count_try, forget_tries, take_back_try
from storage.catalog.token_hash import hash_token

LOCKED_AFTER = 15
"""Wrong passwords without a right one between them, however long they take."""
NOBODY = "-"
"""Who stands in the audit for a name that is no account's: it may be a password in the wrong field."""


def begin_sign_in(catalog: Catalog, name: str, address: str) -> str | None:
    """Count a try before it is looked at; return the hash of the password that it is to be held against.

    ``None`` stands for a name without an account, and for one that is locked, closed or has no password yet: who
    asks learns no difference. Raises TooManyTries, CatalogError.
    """
    with catalog.write() as connection:
        count_try(connection, name, address)
        row = connection.execute(select(People.__table__).where(People.name == name)).first()
    return row.password if row and account_in(row).state is AccountState.OPEN else None


def finish_sign_in(catalog: Catalog, name: str, address: str, *, password: str, former: str | None) -> str | None:
    """Return the secret of a new session for who gave the right password.

    ``password`` is the hash that it was held against, ``former`` the session that this browser had before, which
    ends. ``None`` where the account was locked or closed, or its password changed, meanwhile. Raises CatalogError.
    """
    with catalog.write() as connection:
        row = connection.execute(select(People.__table__).where(People.name == name).with_for_update()).first()
        if row is None or account_in(row).state is not AccountState.OPEN or row.password != password:
            return None
        connection.execute(update(People).where(People.name == name).values(failures=0))
        forget_tries(connection, name)
        take_back_try(connection, address)
        if former is not None:
            connection.execute(delete(Sessions).where(Sessions.seal == hash_token(former)))
        return begin_session(connection, name)


def refuse_sign_in(catalog: Catalog, name: str, address: str) -> None:
    """Note a wrong password; after many in a row the account is locked. Raises CatalogError."""
    with catalog.write() as connection:
        row = connection.execute(select(People.__table__).where(People.name == name).with_for_update()).first()
        by = row.name if row else NOBODY
        record(connection, Act.SIGN_IN_REFUSED, by=by, detail={"address": address})
        if row is None:
            return
        failures = row.failures + 1
        connection.execute(update(People).where(People.name == name).values(failures=failures))
        if failures >= LOCKED_AFTER and row.locked_at is None:
            connection.execute(update(People).where(People.name == name).values(locked_at=read_clock(connection)))
            record(connection, Act.ACCOUNT_LOCKED, by=by, detail={"failures": failures})
