"""``etalase process --retry``: what was given up is processed again."""

from models.state import ListingState
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings, release
from storage.catalog.opening import open_catalog
from storage.catalog.schema import Listings
from storage.discovery import discover
from storage.object_store.opening import open_store
from tests.cli.terminal import Terminal
from tests.storage.made import let_pass


def test_a_listing_that_was_given_up_is_processed_again(terminal: Terminal) -> None:
    store, catalog = open_store(terminal.store), open_catalog(terminal.catalog)
    store.put("raw/ibu-ani/tampah/depan.jpg", b"no photo", media_type="image/jpeg")
    discover(store, catalog)
    for _ in range(5):
        let_pass(catalog, Listings, "due_at")
        (lease,) = lease_listings(catalog, this_process())
        release(catalog, lease, error="the store was away")
    catalog.close()
    assert terminal.states() == {"tampah": ListingState.FAILED}

    run = terminal.run("process", "--retry", "ibu-ani/tampah")

    assert run.returncode == 0, run.stderr
    assert "1 produk diolah lagi" in run.stderr
    assert terminal.states() == {"tampah": ListingState.WAITING}
    again = terminal.run("process", "--retry", "ibu-ani/tampah")
    assert again.returncode == 2 and "ibu-ani/tampah" in again.stderr
