"""Village centres whose listings are processed already, with the publishers that a test declares."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import update

from config.settings import Settings
from flows.outbox_work import drain_outbox
from flows.summary import BatchSummary
from models.listing import ListingKey
from models.publication import Publication
from models.state import ListingState
from models.store import ObjectStore
from storage.catalog.arrivals import Arrival, ArrivedFile, record_arrivals
from storage.catalog.clock import EPOCH
from storage.catalog.connection import Catalog
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.opening import open_catalog
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from storage.catalog.schema import Listings, Publications, Publishers
from storage.object_store.opening import open_store
from tests.publishing.results import stored_result
from tests.servers.oscar_shop import SECRET as SHOP_SECRET
from tests.servers.oscar_shop import Shop
from tests.servers.receiver import SECRET, Receiver

FEED = 'link = "https://pasar.example/{seller}/{listing}"\npictures = "https://foto.example/feeds"\n'
GOOGLE = (
    f'[[publisher]]\nkind = "google"\nname = "google"\ntitle = "Pasar"\nhome = "https://pasar.example/"\n{FEED}'
    'availability = "in_stock"\n'
)
META = (
    f'[[publisher]]\nkind = "meta"\nname = "meta"\nbrand = "Pasar"\n{FEED}availability = "in stock"\n'
    '[[publisher]]\nkind = "shopee-sheet"\nname = "shopee"\npictures = "https://foto.example/feeds"\n'
)


@dataclass
class Centre:
    """A village centre whose listings are processed already."""

    store: ObjectStore
    catalog: Catalog
    names: tuple[str, ...]

    def process(self, place: str, *, version: int = 1, title: str = "Tampah Bambu") -> None:
        """Take a new state of a listing all the way to the outbox."""
        seller, listing = place.split("/")
        key = ListingKey(seller=seller, listing=listing)
        file = ArrivedFile(file="depan.jpg", size=1, etag=f"{title} {version}", modified=EPOCH)
        record_arrivals(self.catalog, [Arrival(key=key, photos=(file,), note=None)])
        (lease,) = lease_listings(self.catalog, this_process())
        result = stored_result(self.store, lease.version, key=key, title=title)
        finish(self.catalog, lease, result, tuple(Publication.of(result, name) for name in self.names))

    def remove(self, place: str) -> None:
        """Have the seller take a listing away."""
        seller, listing = place.split("/")
        key = ListingKey(seller=seller, listing=listing)
        record_arrivals(self.catalog, [Arrival(key=key, photos=(), note=None)])
        with self.catalog.write() as connection:
            connection.execute(update(Listings).where(Listings.due_at.is_not(None)).values(due_at=EPOCH))
        (lease,) = lease_listings(self.catalog, this_process())
        finish(self.catalog, lease, stored_result(self.store, lease.version, key=key, files=()), ())

    def publish(self) -> BatchSummary:
        """Drain the outbox once, as the flow does."""
        return drain_outbox(Settings())

    def let_retries_be_due(self) -> None:
        with self.catalog.write() as connection:
            connection.execute(update(Publications).where(Publications.due_at.is_not(None)).values(due_at=EPOCH))
            connection.execute(update(Publishers).values(paused_until=None))

    def states(self) -> dict[str, ListingState]:
        return {str(row.key): row.state for row in list_listings(self.catalog)}


class Centres:
    """Makes centres with the publishers that a test declares."""

    def __init__(self, folder: Path, store: str, catalog: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._monkeypatch = folder, monkeypatch
        monkeypatch.chdir(folder)
        monkeypatch.setenv("ETALASE_HOME", str(folder / "home"))
        monkeypatch.setenv("ETALASE_STORE", store)
        monkeypatch.setenv("ETALASE_CATALOG", catalog)
        self._store, self.catalog = open_store(store), open_catalog(catalog)

    def declare(self, text: str, *, names: tuple[str, ...], secrets: str = "") -> Centre:
        file = self._folder / "publishers.toml"
        file.write_text(text, encoding="utf-8")
        self._monkeypatch.setenv("ETALASE_PUBLISHERS", str(file))
        self._monkeypatch.setenv("ETALASE_PUBLISHER_SECRETS", secrets)
        return Centre(self._store, self.catalog, ("bundle", *names))


def webhook(centres: Centres, receiver: Receiver) -> Centre:
    declared = f'[[publisher]]\nkind = "webhook"\nname = "pasar"\nurl = "{receiver.address}"\n'
    return centres.declare(declared, names=("pasar",), secrets=f"pasar={SECRET}")


def oscar(centres: Centres, shop: Shop) -> Centre:
    declared = (
        f'[[publisher]]\nkind = "oscar"\nname = "toko"\nurl = "{shop.api}"\nproduct_class = "goods"\nstock = 1\n'
    )
    return centres.declare(declared, names=("toko",), secrets=f"toko={SHOP_SECRET}")
