"""S3 failing for a while, in each of the ways in which a server on a network does, while a run is at work."""

import time
from pathlib import Path
from random import Random

import pytest

from tests.faults.conftest import FAULTS, Undisturbed
from tests.faults.moments import disturb
from tests.faults.village import village
from tests.servers.ceph_rgw import S3Server
from tests.servers.failing_s3 import Outage, s3_door
from tests.servers.oscar_shop import Shop

LONGEST_SECONDS = 3.0
"""Of an outage: longer than the impatient command's S3 client tries again, and shorter than a run's patience."""


@pytest.mark.heavy
@pytest.mark.timeout(6000)
@pytest.mark.parametrize("outage", Outage)
def test_a_store_that_fails_for_a_while_loses_nothing(
    outage: Outage,
    tmp_path: Path,
    s3_server: S3Server,
    postgresql_url: str,
    prefect_api: str,
    oscar_shop: Shop,
    undisturbed: Undisturbed,
    chance: Random,
) -> None:
    with (
        s3_door(s3_server.endpoint, chance) as door,
        village(
            tmp_path,
            s3=s3_server,
            endpoint=door.address,
            catalog=postgresql_url,
            prefect_api=prefect_api,
            shop=oscar_shop,
        ) as place,
    ):

        def fail_for_a_while() -> None:
            door.outage = outage
            time.sleep(chance.uniform(0.1, LONGEST_SECONDS))
            door.outage = None

        disturb(place, chance, FAULTS, undisturbed.work, strike=fail_for_a_while)
        while not door.failed:
            # All of them fell into pauses of the run.
            disturb(place, chance, 1, undisturbed.work, strike=fail_for_a_while)
        place.settle()

        place.require_undisturbed(undisturbed.made)
