"""A worker frozen past its lease, as in a laptop that was closed, which wakes up: it changes nothing any more."""

import os
import signal
from random import Random

import pytest
from sqlalchemy import select

from storage.catalog.connection import Catalog
from storage.catalog.schema import Listings, Publications, Results
from tests.faults.conftest import FAULTS, Undisturbed
from tests.faults.moments import moments
from tests.faults.village import RUN_SECONDS, Village


def written(catalog: Catalog) -> list[list[tuple[object, ...]]]:
    """Return all that a worker writes about listings, with its times."""
    with catalog.read() as connection:
        return [
            [tuple(row) for row in connection.execute(select(table).order_by(*table.__table__.primary_key))]
            for table in (Listings, Results, Publications)
        ]


@pytest.mark.heavy
@pytest.mark.timeout(6000)
def test_a_worker_that_wakes_up_after_its_lease_changes_nothing(
    scaled_out: Village, undisturbed: Undisturbed, chance: Random
) -> None:
    place, frozen = scaled_out, 0
    while frozen < FAULTS:
        place.add_seller()
        sleeper = place.start("process")
        for _ in moments(place, sleeper, chance, 1, undisturbed.work):
            os.killpg(sleeper.pid, signal.SIGSTOP)
            frozen += 1
            place.let_leases_lapse()
            place.settle()
            before = written(place.catalog)

            os.killpg(sleeper.pid, signal.SIGCONT)

            assert sleeper.wait(RUN_SECONDS) == 0, place.told()
            assert written(place.catalog) == before
        sleeper.wait(RUN_SECONDS)

    place.require_undisturbed(undisturbed.made)
