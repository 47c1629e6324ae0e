"""How the catalog is asked: by which steps SQLite answers, and with how many values."""

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


def most_values(catalog: Catalog, ask: Callable[[], object]) -> int:
    """Return how many values the statement of ``ask`` has that has most of them; PostgreSQL takes 65,535."""
    given = [0]

    def note(connection: object, cursor: object, statement: str, values: Any, context: object, many: bool) -> None:  # noqa: ANN401
        if not many:
            given.append(len(values))

    event.listen(catalog._engine, "before_cursor_execute", note)
    ask()
    event.remove(catalog._engine, "before_cursor_execute", note)
    return max(given)
