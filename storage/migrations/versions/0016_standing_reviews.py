"""For which version of a listing a decision stands: the one that was seen, or a later one that says the same."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the column; a decision from before stands for what was seen until its listing is processed again."""
    op.add_column("reviews", sa.Column("stands_for", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE reviews SET stands_for = version")
