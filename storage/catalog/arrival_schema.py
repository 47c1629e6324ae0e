"""Tables of uploads and retakes, beside those of :mod:`storage.catalog.schema`."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.catalog.schema import Schema

UNPLACED = text("NOT placed")
"""Of next to none at any time."""


class UploadLinks(Schema):
    """Links that sellers' phones send photos by."""

    __tablename__ = "upload_links"
    # SQLite would give a number again: the next link would have what was begun by the last one.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256: what is kept opens nothing."""
    seller: Mapped[str] = mapped_column(ForeignKey("sellers.name"), index=True)
    listing: Mapped[str]
    made_by: Mapped[str]
    expires_at: Mapped[datetime]


class Uploads(Schema):
    """Photos that are arriving in pieces; those that have arrived stay, so that none arrives twice."""

    __tablename__ = "uploads"
    __table_args__ = (
        UniqueConstraint("seller", "listing", "ordinal"),
        UniqueConstraint("sender_key", "seller", "listing"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    seller: Mapped[str] = mapped_column(ForeignKey("sellers.name"))
    listing: Mapped[str]
    ordinal: Mapped[int]
    """The listing's first is 1."""
    sender_key: Mapped[str]
    """What its sender knows it by: begun again, it is the same."""
    sender: Mapped[str] = mapped_column(index=True)
    stem: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    ends: Mapped[str] = mapped_column(default="[]")
    """:attr:`models.upload.Upload.ends` as JSON."""
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    """Null once its pieces are gone from the object store."""
    file: Mapped[str | None]
    replaces: Mapped[str | None]
    """The file whose place it takes; null for a further photo."""


class Takes(Schema):
    """All takes of photos that were taken again; of each photo the one with the highest turn is in the listing."""

    __tablename__ = "takes"
    __table_args__ = (
        UniqueConstraint("listing_id", "slot", "sha256"),
        Index("ix_takes_placed", "placed", sqlite_where=UNPLACED, postgresql_where=UNPLACED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    slot: Mapped[str]
    """The name of the photo's first take."""
    file: Mapped[str]
    """The take's own name under ``raw/``."""
    sha256: Mapped[str]
    sender: Mapped[str | None]
    taken_at: Mapped[datetime]
    turn: Mapped[int]
    """0 until it is chosen over another."""
    placed: Mapped[bool]
    """False from when it is chosen until the photo's place in the object store holds what was chosen last."""
    look: Mapped[str | None]
    """The first look at it as JSON: :attr:`models.take.Take.look`."""
    made: Mapped[str | None]
    """:attr:`models.take.Take.made` as JSON."""
    left_for: Mapped[str | None]
    """The name of the file that is in the listing in its place, where that is another one."""
    left_etag: Mapped[str | None]
    """How the object store knew what was left for it: as long as both lie there, this one is passed over."""
