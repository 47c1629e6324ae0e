"""PostgreSQL restarted while a run is at work."""

from pathlib import Path
from random import Random

import pytest

from tests.faults.conftest import FAULTS, Undisturbed
from tests.faults.moments import disturb
from tests.faults.village import village
from tests.servers.ceph_rgw import S3Server
from tests.servers.oscar_shop import Shop
from tests.servers.postgresql import fresh_database, running_cluster


@pytest.mark.heavy
@pytest.mark.timeout(6000)
def test_a_database_that_is_restarted_loses_nothing(
    tmp_path: Path,
    s3_server: S3Server,
    prefect_api: str,
    oscar_shop: Shop,
    undisturbed: Undisturbed,
    chance: Random,
) -> None:
    with (
        running_cluster() as cluster,
        fresh_database(cluster.url) as url,
        village(tmp_path, s3=s3_server, catalog=url, prefect_api=prefect_api, shop=oscar_shop) as place,
    ):

        def restart() -> None:
            cluster.restart(chance.choice(["fast", "immediate"]))

        disturb(place, chance, FAULTS, undisturbed.work, strike=restart)
        place.settle()

        place.require_undisturbed(undisturbed.made)
