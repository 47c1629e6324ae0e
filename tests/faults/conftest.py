"""Fault series: how many faults of each kind, at which moments, and what an undisturbed run is like.

``ETALASE_FAULTS`` says how many, and ``ETALASE_FAULTS_SEED`` repeats the moments of an earlier run.
"""

import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from config.settings import Settings
from flows.photo_work import work_on_photo
from models.photo import Finished, PhotoKey
from storage.catalog.opening import open_catalog
from storage.catalog.reading import list_listings
from storage.object_store.opening import open_store
from tests.command import environment, run_etalase
from tests.faults.goods import PUBLISHED, Made, add_seller, photos_of, renditions_of
from tests.faults.village import Village, village
from tests.servers.ceph_rgw import S3Server
from tests.servers.oscar_shop import Shop

FAULTS = int(os.environ.get("ETALASE_FAULTS", "3"))
# As for hypothesis: other moments where somebody works on the code, the same ones where a change is judged.
SEED = os.environ.get("ETALASE_FAULTS_SEED") or ("1" if "CI" in os.environ else f"{random.randrange(10**9)}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"fault series: {FAULTS} of each kind, ETALASE_FAULTS_SEED={SEED}")


@dataclass(frozen=True)
class Undisturbed:
    """A run in which nothing happens."""

    folder: Path
    of_one: dict[str, Made]
    """What became of each of one seller's listings."""
    work: int
    """How many things a run for one seller makes: objects, and calls at the marketplace."""

    def made(self, seller: str) -> dict[str, Made]:
        """Return what becomes of each of a seller's listings: the same, but of her own photos."""
        return {
            listing: replace(made, renditions=self._renditions(seller, listing))
            for listing, made in self.of_one.items()
        }

    def _renditions(self, seller: str, listing: str) -> tuple[tuple[str, str], ...]:
        settings = Settings(home=self.folder / "expected")
        store, results = open_store(settings.store), []
        for file, data in photos_of(seller, listing).items():
            key = PhotoKey(seller=seller, listing=listing, file=file)
            store.put(key.raw, data, media_type="image/jpeg")
            results.append(work_on_photo(settings, key))
        return renditions_of(result for result in results if isinstance(result, Finished))


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, prefect_api: str) -> Undisturbed:
    """One seller's listings processed and published in peace."""
    folder = tmp_path_factory.mktemp("undisturbed")
    variables = environment(folder, PREFECT_API_URL=prefect_api, PREFECT_HOME=str(folder / "prefect"))
    store = open_store(f"file:{folder}/store")
    add_seller(store, "ibu-ani")
    run = run_etalase(folder, variables, "process", "--json")
    assert json.loads(run.stdout)["published"] == len(PUBLISHED), run.stderr
    catalog = open_catalog(f"sqlite:///{folder}/catalog.sqlite")
    made = {row.key.listing: Made.of(row) for row in list_listings(catalog)}
    catalog.close()
    objects = sum(not found.key.startswith("raw/") for found in store.list(""))
    return Undisturbed(folder, made, objects + len(PUBLISHED))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """What decides on a test's moments: another one for each test, the same for the same seed."""
    return random.Random(f"{SEED} {request.node.name}")


@pytest.fixture
def scaled_out(
    tmp_path: Path, s3_server: S3Server, postgresql_url: str, prefect_api: str, oscar_shop: Shop
) -> Iterator[Village]:
    """A village on S3 and PostgreSQL."""
    with village(
        tmp_path, s3=s3_server, catalog=postgresql_url, prefect_api=prefect_api, shop=oscar_shop
    ) as found:
        yield found
