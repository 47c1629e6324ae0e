"""Who uses the console, and what she may see."""

from enum import StrEnum

from models.value import Value


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

    name: str
    """By which she signs in."""
    role: Role
    centre: str
    """Whose sellers she works with; empty for all centres."""

    def may_see(self, centre: str) -> bool:
        """Return whether the sellers of a centre are hers to see."""
        return self.role is not Role.TRAINER or self.centre == centre
