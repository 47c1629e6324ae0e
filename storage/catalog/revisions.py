"""Tells the newest schema revision, and whether a database has it.

Nothing here imports Alembic: every process opens the catalog, and hardly any has to migrate it.
"""

from functools import cache
from pathlib import Path

from sqlalchemy import Engine, inspect, text

FOLDER = Path(__file__).resolve().parents[1] / "migrations"
"""Of the revisions; by its path, since what comes first on ``sys.path`` may have a folder of a package's name."""


@cache
def newest_revision() -> str:
    """Return the number of the newest revision, as Alembic records it in a database."""
    return max(file.name.partition("_")[0] for file in (FOLDER / "versions").glob("[0-9]*_*.py"))


def has_newest_revision(engine: Engine) -> bool:
    """Return whether a database is at the newest revision. Raises SQLAlchemyError if it cannot be reached."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        taken = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        return list(taken) == [newest_revision()]
