"""Tables of edits, answers, corrections and coaching, beside those of :mod:`storage.catalog.schema`."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.catalog.schema import Schema


class Edits(Schema):
    """What people wrote in the place of our words; the newest of a listing's field is the one that counts."""

    __tablename__ = "edits"
    __table_args__ = (Index("ix_edits_listing_id", "listing_id", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    field: Mapped[str]
    """:class:`models.edit.EditedField`, or one of :data:`storage.catalog.edits.BESIDE_WORDS`."""
    value: Mapped[str | None]
    """Null where a person took hers back."""
    author: Mapped[str]
    edited_at: Mapped[datetime]


class Answers(Schema):
    """What people answered to our questions; the newest to a listing's question is the one that counts."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_listing_id", "listing_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    question: Mapped[str]
    """:class:`models.suggestion.Question`."""
    about: Mapped[str]
    """:class:`models.fact.FactKind`, empty where the question is about none."""
    value: Mapped[str]
    author: Mapped[str]
    answered_at: Mapped[datetime]


class Corrections(Schema):
    """Strokes by which people correct cut-outs; the newest of a listing's photo are the ones that count."""

    __tablename__ = "corrections"
    __table_args__ = (Index("ix_corrections_listing_id", "listing_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    sha256: Mapped[str]
    """Of the photo's bytes."""
    strokes: Mapped[str]
    """:data:`models.strokes.Strokes` as JSON; none where she took hers back."""
    author: Mapped[str]
    corrected_at: Mapped[datetime]


class CoachLinks(Schema):
    """Links by which experts elsewhere join a listing's page, at most one of each listing."""

    __tablename__ = "coach_links"
    # SQLite would give a number again: who still looks on by a link that has ended would see the next one.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256: what is kept opens nothing."""
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), unique=True)
    made_by: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    said: Mapped[int] = mapped_column(default=0)
    """How many remarks with words there were."""
    turn: Mapped[int] = mapped_column(default=0)
    """How often somebody has turned to another picture."""
    photo: Mapped[str | None]
    """SHA-256 of the photo that was turned to last; null until somebody has turned."""
    stage: Mapped[str | None]
    """:class:`models.coaching.Stage` of its picture."""


class CoachWords(Schema):
    """What is said and pointed at by a link, on both sides; gone when the link ends."""

    __tablename__ = "coach_words"
    __table_args__ = (UniqueConstraint("link_id", "side", "sender_key"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("coach_links.id"))
    side: Mapped[str]
    """:class:`models.coaching.Side`."""
    name: Mapped[str]
    word: Mapped[str]
    """Empty where somebody only points."""
    sender_key: Mapped[str]
    """:attr:`models.coaching.Saying.sender_key`."""
    photo: Mapped[str | None]
    """Of the photo that is pointed at, with the three below; null where nobody points."""
    stage: Mapped[str | None]
    across: Mapped[float | None]
    down: Mapped[float | None]
    said_at: Mapped[datetime]
