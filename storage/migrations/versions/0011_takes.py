"""Photos that are taken again, and which of their takes is in the listing."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table, and let an upload name the photo that it replaces."""
    op.add_column("uploads", sa.Column("replaces", sa.Text(), nullable=True))
    op.create_table(
        "takes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("slot", "file", "sha256")),
        sa.Column("sender", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("look", "made", "left_for", "left_etag")),
        sa.PrimaryKeyConstraint("id", name="pk_takes"),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name="fk_takes_listing_id"),
        sa.UniqueConstraint("listing_id", "slot", "sha256", name="uq_takes_listing_id"),
    )
    unplaced = sa.text("NOT placed")
    op.create_index("ix_takes_placed", "takes", ["placed"], sqlite_where=unplaced, postgresql_where=unplaced)
