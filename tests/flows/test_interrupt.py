"""Ctrl-C ends a run at once, and the next one goes on where it stopped."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from storage.object_store.opening import open_store
from tests.command import ETALASE, RUN_SECONDS, environment, run_etalase
from tests.flows.test_prefect_server import wait_until
from tests.sellers import add_listing, draw_photo

LISTINGS = 16


@pytest.mark.heavy
def test_after_ctrl_c_nothing_hangs_and_the_next_run_finishes_the_work(tmp_path: Path, prefect_api: str) -> None:
    home = tmp_path / "home"
    store = open_store(f"file:{home}/store")
    for number in range(LISTINGS):
        add_listing(store, f"ibu-ani/n{number}", {"depan.jpg": draw_photo(number)})
    variables = environment(home, PREFECT_API_URL=prefect_api, PREFECT_HOME=str(tmp_path / "prefect"))
    run = subprocess.Popen(
        # A shell that starts the tests in the background has them ignore Ctrl-C, and so what they start.
        ["env", "--default-signal=INT", ETALASE, "process"],
        cwd=tmp_path,
        env=variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_until((home / "store" / "renditions").exists)

    os.killpg(run.pid, signal.SIGINT)  # as a terminal sends it: to the run and to its pool

    assert run.wait(RUN_SECONDS) != 0
    summary = json.loads(run_etalase(tmp_path, variables, "process", "--json").stdout)
    assert 0 < summary["listings"] <= LISTINGS
    assert len([key for key in (found.key for found in store.list("published/")) if "receipt" in key]) == LISTINGS
