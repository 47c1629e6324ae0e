"""Workers that share a catalog: each listing is done once, and none waits for another."""

from pathlib import Path

import pytest

from lab.bench.contention import contend

LISTINGS = 240


@pytest.mark.heavy
def test_four_workers_do_everything_once_and_hardly_ever_wait_for_each_other(
    postgresql_url: str, prefect_api: str, tmp_path: Path
) -> None:
    outcome = contend(postgresql_url, prefect_api, tmp_path, listings=LISTINGS, workers=4)

    assert outcome.counts == dict.fromkeys(
        ("listings", "published", "taken once", "sent once", "bundles"), LISTINGS
    )
    assert (outcome.deadlocks, outcome.faults) == (0, [])
    # Where each had to wait for the others it would be most of the time, on whatever machine.
    assert outcome.in_waiting < 0.1
