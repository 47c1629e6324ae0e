"""Links and deliveries that SQLite numbered before are kept, and no number of theirs is given again."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, text

from storage.catalog import open_catalog
from storage.catalog.upload_links import is_open_to, link_of, make_link, withdraw_links
from tests.storage.events import changed, know, tell
from tests.storage.made import key
from tests.storage.old import catalog_at

LINK = "INSERT INTO upload_links VALUES (:id, :token_hash, 'bu-ani', 'tas', 'sari', 9999999999999)"
TOKEN_HASH = "3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0"
UPLOAD = (
    "INSERT INTO uploads (id, seller, listing, ordinal, sender_key, sender, stem, size, received, ends)"
    " VALUES (:sender, 'bu-ani', :listing, 1, 'k', :sender, '01', 9, 0, '[]')"
)
DELIVERY = (
    "INSERT INTO deliveries (id, state, number, attempts, identity, kind, seller, listing, subject, position,"
    " urgent, event, calls, received_at)"
    " VALUES (41, 'done', 2, 0, 'i', 'object_changed', 'a', 'b', 's', '', 1, '{}', 3, 0)"
)


@pytest.fixture
def old_catalog(sqlite_url: str) -> Iterator[str]:
    """A catalog with a link, photos of links that are gone, and a delivery."""
    with catalog_at(sqlite_url, "0014") as connection:
        connection.execute(text("INSERT INTO sellers VALUES ('bu-ani', 0, NULL)"))
        connection.execute(text(LINK), {"id": 3, "token_hash": TOKEN_HASH})
        for sender, listing in (("link 12", "topi"), ("link 7", "besek"), ("sari", "tikar")):
            connection.execute(text(UPLOAD), {"sender": sender, "listing": listing})
        connection.execute(text(DELIVERY))
    yield sqlite_url


def stand(connection: Connection) -> list[object]:
    """Return the rows and indexes of both tables."""
    indexes = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('upload_links', 'deliveries')"
    )
    queries = ("SELECT * FROM upload_links", "SELECT * FROM deliveries", f"{indexes} ORDER BY name")
    return [connection.execute(text(query)).all() for query in queries]


def test_what_stood_there_stands_and_a_link_begins_above_all_whose_photos_are_known(old_catalog: str) -> None:
    engine = create_engine(old_catalog)
    with engine.connect() as connection:
        before = stand(connection)
    catalog = open_catalog(old_catalog)
    with catalog.read() as connection:
        assert stand(connection) == before

    assert link_of(catalog, "token") is not None
    link, _ = make_link(catalog, key("bu-ani/tas"), by="sari")
    assert link.id == 13
    assert not is_open_to(catalog, link, "topi")
    catalog.close()
    engine.dispose()


def test_numbers_above_all_photos_are_not_given_again_either(old_catalog: str) -> None:
    engine = create_engine(old_catalog)
    with engine.begin() as connection:
        connection.execute(text(LINK), {"id": 20, "token_hash": "another"})
    engine.dispose()
    catalog = open_catalog(old_catalog)
    withdraw_links(catalog, "bu-ani", by="sari")
    with catalog.write() as connection:
        connection.execute(text("DELETE FROM deliveries"))

    assert make_link(catalog, key("bu-ani/tas"), by="sari")[0].id == 21
    know(catalog, "a")
    tell(catalog, changed("a/b"))
    with catalog.read() as connection:
        assert connection.execute(text("SELECT id FROM deliveries")).scalars().all() == [42]
    catalog.close()
