"""An empty database for the length of a measurement, on a PostgreSQL server that the caller names."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


@contextmanager
def scratch_database(server: str) -> Iterator[str]:
    """Give the URL of an empty database on ``server``, named as a catalog is; it is gone afterwards."""
    name = f"etalase_bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(plain(server), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(plain(server), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def plain(url: str) -> str:
    """Return a URL as PostgreSQL's own programs and psycopg know it."""
    return url.replace("+psycopg:", ":", 1)
