"""A deadline ends the process that misses it, and no other."""

import signal
import subprocess
import sys

import pytest

from flows.deadline import killed_after


def run_for(work: float, limit: int) -> int:
    """Work for some seconds under a limit, in a process of its own, and return how that ended."""
    code = (
        f"import time\nfrom flows.deadline import killed_after\nwith killed_after({limit}): time.sleep({work})\n"
    )
    return subprocess.run([sys.executable, "-c", code], check=False, timeout=300).returncode


def test_a_process_that_takes_too_long_is_killed() -> None:
    assert run_for(work=200, limit=1) == -signal.SIGALRM


def test_a_process_that_is_in_time_lives_on() -> None:
    assert run_for(work=0, limit=120) == 0


def test_the_deadline_ends_with_its_block() -> None:
    with killed_after(60):
        pass
    assert signal.alarm(0) == 0


def test_the_deadline_ends_with_a_failure_too() -> None:
    with pytest.raises(ValueError, match="broken"), killed_after(60):
        raise ValueError("broken")
    assert signal.alarm(0) == 0
