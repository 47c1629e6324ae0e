"""Where a seller sells, as a run for her was told: kept for the runs that come after it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the column; what a run was told before was kept nowhere."""
    op.add_column("sellers", sa.Column("marketplaces", sa.Text(), nullable=False, server_default=""))
