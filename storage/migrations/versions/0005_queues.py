"""What is asked at each taking of a lease is found by an index: it takes no longer when much is waiting."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

HELD = sa.text("holder IS NOT NULL")
BEGUN = sa.text("number > 0 AND due_at IS NOT NULL")


def upgrade() -> None:
    """Make the indexes."""
    for table in ("listings", "publications"):
        op.create_index(f"ix_{table}_holder", table, ["holder"], sqlite_where=HELD, postgresql_where=HELD)
    op.create_index("ix_publications_queue", "publications", ["publisher", "due_at", "id"])
    op.create_index(
        "ix_publications_begun", "publications", ["due_at"], sqlite_where=BEGUN, postgresql_where=BEGUN
    )
