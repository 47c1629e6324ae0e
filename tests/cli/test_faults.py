"""A store or a catalog that fails in the middle of a command is told in words, whichever command it is."""

import pytest
from sqlalchemy import text

from storage.catalog.opening import open_catalog
from tests.cli.terminal import Terminal


@pytest.mark.parametrize(
    "command",
    [("status",), ("audit",), ("deliveries",), ("waiting",), ("edits",), ("publish", "--failed")],
    ids=" ".join,
)
def test_a_catalog_that_cannot_be_read_is_told_in_words(terminal: Terminal, command: tuple[str, ...]) -> None:
    catalog = open_catalog(terminal.catalog)
    with catalog.write() as connection:
        for table in ("listings", "audit", "deliveries", "publications", "edits"):
            connection.execute(text(f"ALTER TABLE {table} RENAME TO {table}_elsewhere"))
    catalog.close()
    run = terminal.run(*command)
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert "atalog" in run.stderr
