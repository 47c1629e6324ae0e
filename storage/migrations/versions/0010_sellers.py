"""Sellers whom a centre enrols, the links that their phones send by, and photos that arrive in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "enrolments",
        sa.Column("seller", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "village", "shop", "centre")),
        sa.Column("marketplaces", sa.Text(), nullable=False),
        sa.Column("consented_at", sa.BigInteger(), nullable=False),
        sa.Column("consent_by", sa.Text(), nullable=False),
        sa.Column("consent_version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seller", name="pk_enrolments"),
        sa.ForeignKeyConstraint(["seller"], ["sellers.name"], name="fk_enrolments_seller"),
    )
    op.create_index("ix_enrolments_centre", "enrolments", ["centre"])
    op.create_table(
        "upload_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("seller", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_upload_links"),
        sa.ForeignKeyConstraint(["seller"], ["sellers.name"], name="fk_upload_links_seller"),
        sa.UniqueConstraint("token_hash", name="uq_upload_links_token_hash"),
    )
    op.create_index("ix_upload_links_seller", "upload_links", ["seller"])
    op.create_table(
        "uploads",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seller", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("sender_key", "sender", "stem")),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("file", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
        sa.ForeignKeyConstraint(["seller"], ["sellers.name"], name="fk_uploads_seller"),
        sa.UniqueConstraint("seller", "listing", "sender_key", name="uq_uploads_seller_listing_sender_key"),
        sa.UniqueConstraint("seller", "listing", "ordinal", name="uq_uploads_seller_listing_ordinal"),
    )
    op.create_index("ix_uploads_expires_at", "uploads", ["expires_at"])
    op.create_index("ix_uploads_sender", "uploads", ["sender"])
