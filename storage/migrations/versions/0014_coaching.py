"""Links by which an expert elsewhere joins a listing's page, and what is said there."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "coach_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_coach_links"),
        sa.ForeignKeyConstraint(["listing_id"], ["listings.id"], name="fk_coach_links_listing_id"),
        sa.UniqueConstraint("token_hash", name="uq_coach_links_token_hash"),
        sa.UniqueConstraint("listing_id", name="uq_coach_links_listing_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_coach_links_expires_at", "coach_links", ["expires_at"])
    op.create_table(
        "coach_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("side", "name", "word", "sender_key")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("photo", "stage")),
        *(sa.Column(name, sa.Float(), nullable=True) for name in ("across", "down")),
        sa.Column("said_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_coach_words"),
        sa.ForeignKeyConstraint(["link_id"], ["coach_links.id"], name="fk_coach_words_link_id"),
        sa.UniqueConstraint("link_id", "side", "sender_key", name="uq_coach_words_link_id"),
        sqlite_autoincrement=True,
    )
