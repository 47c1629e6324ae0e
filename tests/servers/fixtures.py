"""Fixtures for every test that needs an object store or a catalog, on all that the project supports."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.ceph_rgw import BUCKET, S3Server, running_ceph_rgw
from tests.servers.language_model import LanguageModel, running_language_model
from tests.servers.oscar_shop import Shop, running_shop
from tests.servers.postgresql import fresh_database, running_postgresql
from tests.servers.prefect_server import running_prefect
from tests.servers.receiver import Receiver, running_receiver


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    with running_ceph_rgw() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    with running_postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def prefect_on_postgresql(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Prefect server whose database is PostgreSQL, for the whole test run."""
    with (
        fresh_database(postgresql_server) as database,
        running_prefect(database, tmp_path_factory.mktemp("prefect-on-postgresql")) as address,
    ):
        yield address


@pytest.fixture(scope="session")
def oscar_shop() -> Iterator[Shop]:
    with running_shop() as shop:
        yield shop


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A marketplace that our webhook calls."""
    with running_receiver() as receiver:
        yield receiver


@pytest.fixture
def language_model() -> Iterator[LanguageModel]:
    """A language model's server on loopback."""
    with running_language_model() as model:
        yield model


@pytest.fixture
def folder_url(tmp_path: Path) -> str:
    """An empty store in a folder."""
    return f"file:{tmp_path / 'store'}"


@pytest.fixture
def s3_url(s3_server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty part of a bucket on a real server, found through the environment, also by child processes."""
    for name, value in s3_server.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://{BUCKET}/{tmp_path.name}"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A catalog that is not made yet."""
    return f"sqlite:///{tmp_path / 'catalog.sqlite'}"


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """A catalog that is not made yet, in an empty database on a real server."""
    with fresh_database(postgresql_server) as url:
        yield url


@pytest.fixture(params=["folder", "s3"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Each kind of object store in turn, empty."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def catalog_url(request: pytest.FixtureRequest) -> str:
    """Each kind of catalog in turn, not made yet."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
