"""What a large catalog asks for.

A photo's result is kept once, in its listing's; a seller's listings are found by an index; a publisher that came
later is looked after once a day.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Drop the one column, add the other, and make the index."""
    op.drop_column("photos", "result")
    op.create_index("ix_listings_seller", "listings", ["seller", "due_at"])
    op.add_column("publishers", sa.Column("caught_up_at", sa.BigInteger(), nullable=True))
