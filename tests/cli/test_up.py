"""``etalase up``: everything on one machine, and nothing of it left behind."""

import re
import socket
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from models.store import ObjectStore
from storage.object_store.opening import open_store
from tests.command import environment, run_etalase
from tests.prefect_runs import start_run, wait_for_end
from tests.sellers import add_listing, draw_photo
from tests.servers.ports import free_port
from tests.standing import Command, children_of, kill, memory_of, standing

MEGABYTE = 1024 * 1024
PATIENCE_SECONDS = 300


def fresh(folder: Path) -> tuple[dict[str, str], ObjectStore]:
    """Return the environment of an empty installation, and its store."""
    home = folder / "home"
    return environment(home), open_store(f"file:{home}/store")


def ports() -> tuple[str, ...]:
    return ("--port", str(free_port()), "--web-port", str(free_port()))


def wait_until_gone(processes: dict[int, str]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left := [name for process, name in processes.items() if Path(f"/proc/{process}").exists()]:
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def begin_work(up: Command, store: ObjectStore, listings: int) -> str:
    """Put listings into the store, have the worker begin, wait for the first finished photo; return the run."""
    for number in range(listings):
        add_listing(store, f"ibu-ani/n{number}", {"a.jpg": draw_photo(number), "b.jpg": draw_photo(100 + number)})
    run = start_run(up.api, "process-due")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while next(iter(store.list("renditions/")), None) is None:
        assert time.monotonic() < deadline, "no photo was ever finished"
        time.sleep(0.1)
    return run


@pytest.mark.alone
@pytest.mark.heavy
def test_it_stands_says_where_to_look_stays_small_and_stops_cleanly_in_the_middle_of_work(tmp_path: Path) -> None:
    variables, store = fresh(tmp_path)
    with standing(tmp_path, variables, "up", *ports()) as up:
        runs, pages = re.findall(r"(http://\S+)\n", up.said.split("PREFECT_API_URL")[0])
        for place in (runs, f"{pages}/readyz"):
            with urlopen(place, timeout=PATIENCE_SECONDS) as page:
                assert page.status == 200
        assert memory_of(up.process.pid) < 1000 * MEGABYTE
        everything = children_of(up.process.pid)
        begin_work(up, store, 12)
        assert memory_of(up.process.pid) < 2500 * MEGABYTE
        everything |= children_of(up.process.pid)

        assert up.stop() == 0

        wait_until_gone(everything)


@pytest.mark.heavy
def test_what_dies_is_started_again_its_run_is_told_lost_and_after_kill_9_nothing_is_left(tmp_path: Path) -> None:
    variables, store = fresh(tmp_path)
    with standing(tmp_path, variables, "up", *ports()) as up:
        (worker,) = [process for process, name in children_of(up.process.pid).items() if "worker start" in name]
        run = begin_work(up, store, 40)
        orphans = children_of(worker)
        assert orphans
        kill(worker)
        wait_until_gone({worker: "worker", **orphans})
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not [name for name in children_of(up.process.pid).values() if "worker start" in name]:
            assert time.monotonic() < deadline, "no worker was started again"
            time.sleep(0.2)
        assert wait_for_end(up.api, run)["state_type"] == "CRASHED"
        everything = children_of(up.process.pid)

        kill(up.process.pid)
        up.process.wait()

        wait_until_gone(everything)


def test_a_server_that_stands_elsewhere_is_left_alone(tmp_path: Path) -> None:
    variables, _ = fresh(tmp_path)

    run = run_etalase(tmp_path, {**variables, "PREFECT_API_URL": "http://127.0.0.1:9/api"}, "up")

    assert run.returncode == 2
    assert "etalase worker" in run.stderr


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    variables, _ = fresh(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])

        run = run_etalase(tmp_path, variables, "up", "--port", taken)

    assert run.returncode == 2
    assert f"127.0.0.1:{taken}" in run.stderr
    assert "--port" in run.stderr


def test_other_machines_are_not_let_in_without_a_password(tmp_path: Path) -> None:
    variables, _ = fresh(tmp_path)

    run = run_etalase(tmp_path, variables, "up", "--host", "0.0.0.0")

    assert run.returncode == 2
    assert "PREFECT_SERVER_API_AUTH_STRING" in run.stderr
