"""What photos are known again by."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "fingerprints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fingerprints"),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name="fk_fingerprints_listing_id"),
        sa.UniqueConstraint("listing_id", "sha256", name="uq_fingerprints_listing_id"),
    )
    op.create_table(
        "fingerprint_marks",
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mark", "fingerprint_id", name="pk_fingerprint_marks"),
        sqlite_with_rowid=False,
    )
