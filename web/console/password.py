"""Passwords: what a good one is, and what is kept of it.

Argon2id with 19 MiB, two passes and one lane, so that a village laptop can look at two at once beside a browser:
https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
"""

import secrets
import unicodedata
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

FEWEST, MOST = 10, 200
"""Characters."""
FEWEST_DIFFERENT = 5
KIBIBYTES = 19 * 1024
_HASHER = PasswordHasher(time_cost=2, memory_cost=KIBIBYTES, parallelism=1)


class Weakness(StrEnum):
    """Why a password is not taken; each has its text in ``config/messages``."""

    SHORT = "short"
    LONG = "long"
    GUESSED = "guessed"
    DIFFERENT = "different"
    """The two fields do not say the same."""


def weakness_of(password: str, again: str, name: str) -> Weakness | None:
    """Return what is wrong with a password that a person chooses for her account ``name``, if anything is."""
    if len(password) < FEWEST:
        return Weakness.SHORT
    if len(password) > MOST:
        return Weakness.LONG
    small = password.casefold()
    if len(set(small)) < FEWEST_DIFFERENT or not small.replace(name, "").strip("0123456789"):
        return Weakness.GUESSED
    return None if password == again else Weakness.DIFFERENT


def hash_password(password: str) -> str:
    """Return what is kept of a password, with its own salt."""
    return _HASHER.hash(_written_one_way(password))


def is_right(kept: str | None, given: str) -> bool:
    """Return whether a password is that which ``kept`` was made of; ``None`` takes as long and is never right."""
    nobodys = _nobodys()
    try:
        right = _HASHER.verify(kept or nobodys, _written_one_way(given[:MOST]))
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


def _written_one_way(password: str) -> str:
    # The same letters may be sent in several ways, by one keyboard and another.
    return unicodedata.normalize("NFC", password)
