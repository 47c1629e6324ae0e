"""Faults that may pass are tried again, and no others: by Prefect's tasks, and by what is too small for one."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import environment

ROOT = Path(__file__).parents[2]
PROGRAM = """
import asyncio, json

from prefect import flow, task

from flows import transient
from models.lease import LeaseLost
from models.store import ObjectMissing, StoreError
from storage.catalog.connection import CatalogError

transient.DELAYS[:] = [0.01] * 4
tries = []


def work(fault, failures):
    tries.append(fault)
    if len(tries) <= failures:
        raise fault("it is away")


@task(retries=4, retry_delay_seconds=0.01, retry_condition_fn=transient.may_pass)
async def work_in_a_task(fault, failures):
    work(fault, failures)


@flow
async def task_in_a_flow(fault, failures):
    await work_in_a_task(fault, failures)


async def question(fault, failures):
    await transient.ask_patiently(lambda: work(fault, failures))


def count(way, fault, failures):
    tries.clear()
    try:
        asyncio.run(way(fault, failures))
    except fault:
        return [len(tries), "gave up"]
    return [len(tries), "done"]


print(json.dumps({
    f"{name} {fault.__name__} {failures}": count(way, fault, failures)
    for name, way in (("task", task_in_a_flow), ("question", question))
    for fault in (StoreError, CatalogError, ObjectMissing, LeaseLost)
    for failures in (3, 99)
}))
"""


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory, prefect_api: str) -> dict[str, list[object]]:
    """What comes of work that fails so often with a fault; in a program of its own, which may load Prefect."""
    home = tmp_path_factory.mktemp("transient")
    variables = environment(home, PREFECT_API_URL=prefect_api, PREFECT_HOME=str(home), PYTHONPATH=str(ROOT))
    quiet = variables | {"PREFECT_LOGGING_LEVEL": "CRITICAL"}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=quiet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("way", ["task", "question"])
@pytest.mark.parametrize("fault", ["StoreError", "CatalogError"])
def test_a_store_or_catalog_that_is_away_is_asked_again(
    way: str, fault: str, ends: dict[str, list[object]]
) -> None:
    assert ends[f"{way} {fault} 3"] == [4, "done"]
    assert ends[f"{way} {fault} 99"] == [5, "gave up"]


@pytest.mark.parametrize("way", ["task", "question"])
@pytest.mark.parametrize("fault", ["ObjectMissing", "LeaseLost"])
def test_what_will_not_change_is_asked_once(way: str, fault: str, ends: dict[str, list[object]]) -> None:
    assert ends[f"{way} {fault} 99"] == [1, "gave up"]
