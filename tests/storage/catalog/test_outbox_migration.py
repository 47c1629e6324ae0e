"""An outbox of before publications had fingerprints is sent after the migration as if nothing had happened."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from models.publication import Action
from storage.catalog import open_catalog
from storage.catalog.holders import this_process
from storage.catalog.publication_leases import lease_publications, record_receipt
from storage.catalog.reading import list_listings
from tests.storage.made import receipt
from tests.storage.old import catalog_at

OLD = {"key": {"seller": "a", "listing": "b"}, "version": 1, "publisher": "bundle", "identity": "recipe-1"}


@pytest.fixture
def old_catalog(catalog_url: str) -> Iterator[str]:
    """A catalog of the first tables, with one publication that is to be sent."""
    with catalog_at(catalog_url, "0001") as connection:
        connection.execute(text("INSERT INTO sellers VALUES ('a', 0)"))
        connection.execute(
            text(
                "INSERT INTO listings (id, state, number, attempts, seller, listing, folder, version, fingerprint,"
                " photo_count) VALUES (1, 'publishing', 1, 0, 'a', 'b', 'a/b/', 1, 'f', 1)"
            )
        )
        connection.execute(
            text(
                "INSERT INTO publications (id, state, due_at, number, attempts, listing_id, publisher, version,"
                " idempotency_key, publication, created_at)"
                " VALUES (1, 'pending', 0, 0, 0, 1, 'bundle', 1, 'old', :publication, 0)"
            ),
            {"publication": json.dumps(OLD)},
        )
    yield catalog_url


def test_what_was_in_the_outbox_is_still_sent(old_catalog: str) -> None:
    catalog = open_catalog(old_catalog)
    (lease,) = lease_publications(catalog, this_process(), limit=9)
    assert (lease.publication.content, lease.publication.action) == ("", Action.PUBLISH)
    record_receipt(catalog, lease, receipt(lease.publication))
    assert [row.state for row in list_listings(catalog)] == ["published"]
    catalog.close()
