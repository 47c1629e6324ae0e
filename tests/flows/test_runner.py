"""Photos that a cluster works on: real ones of Dask and Ray, which share no more with the flow than a machine."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.command import ETALASE, run_etalase
from tests.installation import Installation
from tests.sellers import add_listing, draw_photo
from tests.servers.clusters import running_dask, running_ray
from tests.standing import children_of

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.parametrize("installation", [("s3_url", "postgresql_url")], ids=["scaled out"], indirect=True),
]
CLUSTERS = {"dask": running_dask, "ray": running_ray}
LISTINGS = 20


def fill(installation: Installation) -> None:
    """Add listings of four photos: five tasks' worth in all."""
    for number in range(LISTINGS):
        photos = {f"{place}.jpg": draw_photo(10 * number + place, width=800, height=600) for place in range(4)}
        add_listing(installation.store, f"seller-{number % 3}/listing-{number}", photos)


def receipts(installation: Installation) -> list[str]:
    return [key.split("/")[2] for key in installation.objects("published/") if key.endswith("receipt.json")]


def worker_of_dask() -> int:
    """Return the id of a process that Dask's tasks run in; each has one above it that starts it again."""
    above = [process for process, command in children_of(os.getpid()).items() if "dask worker" in command]
    return next(child for child, command in children_of(above[0]).items() if "spawn_main" in command)


@pytest.mark.parametrize("kind", CLUSTERS)
def test_a_cluster_works_on_everything_once(kind: str, installation: Installation, tmp_path: Path) -> None:
    fill(installation)
    with CLUSTERS[kind](tmp_path, installation.environment) as address:
        variables = {**installation.environment, "ETALASE_RUNNER": address}
        run = run_etalase(tmp_path, variables, "process", "--json")

    assert run.returncode == 0, run.stderr
    summary = json.loads(run.stdout)
    assert (summary["listings"], summary["photos"], summary["published"]) == (LISTINGS, 4 * LISTINGS, LISTINGS)
    assert sorted(receipts(installation)) == sorted(f"listing-{number}" for number in range(LISTINGS))


def test_what_a_lost_process_of_the_cluster_had_is_done_by_another(
    installation: Installation, tmp_path: Path
) -> None:
    fill(installation)
    with running_dask(tmp_path, installation.environment) as address:
        variables = {**installation.environment, "ETALASE_RUNNER": address}
        run = subprocess.Popen([ETALASE, "process", "--json"], cwd=tmp_path, env=variables, stdout=subprocess.PIPE)
        deadline = time.monotonic() + 300
        while not installation.objects("renditions/"):
            assert time.monotonic() < deadline, "no photo was ever finished"
            time.sleep(0.1)
        os.kill(worker_of_dask(), signal.SIGKILL)
        said, _ = run.communicate(timeout=600)

    assert json.loads(said)["published"] == LISTINGS
    assert sorted(receipts(installation)) == sorted(f"listing-{number}" for number in range(LISTINGS))
