"""What a class and an operations page ask for at a glance.

When each listing's newest result was made, why a photo was set aside, and indexes by which today's, the failing
and the postponed ones are found however many there are beside them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

POSTPONED = sa.text("attempts > 0 AND due_at IS NOT NULL")
SET_ASIDE = sa.text("state = 'set_aside' AND present")


def upgrade() -> None:
    """Add the columns, fill in what is known, and make the indexes."""
    op.add_column("listings", sa.Column("finished_at", sa.BigInteger(), nullable=True))
    op.add_column("photos", sa.Column("reason", sa.Text(), nullable=True))
    op.execute(
        "UPDATE listings SET finished_at = (SELECT max(results.finished_at) FROM results "
        "WHERE results.listing_id = listings.id AND results.version = listings.version)"
    )
    op.create_index("ix_listings_seller_finished", "listings", ["seller", "finished_at"])
    op.create_index("ix_listings_finished_at", "listings", ["finished_at", "photo_count"])
    op.create_index(
        "ix_listings_postponed", "listings", ["due_at"], sqlite_where=POSTPONED, postgresql_where=POSTPONED
    )
    op.create_index(
        "ix_photos_set_aside", "photos", ["reason"], sqlite_where=SET_ASIDE, postgresql_where=SET_ASIDE
    )
    op.drop_index("ix_audit_seller", "audit")
    op.create_index("ix_audit_seller", "audit", ["seller", "happened_at"])
