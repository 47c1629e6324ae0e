"""A terminal for the tests of commands."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.command import environment


@pytest.fixture
def terminal(folder_url: str, sqlite_url: str, tmp_path: Path) -> Terminal:
    variables = environment(
        tmp_path / "home", ETALASE_STORE=folder_url, ETALASE_CATALOG=sqlite_url, PREFECT_HOME=str(tmp_path / "p")
    )
    return Terminal(tmp_path, variables, folder_url, sqlite_url)
