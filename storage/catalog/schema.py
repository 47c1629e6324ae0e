"""The catalog's tables. What changes here changes in a new file of ``storage/migrations/versions`` too."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.catalog.clock import Moment

BYTE_ORDERED = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by its UTF-8 bytes, as object stores do and SQLite does by itself."""
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Schema(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Moment, str: Text}  # noqa: RUF012 - SQLAlchemy's own attribute


class Leasable(Schema):
    """What a row has that workers take turns on."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When work on it may begin; null when there is nothing to do."""
    number: Mapped[int] = mapped_column(default=0)
    """Fencing number of the last lease."""
    holder: Mapped[str | None]
    """:class:`models.lease.Holder` as JSON while it is leased, else null."""
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    """How often work on it failed since it last succeeded or changed."""
    error: Mapped[str | None]
    """The last failure, for engineers."""


class Sellers(Schema):
    """One row per seller."""

    __tablename__ = "sellers"

    name: Mapped[str] = mapped_column(primary_key=True)
    first_seen_at: Mapped[datetime]


class Listings(Leasable):
    """One row per listing, in its newest version."""

    __tablename__ = "listings"

    seller: Mapped[str] = mapped_column(ForeignKey("sellers.name"))
    listing: Mapped[str]
    folder: Mapped[str] = mapped_column(BYTE_ORDERED, unique=True)
    """``{seller}/{listing}/``: the order in which an object store lists them."""
    version: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[str] = mapped_column(default="")
    """Of names, sizes and etags of the photos and the note of this version."""
    photo_count: Mapped[int] = mapped_column(default=0)
    note_file: Mapped[str | None]


class Photos(Schema):
    """One row per photo that was ever seen."""

    __tablename__ = "photos"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), primary_key=True)
    file: Mapped[str] = mapped_column(BYTE_ORDERED, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    etag: Mapped[str]
    modified_at: Mapped[datetime]
    present: Mapped[bool]
    """False once the object store no longer has it."""
    state: Mapped[str]
    sha256: Mapped[str | None]
    result: Mapped[str | None]
    """The last :data:`models.photo.PhotoResult` as JSON."""


class Results(Schema):
    """What was made of each version of a listing."""

    __tablename__ = "results"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str]
    result: Mapped[str]
    """:class:`models.listing.ListingResult` as JSON."""
    finished_at: Mapped[datetime]


class Publications(Leasable):
    """The outbox: one row per version of a listing and publisher."""

    __tablename__ = "publications"
    __table_args__ = (Index("ix_publications_listing_id", "listing_id", "publisher"),)

    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    publisher: Mapped[str]
    version: Mapped[int]
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    publication: Mapped[str]
    """:class:`models.publication.Publication` as JSON."""
    receipt: Mapped[str | None]
    """:class:`models.publication.Receipt` as JSON."""
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
