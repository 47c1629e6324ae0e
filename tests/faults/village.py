"""An installation with everybody to whom it publishes; and what must hold there after any fault."""

import io
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from PIL import Image

from models.state import ListingState
from models.store import ObjectStore
from publishing.product_code import product_code
from storage.catalog.connection import Catalog
from storage.catalog.opening import open_catalog
from storage.catalog.reading import ListingRow, list_listings
from storage.catalog.schema import Listings, Publications
from storage.object_store.opening import open_store
from tests.command import ETALASE, environment
from tests.faults.goods import LISTINGS, PUBLISHED, Made, add_seller
from tests.servers.ceph_rgw import BUCKET, S3Server
from tests.servers.oscar_shop import SECRET as SHOP_SECRET
from tests.servers.oscar_shop import Shop
from tests.servers.receiver import SECRET, Receiver, running_receiver
from tests.storage.made import let_pass

IMPATIENT = Path(__file__).with_name("impatient.py")
ROOT = Path(__file__).parents[2]
RUN_SECONDS = 600
GONE_SECONDS = 300
PICTURE_SECONDS = 60
ROUNDS = 4
"""Runs after the last fault in which everything must be done."""
BUSY = {ListingState.DUE, ListingState.LEASED, ListingState.PUBLISHING}


@dataclass(frozen=True)
class Village:
    """Sellers, their installation, and where it publishes besides its bundles."""

    folder: Path
    store: ObjectStore
    catalog: Catalog
    environment: dict[str, str]
    receiver: Receiver | None = None
    shop: Shop | None = None
    sellers: list[str] = field(default_factory=list)

    def know_seller(self) -> str:
        """Return the name of a new seller, of whom the shop has never heard."""
        self.sellers.append(f"ibu-{uuid.uuid4().hex[:8]}")
        return self.sellers[-1]

    def add_seller(self) -> str:
        """Put in the listings of a new seller and return her name."""
        seller = self.know_seller()
        add_seller(self.store, seller)
        return seller

    def start(self, *arguments: str, patient: bool = False) -> "subprocess.Popen[bytes]":
        """Start the command, by default the impatient one, as the first of a group of its own."""
        program = [ETALASE] if patient else [sys.executable, str(IMPATIENT)]
        with (self.folder / "runs.log").open("ab") as log:
            return subprocess.Popen(
                [*program, *arguments],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def rows(self) -> dict[tuple[str, str], ListingRow]:
        """Return the catalog's rows."""
        return {(row.key.seller, row.key.listing): row for row in list_listings(self.catalog)}

    def count_made(self) -> int:
        """Return how many things the runs have made so far: objects in the store, and calls at the marketplace."""
        made = sum(1 for prefix in ("renditions/", "listings/", "published/") for _ in self.store.list(prefix))
        return made + (len(self.receiver.calls) if self.receiver else 0)

    def settle(self) -> None:
        """Run undisturbed until nothing is left to do, as if the time for whatever is postponed had come."""
        for _ in range(ROUNDS):
            if self.is_settled():
                return
            self.let_time_pass()
            self.start("process", patient=True).wait(RUN_SECONDS)
        assert self.is_settled(), f"still at work after {ROUNDS} runs: {self.told()}"

    def let_time_pass(self) -> None:
        """Have all that was postponed be due."""
        let_pass(self.catalog, Listings, "due_at")
        let_pass(self.catalog, Publications, "due_at")

    def let_leases_lapse(self) -> None:
        """Have every lease be one whose holder was not heard of in time."""
        let_pass(self.catalog, Listings, "expires_at")
        let_pass(self.catalog, Publications, "expires_at")

    def is_settled(self) -> bool:
        """Return whether every listing that was put in is known, and none is at work."""
        rows = self.rows()
        known = len(rows) == len(self.sellers) * len(LISTINGS)
        return known and not any(row.state in BUSY for row in rows.values())

    def require_undisturbed(self, undisturbed: Callable[[str], Mapping[str, Made]]) -> None:
        """Check that all is as if nothing had happened: nothing lost, nothing twice, nothing left behind."""
        made = {place: Made.of(row) for place, row in self.rows().items()}
        wanted = {(seller, each): one for seller in self.sellers for each, one in undisturbed(seller).items()}
        assert made == wanted, self.told()
        published = sorted((seller, each) for seller in self.sellers for each in PUBLISHED)
        assert self._bundled() == published
        if self.receiver:
            told = [effect["data"] for effect in self.receiver.effects.values()]
            assert sorted((data["seller"], data["listing"]) for data in told) == published
            assert self.receiver.forged == 0
        if self.shop:
            self._require_products_once(self.shop, published)
        self.require_nothing_left()

    def require_nothing_left(self) -> None:
        """Check that no process of ours runs and no temporary file lies about."""
        deadline = time.monotonic() + GONE_SECONDS
        while left := processes_with(self.environment["ETALASE_HOME"]):
            assert time.monotonic() < deadline, left
            time.sleep(0.1)
        # A worker of Prefect's that is killed leaves an empty folder there.
        assert [left for left in Path(self.environment["TMPDIR"]).rglob("*") if left.is_file()] == []

    def told(self) -> str:
        """Return the end of what the runs have said, for a failure's message."""
        log = self.folder / "runs.log"
        return log.read_text(errors="replace")[-4000:] if log.exists() else ""

    def _bundled(self) -> list[tuple[str, str]]:
        """Return whose bundles lie there, each as often as it does; every one of them is whole."""
        keys = [found.key for found in self.store.list("published/") if found.key.count("/") > 1]
        folders = {key.rpartition("/")[0] for key in keys}
        assert folders == {key.rpartition("/")[0] for key in keys if key.endswith("/receipt.json")}
        return sorted((folder.split("/")[1], folder.split("/")[2]) for folder in folders)

    def _require_products_once(self, shop: Shop, published: list[tuple[str, str]]) -> None:
        rows = self.rows()
        wanted = {product_code(rows[place].key): rows[place].photo_count for place in published}
        products = [each for each in shop.products() if each["upc"] in wanted]
        assert {each["upc"]: len(each["images"]) for each in products} == wanted
        assert len(products) == len(wanted)
        for image in (image for each in products for image in each["images"]):
            picture = httpx.get(image["original"], timeout=PICTURE_SECONDS).raise_for_status().content
            Image.open(io.BytesIO(picture)).load()
        partners = Counter(each["name"] for each in shop.partners())
        assert {seller: partners[seller] for seller in self.sellers} == dict.fromkeys(self.sellers, 1)


@contextmanager
def village(
    folder: Path, *, s3: S3Server, catalog: str, prefect_api: str, shop: Shop, endpoint: str = ""
) -> Iterator[Village]:
    """Give an empty installation on servers, whose own runs find S3 at ``endpoint``."""
    store = f"s3://{BUCKET}/faults-{uuid.uuid4().hex[:12]}"
    with running_receiver() as receiver, pytest.MonkeyPatch.context() as patch:
        publishers = folder / "publishers.toml"
        publishers.write_text(
            f'[[publisher]]\nkind = "webhook"\nname = "pasar"\nurl = "{receiver.address}"\n'
            f'[[publisher]]\nkind = "oscar"\nname = "toko"\nurl = "{shop.api}"\n'
            'product_class = "goods"\nstock = 3\n'
        )
        variables = _variables(folder, store, catalog, prefect_api) | {
            "ETALASE_PUBLISHERS": str(publishers),
            "ETALASE_PUBLISHER_SECRETS": f"pasar={SECRET},toko={SHOP_SECRET}",
            **s3.environment,
            "AWS_ENDPOINT_URL": endpoint or s3.endpoint,
        }
        # The test itself looks at the real server, whatever stands in front of it.
        for name, value in s3.environment.items():
            patch.setenv(name, value)
        opened = open_catalog(catalog)
        try:
            yield Village(folder, open_store(store), opened, variables, receiver, shop)
        finally:
            opened.close()


@contextmanager
def village_on_a_disk(folder: Path, *, disk: Path, prefect_api: str) -> Iterator[Village]:
    """Give an empty installation that keeps everything in the folder ``disk`` and publishes bundles."""
    store, catalog = f"file:{disk}/store", f"sqlite:///{disk}/catalog.sqlite"
    opened = open_catalog(catalog)
    try:
        yield Village(folder, open_store(store), opened, _variables(folder, store, catalog, prefect_api))
    finally:
        opened.close()


def processes_with(home: str) -> dict[int, str]:
    """Return ids and command lines of all processes whose environment names this ``ETALASE_HOME``."""
    mark = f"ETALASE_HOME={home}".encode()
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
    return found


def _variables(folder: Path, store: str, catalog: str, prefect_api: str) -> dict[str, str]:
    temporary = folder / "tmp"
    temporary.mkdir(parents=True)
    return environment(
        folder / "home",
        ETALASE_STORE=store,
        ETALASE_CATALOG=catalog,
        PREFECT_API_URL=prefect_api,
        PREFECT_HOME=str(folder / "prefect"),
        PYTHONPATH=str(ROOT),
        TMPDIR=str(temporary),
    )
