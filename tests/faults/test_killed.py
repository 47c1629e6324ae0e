"""kill -9 of what stands on a machine, or of one run on it: other runs go on from there."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from random import Random

import pytest

from flows.serving_server import api_address, server_service
from tests.command import environment
from tests.faults.conftest import FAULTS, Undisturbed
from tests.faults.village import Village, village
from tests.prefect_runs import ask, start_run, wait_for_end
from tests.servers.ceph_rgw import S3Server
from tests.servers.oscar_shop import Shop
from tests.servers.ports import free_port
from tests.servers.postgresql import fresh_database
from tests.servers.service import LoneService, lone
from tests.standing import Command, kill, standing

LOOK_SECONDS = 0.05
START_SECONDS = 600


@pytest.fixture(scope="module")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, LoneService]]:
    """A Prefect server of these tests' own, and its address."""
    folder, port = tmp_path_factory.mktemp("prefect-of-its-own"), free_port()
    part = server_service(folder, "127.0.0.1", port)
    with lone(part, folder, environment(folder)) as server:
        yield api_address("127.0.0.1", port), server


@pytest.fixture(scope="module")
def place(
    tmp_path_factory: pytest.TempPathFactory,
    prefect: tuple[str, LoneService],
    s3_server: S3Server,
    postgresql_server: str,
    oscar_shop: Shop,
) -> Iterator[Village]:
    """A village whose runs are done by workers of that server."""
    folder = tmp_path_factory.mktemp("killed")
    with (
        fresh_database(postgresql_server) as url,
        village(folder, s3=s3_server, catalog=url, prefect_api=prefect[0], shop=oscar_shop) as found,
    ):
        yield found


def begin_work(place: Village, api: str) -> str:
    """Ask for a new seller's run, wait until a worker has begun it, and return its id."""
    run = start_run(api, "onboard-seller", {"onboarding": {"seller": place.add_seller()}})
    deadline = time.monotonic() + START_SECONDS
    while ask(api, f"/flow_runs/{run}")["state_type"] in {"SCHEDULED", "PENDING"}:
        assert time.monotonic() < deadline, "no worker has begun"
        time.sleep(LOOK_SECONDS)
    return run


def wait_for_moment(place: Village, chance: Random, begun: int, work: int) -> None:
    """Wait until a run has made a random part of what it makes."""
    wanted = begun + chance.randrange(work)
    deadline = time.monotonic() + START_SECONDS
    while place.count_made() < wanted:
        assert time.monotonic() < deadline, place.told()
        time.sleep(LOOK_SECONDS)
    time.sleep(chance.uniform(0, 0.3))


def worker_for(place: Village, api: str) -> AbstractContextManager[Command]:
    return standing(place.folder, place.environment, "worker", "--runs", "1", ready=api)


def finish(place: Village, api: str) -> None:
    """Have the nightly run do what is left."""
    assert wait_for_end(api, start_run(api, "process-due"))["state_name"] == "Completed"
    place.settle()


@pytest.mark.heavy
@pytest.mark.timeout(6000)
def test_after_a_worker_is_killed_the_next_one_goes_on(
    place: Village, prefect: tuple[str, LoneService], undisturbed: Undisturbed, chance: Random
) -> None:
    api, _ = prefect
    killed = 0
    while killed < FAULTS:
        with worker_for(place, api) as worker:
            begun = place.count_made()
            run = begin_work(place, api)
            wait_for_moment(place, chance, begun, undisturbed.work)
            kill(worker.process.pid)
            worker.process.wait()
        place.require_nothing_left()
        # One that was quicker than we were is no fault, and counts as none.
        killed += ask(api, f"/flow_runs/{run}")["state_name"] != "Completed"
    with worker_for(place, api):
        finish(place, api)

    place.require_undisturbed(undisturbed.made)


@pytest.mark.heavy
@pytest.mark.timeout(6000)
def test_after_a_run_is_killed_the_next_one_goes_on(
    place: Village, prefect: tuple[str, LoneService], undisturbed: Undisturbed, chance: Random
) -> None:
    api, _ = prefect
    crashed = 0
    with worker_for(place, api):
        while crashed < FAULTS:
            begun = place.count_made()
            run = begin_work(place, api)
            wait_for_moment(place, chance, begun, undisturbed.work)
            with suppress(ProcessLookupError):
                kill(int(ask(api, f"/flow_runs/{run}")["infrastructure_pid"]))
            end = wait_for_end(api, run)["state_name"]
            assert end in {"Crashed", "Completed"}
            crashed += end == "Crashed"
        finish(place, api)

    place.require_undisturbed(undisturbed.made)


@pytest.mark.heavy
@pytest.mark.timeout(6000)
def test_after_prefects_server_is_killed_the_worker_works_on(
    place: Village, prefect: tuple[str, LoneService], undisturbed: Undisturbed, chance: Random
) -> None:
    api, server = prefect
    killed = 0
    with worker_for(place, api):
        while killed < FAULTS:
            begun = place.count_made()
            run = begin_work(place, api)
            wait_for_moment(place, chance, begun, undisturbed.work)
            killed += ask(api, f"/flow_runs/{run}")["state_name"] == "Running"
            server.kill()
            time.sleep(chance.uniform(0, 2))
            server.start()
        finish(place, api)

    place.require_undisturbed(undisturbed.made)
