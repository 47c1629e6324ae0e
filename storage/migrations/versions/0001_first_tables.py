"""Sellers, listings, photos, results and the outbox."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BYTE_ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sellers",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sellers"),
    )
    op.create_table(
        "listings",
        *_leasable(),
        sa.Column("seller", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("folder", BYTE_ORDERED, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("photo_count", sa.Integer(), nullable=False),
        sa.Column("note_file", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_listings"),
        sa.ForeignKeyConstraint(["seller"], ["sellers.name"], name="fk_listings_seller"),
        sa.UniqueConstraint("folder", name="uq_listings_folder"),
    )
    op.create_index("ix_listings_state", "listings", ["state"])
    op.create_index("ix_listings_due_at", "listings", ["due_at"])
    op.create_table(
        "photos",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("file", BYTE_ORDERED, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("modified_at", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("listing_id", "file", name="pk_photos"),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name="fk_photos_listing_id"),
    )
    op.create_table(
        "results",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("listing_id", "version", name="pk_results"),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name="fk_results_listing_id"),
    )
    op.create_table(
        "publications",
        *_leasable(),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name="fk_publications_listing_id"),
        sa.UniqueConstraint("idempotency_key", name="uq_publications_idempotency_key"),
    )
    op.create_index("ix_publications_state", "publications", ["state"])
    op.create_index("ix_publications_due_at", "publications", ["due_at"])
    op.create_index("ix_publications_listing_id", "publications", ["listing_id", "publisher"])


def _leasable() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
    )
