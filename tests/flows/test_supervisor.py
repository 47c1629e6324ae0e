"""Supervised services: small programs of our own take the place of servers."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.supervisor import QUICK_DEATHS, Service, ServiceFailed, Supervisor

PATIENCE_SECONDS = 300
FAMILY = """
import subprocess, sys, time
from pathlib import Path
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
whole = Path(sys.argv[1] + ".service")
whole.write_text(str(child.pid))
whole.replace(sys.argv[1])
time.sleep(600)
"""


def service(folder: Path, program: str, name: str = "worker") -> Service:
    """Return a service that runs a program, which is healthy once it has written its file."""
    module, sign = folder / f"{name}_program.py", folder / f"{name}.txt"
    module.write_text(program)
    return Service(
        name=name,
        arguments=(module.stem, str(sign)),
        environment={"PYTHONPATH": os.pathsep.join((str(folder), str(Path(__file__).parents[2])))},
        log=folder / "logs" / f"{name}.log",
        is_healthy=sign.exists,
    )


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this took too long"
        time.sleep(0.05)


def is_there(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


def test_at_the_end_a_service_and_its_children_are_gone(tmp_path: Path) -> None:
    family = service(tmp_path, FAMILY)
    with Supervisor() as supervisor:
        supervisor.start(family)
        child = int((tmp_path / "worker.txt").read_text())
        assert is_there(child)

    wait_until(lambda: not is_there(child))


def test_a_service_that_does_not_start_is_named_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(ServiceFailed, match="no room for me") as failed, Supervisor() as supervisor:
        supervisor.start(service(tmp_path, "raise SystemExit('no room for me')"))

    assert failed.value.service == "worker"


def test_a_service_that_ends_is_started_again_until_it_ends_too_often(tmp_path: Path) -> None:
    brief = """
import sys, time
from pathlib import Path
with Path(sys.argv[1]).open("a") as sign:
    sign.write("started\\\\n")
while not Path(sys.argv[1] + ".seen").exists():
    time.sleep(0.05)
"""
    restarts: list[str] = []
    with Supervisor() as supervisor:
        supervisor.start(service(tmp_path, brief))
        (tmp_path / "worker.txt.seen").touch()

        with pytest.raises(ServiceFailed):
            supervisor.watch(restarts.append)

    assert restarts == ["worker"] * QUICK_DEATHS
    assert (tmp_path / "worker.txt").read_text().count("started") == 1 + QUICK_DEATHS


def test_services_end_when_whoever_started_them_is_killed(tmp_path: Path) -> None:
    service(tmp_path, FAMILY)
    starter = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from pathlib import Path
from tests.flows.test_supervisor import FAMILY, service
from flows.supervisor import Supervisor
with Supervisor() as supervisor:
    supervisor.start(service(Path({str(tmp_path)!r}), FAMILY))
    time.sleep(600)
"""
    process = subprocess.Popen([sys.executable, "-c", starter])
    wait_until((tmp_path / "worker.txt").exists)
    started = _children(process.pid)
    assert started

    process.kill()
    process.wait()

    wait_until(lambda: not any(map(is_there, started)))


def _children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
