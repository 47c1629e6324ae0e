"""What a test says when the server that it needs is not on this machine."""

import os
from typing import NoReturn

import pytest

REQUIRED = "ETALASE_REQUIRE_SERVERS"


def report_absent(server: str, install: str) -> NoReturn:
    """Skip the test, naming the Debian package; fail it where every server must be there."""
    reason = f"{server} is not here: {install}"
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{reason} ({REQUIRED}=1)")
    pytest.skip(reason)
