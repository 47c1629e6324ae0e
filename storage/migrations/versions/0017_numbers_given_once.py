"""SQLite gives no number of an upload link or a delivery again, as PostgreSQL never does."""

from alembic import op

revision = "0017"
down_revision = "0016"

GIVEN = """
    SELECT id AS number FROM upload_links
    UNION ALL SELECT CAST(substr(sender, 6) AS INTEGER) FROM uploads WHERE sender LIKE 'link %'
"""


def upgrade() -> None:
    """Make both tables anew; links begin above the numbers by which photos of those that are gone are known."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in ("upload_links", "deliveries"):
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'upload_links'")
    op.execute(
        f"INSERT INTO sqlite_sequence (name, seq) SELECT 'upload_links', coalesce(max(number), 0) FROM ({GIVEN})"
    )
