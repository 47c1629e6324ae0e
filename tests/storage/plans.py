"""By which steps SQLite answers what the catalog is asked: whether a table is read from end to end."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from storage.catalog import Catalog


def steps_of(catalog: Catalog, ask: Callable[[], object]) -> list[str]:
    """Return the steps of every query that ``ask`` makes, as SQLite plans them."""
    asked: list[tuple[str, Any]] = []

    def note(connection: object, cursor: object, statement: str, values: object, *rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")) and "FROM" in statement:
            asked.append((statement, values))

    event.listen(catalog._engine, "before_cursor_execute", note)
    ask()
    event.remove(catalog._engine, "before_cursor_execute", note)
    assert asked
    with catalog.read() as connection:
        return [
            str(step[-1])
            for statement, values in asked
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]


def whole_tables(steps: list[str]) -> list[str]:
    """Return those that read a table, or a whole index, from end to end."""
    inner = ("CONSTANT", "SUBQUERY", "(subquery", "anon_")
    return [step for step in steps if step.startswith("SCAN") and not any(name in step for name in inner)]
