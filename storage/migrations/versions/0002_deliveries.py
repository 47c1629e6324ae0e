"""Events that came in over the webhook."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BYTE_ORDERED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("seller", sa.Text(), nullable=False),
        sa.Column("listing", sa.Text(), nullable=False),
        sa.Column("subject", BYTE_ORDERED, nullable=False),
        sa.Column("position", BYTE_ORDERED, nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("identity", name="uq_deliveries_identity"),
    )
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
    op.create_index("ix_deliveries_due_at", "deliveries", ["due_at"])
    op.create_index("ix_deliveries_subject", "deliveries", ["subject", "position"])
    op.create_index("ix_deliveries_seller", "deliveries", ["seller", "listing"])
    op.create_index("ix_deliveries_finished_at", "deliveries", ["finished_at"])
    held = sa.text("holder IS NOT NULL")
    op.create_index("ix_deliveries_holder", "deliveries", ["holder"], sqlite_where=held, postgresql_where=held)
