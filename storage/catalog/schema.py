"""The catalog's main tables. A change here needs a migration in ``storage/migrations/versions``."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, MetaData, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.catalog.clock import Moment

BYTE_ORDERED = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts by its UTF-8 bytes, as object stores do and SQLite does by itself."""
HELD = text("holder IS NOT NULL")
"""Of few rows at a time, however many there are."""
BEGUN = text("number > 0 AND due_at IS NOT NULL")
"""Of what somebody has begun to send and is still to be sent."""
POSTPONED = text("attempts > 0 AND due_at IS NOT NULL")
"""Of what failed and is to be tried again."""
SET_ASIDE = text("state = 'set_aside' AND present")
"""Of photos that cannot be used. In words, and not with bound values: by those SQLite would not know the index."""
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
    forgetting: Mapped[str | None]
    """The code of her forgetting while it is under way: nothing of hers is taken in then."""
    marketplaces: Mapped[str] = mapped_column(server_default="")
    """Where she sells, as a run for her was told last: codes, with commas between; empty: as she was enrolled."""


class Enrolments(Schema):
    """What a centre wrote down of its sellers; one whose photos came by themselves has no row."""

    __tablename__ = "enrolments"

    seller: Mapped[str] = mapped_column(ForeignKey("sellers.name"), primary_key=True)
    name: Mapped[str]
    village: Mapped[str]
    shop: Mapped[str]
    centre: Mapped[str] = mapped_column(index=True)
    marketplaces: Mapped[str]
    """Their codes, with commas between."""
    consented_at: Mapped[datetime]
    consent_by: Mapped[str]
    """Who asked her."""
    consent_version: Mapped[str]
    """:data:`models.seller.CONSENT_VERSION` of the text that she agreed to."""
    sender_key: Mapped[str | None] = mapped_column(index=True, unique=True)
    """What the form knows her by: sent again, it enrols nobody else. Null where no form has enrolled her."""


class Listings(Leasable):
    """One row per listing, in its newest version."""

    __tablename__ = "listings"
    __table_args__ = (
        Index("ix_listings_holder", "holder", sqlite_where=HELD, postgresql_where=HELD),
        Index("ix_listings_seller", "seller", "due_at"),
        Index("ix_listings_seller_finished", "seller", "finished_at"),
        # With the photos, so that throughput is added up from the index alone.
        Index("ix_listings_finished_at", "finished_at", "photo_count"),
        Index("ix_listings_postponed", "due_at", sqlite_where=POSTPONED, postgresql_where=POSTPONED),
    )

    seller: Mapped[str] = mapped_column(ForeignKey("sellers.name"))
    listing: Mapped[str]
    folder: Mapped[str] = mapped_column(BYTE_ORDERED, unique=True)
    """``{seller}/{listing}/``: the order in which an object store lists them."""
    version: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[str] = mapped_column(default="")
    """Of names, sizes and etags of the photos and the note of this version."""
    photo_count: Mapped[int] = mapped_column(default=0)
    note_file: Mapped[str | None]
    lowest: Mapped[int] = mapped_column(server_default="0")
    """Its fencing tokens and its publications' turns begin after this one: :attr:`Forgettings.highest`."""
    finished_at: Mapped[datetime | None]
    """When its newest result was made; null while it has none."""


class Photos(Schema):
    """One row per photo that was ever seen."""

    __tablename__ = "photos"
    __table_args__ = (Index("ix_photos_set_aside", "reason", sqlite_where=SET_ASIDE, postgresql_where=SET_ASIDE),)

    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), primary_key=True)
    file: Mapped[str] = mapped_column(BYTE_ORDERED, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    etag: Mapped[str]
    modified_at: Mapped[datetime]
    present: Mapped[bool]
    """False once the object store no longer has it."""
    state: Mapped[str]
    reason: Mapped[str | None]
    """:class:`models.rejection.RejectionReason` of one that is set aside; null where that was never noted."""
    sha256: Mapped[str | None]


class Fingerprints(Schema):
    """What the photos of each listing's newest version are known again by; a lower id was there first."""

    __tablename__ = "fingerprints"
    __table_args__ = (UniqueConstraint("listing_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    file: Mapped[str]
    sha256: Mapped[str]
    """Of the bytes that the seller sent: the same photo keeps its row when it is processed again or saved anew."""
    picture: Mapped[bytes] = mapped_column(LargeBinary)
    """:attr:`models.fingerprint.Fingerprint.picture`."""
    marks: Mapped[str]
    """Those of its marks that it can be found by, as JSON."""


class FingerprintMarks(Schema):
    """The index of marks: a row for each that a fingerprint can be found by."""

    __tablename__ = "fingerprint_marks"
    __table_args__ = ({"sqlite_with_rowid": False},)

    mark: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    # No foreign key: each removal would check it, and ask for one more index on 24 rows a photo.
    fingerprint_id: Mapped[int] = mapped_column(primary_key=True)


class Results(Schema):
    """What was made of each version of a listing."""

    __tablename__ = "results"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str]
    result: Mapped[str]
    """:class:`models.listing.ListingResult` as JSON."""
    finished_at: Mapped[datetime]


class Reviews(Schema):
    """What people decided about listings; the newest of a listing is the one that counts."""

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), index=True)
    version: Mapped[int]
    """That was seen."""
    stands_for: Mapped[int]
    """The newest version that says the same to a buyer."""
    content: Mapped[str]
    """:func:`models.publication.content_hash` of what was seen."""
    decision: Mapped[str]
    """:class:`models.review.Decision`."""
    word: Mapped[str]
    reviewer: Mapped[str]
    reviewed_at: Mapped[datetime]


class Publications(Leasable):
    """The outbox: one row per version of a listing and publisher."""

    __tablename__ = "publications"
    __table_args__ = (
        Index("ix_publications_listing_id", "listing_id", "publisher"),
        Index("ix_publications_publisher", "publisher", "state"),
        Index("ix_publications_queue", "publisher", "due_at", "id"),
        Index("ix_publications_holder", "holder", sqlite_where=HELD, postgresql_where=HELD),
        Index("ix_publications_begun", "due_at", sqlite_where=BEGUN, postgresql_where=BEGUN),
    )

    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    publisher: Mapped[str]
    action: Mapped[str] = mapped_column(server_default="publish")
    """:class:`models.publication.Action`."""
    version: Mapped[int]
    """The newest of the listing's versions that it stands for: one in which nothing changed adds no row."""
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    publication: Mapped[str]
    """:class:`models.publication.Publication` as JSON."""
    receipt: Mapped[str | None]
    """:class:`models.publication.Receipt` as JSON."""
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class Deliveries(Leasable):
    """One row per event that came in over the webhook; due until what it speaks of is processed, or due itself."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_subject", "subject", "position"),
        Index("ix_deliveries_seller", "seller", "listing"),
        Index("ix_deliveries_holder", "holder", sqlite_where=HELD, postgresql_where=HELD),
        # SQLite would give a number again, and Prefect begin nothing for a call that it knows.
        {"sqlite_autoincrement": True},
    )

    identity: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of what the sender knows the event by: the same again is a duplicate."""
    kind: Mapped[str]
    """Of the event."""
    seller: Mapped[str]
    listing: Mapped[str]
    subject: Mapped[str] = mapped_column(BYTE_ORDERED)
    """What the event is ordered within."""
    position: Mapped[str] = mapped_column(BYTE_ORDERED)
    """Its place there, as text that sorts; empty where its sender gives no order."""
    urgent: Mapped[bool]
    """True: nothing more is to be waited for."""
    event: Mapped[str]
    """:data:`models.event.Event` as JSON."""
    calls: Mapped[int] = mapped_column(default=0)
    """How often a worker was called for it."""
    received_at: Mapped[datetime]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)


class Publishers(Schema):
    """What is known of a publisher beside its publications; one of which nothing is known has no row."""

    __tablename__ = "publishers"

    name: Mapped[str] = mapped_column(primary_key=True)
    closed_at: Mapped[datetime | None]
    """Since when its receiver wants nothing any more; null while it does."""
    reason: Mapped[str | None]
    """Why it is closed."""
    paused_until: Mapped[datetime | None]
    """Until when its receiver wants to be left alone."""
    caught_up_at: Mapped[datetime | None]
    """When all that was published before it was declared had last been looked for."""
    number: Mapped[int] = mapped_column(default=0)
    """Fencing number of the last hold on a feed, whose file is written by one process at a time."""
    holder: Mapped[str | None]
    """:class:`models.lease.Holder` as JSON while it is held, else null."""
    expires_at: Mapped[datetime | None]
    mark: Mapped[str | None]
    """Of a feed's files as they were last written; where the store's differ, somebody else has written."""


class Audit(Schema):
    """What people decided and changed. Nothing is ever taken out; a forgotten seller's name becomes a code."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_seller", "seller", "happened_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    happened_at: Mapped[datetime]
    actor: Mapped[str]
    act: Mapped[str]
    """:class:`models.audit.Act`."""
    seller: Mapped[str | None]
    listing: Mapped[str | None]
    detail: Mapped[str]
    """:data:`models.audit.Detail` as JSON."""


class Forgettings(Schema):
    """Sellers who were forgotten, or are about to be, without their names."""

    __tablename__ = "forgettings"

    code: Mapped[str] = mapped_column(primary_key=True)
    """What stands for her in the audit."""
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    objects: Mapped[str | None]
    """How many objects she had by the first part of their keys, as JSON; null until they are counted."""
    highest: Mapped[int] = mapped_column(default=0)
    """No fencing token and no turn of what was forgotten is higher."""
