"""A seller, as a centre knows her."""

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from models.onboarding import FolderName
from models.value import Value

CONSENT_VERSION = "2026-11-27"
"""Of the text that a seller agrees to; it changes with every word of it, which a test holds."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""What is typed into one line."""


class Enrolment(Value):
    """What a trainer writes down of a new seller."""

    name: Annotated[Line, StringConstraints(min_length=1)]
    village: Line = ""
    shop: Line = ""
    centre: Line = ""
    """The village digital centre that she came to."""
    marketplaces: tuple[str, ...] = ()
    """Where she sells; empty for those of the installation."""


class Seller(Enrolment):
    """A seller whose photos are, or may be, under ``raw/{folder}/``."""

    folder: FolderName
    consented_at: datetime | None = None
    """When she agreed that her photos are worked on and shown; ``None`` for whom no centre has enrolled."""


class EnrolledOtherwise(Exception):
    """The same form has enrolled a seller already, of whom it told something else."""
