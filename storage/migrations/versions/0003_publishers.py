"""Publishers that can be closed, paused and held; withdrawals; what a publication says, as a fingerprint."""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

UNFINISHED = ("pending", "leased", "failed")


def upgrade() -> None:
    """Make the table and the column, and give the publications that are not sent yet their new keys."""
    op.create_table(
        "publishers",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_publishers"),
    )
    op.add_column("publications", sa.Column("action", sa.Text(), nullable=False, server_default="publish"))
    op.create_index("ix_publications_publisher", "publications", ["publisher", "state"])
    _fingerprint()


def _fingerprint() -> None:
    publications = sa.table(
        "publications",
        sa.column("id", sa.Integer()),
        sa.column("state", sa.Text()),
        sa.column("publication", sa.Text()),
        sa.column("idempotency_key", sa.Text()),
    )
    connection = op.get_bind()
    rows = connection.execute(sa.select(publications.c.id, publications.c.state, publications.c.publication)).all()
    for row in rows:
        publication = json.loads(row.publication) | {"content": ""}
        values = {"publication": json.dumps(publication)}
        if row.state in UNFINISHED:
            key = f"{publication['key']['seller']}/{publication['key']['listing']}"
            parts = (
                publication["publisher"],
                key,
                publication["version"],
                publication["identity"],
                "",
                "publish",
                1,
            )
            values["idempotency_key"] = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]
        connection.execute(publications.update().where(publications.c.id == row.id).values(**values))
