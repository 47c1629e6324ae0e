"""Accounts of people who use the console, and their roles."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from models.value import Value

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
"""What a sign-in name is made of: easy to say on the telephone, and the same in every address."""
MOST_CENTRE = 100
"""Characters of a centre's name."""


class Role(StrEnum):
    """What a person does here; each has its text in ``config/messages``."""

    TRAINER = "trainer"
    """Works with the sellers of one village centre."""
    REVIEWER = "reviewer"
    """Decides on listings of all centres."""
    ADMINISTRATOR = "administrator"
    """Lets people in, and sees everything."""


class Person(Value):
    """Somebody who has an account."""

    name: Annotated[str, StringConstraints(pattern=f"^{NAME.pattern}$")]
    """By which she signs in."""
    role: Role
    centre: Annotated[str, StringConstraints(max_length=MOST_CENTRE, strip_whitespace=True)]
    """Whose sellers she works with; empty for all centres."""

    @model_validator(mode="after")
    def _trainer_has_a_centre(self) -> Self:
        if (self.role is Role.TRAINER) != bool(self.centre):
            raise ValueError("a trainer has a centre, and nobody else")
        return self

    def may_see(self, centre: str) -> bool:
        """Return whether the sellers of a centre are hers to see."""
        return self.role is not Role.TRAINER or self.centre == centre


class AccountState(StrEnum):
    """How an account stands; each has its text in ``config/messages``."""

    INVITED = "invited"
    """She has not chosen a password yet."""
    OPEN = "open"
    LOCKED = "locked"
    """After many wrong passwords, until an administrator opens it or she uses a link."""
    CLOSED = "closed"


class Account(Value):
    """A person's account as an administrator sees it."""

    person: Person
    state: AccountState
    added_at: datetime


class NameTaken(Exception):
    """There is an account of this name already."""


class LastAdministrator(Exception):
    """Without this account nobody could let anybody in any more."""
