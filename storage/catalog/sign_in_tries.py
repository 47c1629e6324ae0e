"""Limits sign-in attempts: counted before the password is checked, so that parallel ones count too."""

import hashlib
from datetime import timedelta

from sqlalchemy import Connection, delete, update

from storage.catalog.account_schema import SignInTries
from storage.catalog.clock import read_clock
from storage.catalog.upsert import insert_missing

WINDOW = timedelta(minutes=15)
MOST_OF_A_NAME = 5
"""Tries within the window; the sixth is not looked at."""
MOST_FROM_AN_ADDRESS = 50
"""A whole centre may come from one address."""


class TooManyTries(Exception):
    """Nobody is let in under this name, or from this address, until the window is over."""


def count_try(connection: Connection, name: str, address: str) -> None:
    """Count a try, of a name that has an account or not. Raises TooManyTries, and then it is not counted."""
    now = read_clock(connection)
    connection.execute(delete(SignInTries).where(SignInTries.since <= now - WINDOW))
    # In one order, so that two tries at once cannot wait for each other.
    for subject, most in ((_address(address), MOST_FROM_AN_ADDRESS), (_name(name), MOST_OF_A_NAME)):
        insert_missing(connection, SignInTries, [{"subject": subject, "since": now, "count": 0}])
        counted = (
            update(SignInTries)
            .where(SignInTries.subject == subject, SignInTries.count < most)
            .values(count=SignInTries.count + 1)
        )
        if not connection.execute(counted).rowcount:
            raise TooManyTries(subject)


def take_back_try(connection: Connection, address: str) -> None:
    """Have a try that succeeded not count against others at the same address."""
    subject = SignInTries.subject == _address(address)
    connection.execute(update(SignInTries).where(subject).values(count=SignInTries.count - 1))


def forget_tries(connection: Connection, name: str) -> None:
    """Let a person try again at once."""
    connection.execute(delete(SignInTries).where(SignInTries.subject == _name(name)))


def _address(address: str) -> str:
    return f"address {address}"


def _name(name: str) -> str:
    # What is typed as a name may be a password, and of any length.
    return f"name {hashlib.sha256(name.encode()).hexdigest()}"
