"""A shop that does what it is asked, and then answers 500 or nothing at all."""

from pathlib import Path
from random import Random

import pytest

from storage.catalog.dead_letters import retry_dead_letters
from tests.faults.conftest import FAULTS, Undisturbed
from tests.faults.moments import FAULTS_PER_RUN
from tests.faults.village import RUN_SECONDS, village
from tests.servers.ceph_rgw import S3Server
from tests.servers.falling_over import door_before
from tests.servers.oscar_shop import Shop

CALLS = ("POST", "-POST", "GET", "-GET", "PUT", "-PUT")
"""As :class:`tests.servers.falling_over.Door` names what fails; most of a shop's work is a POST."""
OFTEN = (3, 3, 1, 1, 1, 1)


@pytest.mark.heavy
@pytest.mark.timeout(6000)
def test_a_shop_that_fails_after_it_has_made_a_product_has_it_once(
    tmp_path: Path,
    s3_server: S3Server,
    postgresql_url: str,
    prefect_api: str,
    oscar_shop: Shop,
    undisturbed: Undisturbed,
    chance: Random,
) -> None:
    with (
        door_before(oscar_shop.address) as door,
        village(
            tmp_path, s3=s3_server, catalog=postgresql_url, prefect_api=prefect_api, shop=Shop(door.address)
        ) as place,
    ):
        done = 0
        while done < FAULTS:
            place.add_seller()
            place.let_time_pass()
            faults = chance.choices(CALLS, OFTEN, k=min(FAULTS_PER_RUN, FAULTS - done))
            door.failing = list(faults)
            place.start("process").wait(RUN_SECONDS)
            done += len(faults) - len(door.failing)
            door.failing = []
        # What has failed ten times in a row, as one may of many, waits for a person, who sends it again.
        retry_dead_letters(place.catalog, by="tests")
        place.settle()

        place.require_undisturbed(undisturbed.made)
