"""Tables of accounts and sign-in, beside those of :mod:`storage.catalog.schema`."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.catalog.schema import Schema


class People(Schema):
    """Who has an account."""

    __tablename__ = "people"

    name: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    """:class:`models.person.Role`."""
    centre: Mapped[str]
    password: Mapped[str | None]
    """Its argon2 hash; null until she has chosen one."""
    failures: Mapped[int] = mapped_column(default=0)
    """Wrong passwords since the last right one."""
    added_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Links(Schema):
    """Links with which a person chooses her password; one that was used or is replaced is gone."""

    __tablename__ = "links"

    seal: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256 of what the link carries, which is kept nowhere."""
    person: Mapped[str] = mapped_column(ForeignKey("people.name"), unique=True)
    expires_at: Mapped[datetime]


class Sessions(Schema):
    """Browsers in which somebody is signed in."""

    __tablename__ = "sessions"

    seal: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256 of what the cookie carries, which is kept nowhere."""
    person: Mapped[str] = mapped_column(ForeignKey("people.name"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class SignInTries(Schema):
    """How often somebody tried to sign in lately, under one name or from one address."""

    __tablename__ = "sign_in_tries"

    subject: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    count: Mapped[int]
