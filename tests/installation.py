"""Fixtures for tests that call the whole of Etalase: one Prefect server for all, an installation for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.prefect_server import prefect_server
from models.store import ObjectStore
from storage.catalog.connection import Catalog
from storage.catalog.opening import open_catalog
from storage.catalog.reading import ListingRow, list_listings
from storage.object_store.opening import open_store
from tests.command import environment


@dataclass(frozen=True, slots=True)
class Installation:
    """Where an installation keeps its things, and the environment that its commands run in."""

    folder: Path
    store: ObjectStore
    catalog: Catalog
    environment: dict[str, str]

    def listings(self) -> dict[str, ListingRow]:
        """Return the catalog's rows by the listings' names."""
        return {row.key.listing: row for row in list_listings(self.catalog)}

    def objects(self, prefix: str = "") -> dict[str, bytes]:
        """Return the bytes of all objects under a prefix, by key."""
        return {found.key: self.store.get(found.key) for found in self.store.list(prefix)}


@pytest.fixture(scope="session")
def prefect_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Prefect server that stands for the whole test run, so that few tests wait for their own."""
    with prefect_server(tmp_path_factory.mktemp("prefect")) as address:
        yield address


@pytest.fixture(
    params=[("folder_url", "sqlite_url"), ("s3_url", "postgresql_url")], ids=["one machine", "scaled out"]
)
def installation(request: pytest.FixtureRequest, tmp_path: Path, prefect_api: str) -> Installation:
    """An empty installation: on a folder and SQLite, then on S3 and PostgreSQL."""
    store, catalog = (request.getfixturevalue(name) for name in request.param)
    variables = environment(
        tmp_path / "home",
        ETALASE_STORE=store,
        ETALASE_CATALOG=catalog,
        PREFECT_API_URL=prefect_api,
        PREFECT_HOME=str(tmp_path / "prefect"),
    )
    return Installation(tmp_path, open_store(store), open_catalog(catalog), variables)
