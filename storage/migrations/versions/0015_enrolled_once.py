"""What an enrolment's form is known by, so that one that is sent twice enrols one seller."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column; of those enrolled before nothing is known."""
    op.add_column("enrolments", sa.Column("sender_key", sa.Text(), nullable=True))
    op.create_index("ix_enrolments_sender_key", "enrolments", ["sender_key"], unique=True)
