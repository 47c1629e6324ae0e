"""A real PostgreSQL of our own for the length of a test session, or the one that ETALASE_TEST_POSTGRES names."""

import os
import pwd
import re
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Literal
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.servers.absence import report_absent
from tests.servers.ports import free_port

GIVEN = "ETALASE_TEST_POSTGRES"
INSTALL = "apt-get install -y --no-install-recommends postgresql"
DRIVER = "postgresql+psycopg"
START_SECONDS = 300
# A test's data need not survive a power cut.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server of the tests' own."""

    url: str
    """Of a database from which others can be made."""
    _programs: Path
    _folder: Path
    _user: str | None

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own programs on the cluster."""
        command = [self._programs / program, "-D", str(self._folder / "data"), *arguments]
        subprocess.run(command, check=True, cwd=self._folder, user=self._user, timeout=START_SECONDS)

    def control(self, *arguments: str) -> None:
        """Have the server start or stop, and wait until it has."""
        self.run("pg_ctl", "-s", "-w", "-t", str(START_SECONDS), *arguments)

    def restart(self, how: Literal["fast", "immediate"]) -> None:
        """Stop and start the server: with a farewell to its clients, or as after a power cut."""
        self.control("-l", str(self._folder / "log"), "-m", how, "restart")


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Give the URL of a database from which others can be made."""
    if given := os.environ.get(GIVEN):
        yield given
        return
    with running_cluster() as cluster:
        yield cluster.url


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Make a cluster and start it; end and remove it afterwards."""
    programs = _programs()
    if programs is None:
        report_absent("PostgreSQL", INSTALL)
    folder = Path(mkdtemp(prefix="etalase-postgres-"))
    port = free_port()
    url = f"{DRIVER}://postgres@127.0.0.1:{port}/postgres"
    cluster = Cluster(url, programs, folder, _unprivileged_user(folder))
    options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
    try:
        cluster.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions")
        cluster.control("-l", str(folder / "log"), "-o", f"-p {port} {options}", "start")
        try:
            yield cluster
        finally:
            cluster.control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """Give the URL of an empty database, which is gone afterwards."""
    name = f"etalase_{uuid.uuid4().hex[:12]}"
    admin = server.replace(DRIVER, "postgresql", 1)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _programs() -> Path | None:
    """Debian keeps them off the PATH, one folder per version."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(versions, key=lambda path: int(re.sub(r"\D", "", path.parent.name)), default=None)


def _unprivileged_user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: hand the folder to Debian's own user for it."""
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return user.pw_name
