"""Fixtures for tests that fetch photos from another host, and for those that publish."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import link_fetch
from tests.flows.centres import Centres
from tests.servers.photo_host import HOST, PhotoHost, lead, make_certificate


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The files of the host's certificate and key."""
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def photo_host(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[PhotoHost]:
    """The photos' host, which leads to this machine; its certificate is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    host = PhotoHost(certificate)
    lead(monkeypatch, {HOST: ["127.0.0.1"]})
    with host.running():
        yield host


@pytest.fixture
def as_if_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this machine's address count as public: a test has no other."""
    monkeypatch.setattr(link_fetch, "is_public", lambda address: True)


@pytest.fixture(
    params=[("folder_url", "sqlite_url"), ("s3_url", "postgresql_url")], ids=["one machine", "scaled out"]
)
def centres(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centres]:
    store, catalog = (request.getfixturevalue(name) for name in request.param)
    made = Centres(tmp_path, store, catalog, monkeypatch)
    yield made
    made.catalog.close()


@pytest.fixture
def scaled_out(
    s3_url: str, postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Centres]:
    """Where pictures can be fetched over the network."""
    made = Centres(tmp_path, s3_url, postgresql_url, monkeypatch)
    yield made
    made.catalog.close()
