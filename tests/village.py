"""An installation on servers alone that stands, with a shop and a marketplace outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from models.listing import ListingKey
from models.store import ObjectStore
from storage.catalog.connection import Catalog
from storage.catalog.opening import open_catalog
from storage.catalog.reading import ListingRow, list_listings
from storage.object_store.opening import open_store
from tests.command import environment
from tests.prefect_runs import deployment
from tests.servers.ceph_notifications import client, notify, with_password
from tests.servers.ceph_rgw import S3Server
from tests.servers.oscar_shop import SECRET as SHOP_SECRET
from tests.servers.oscar_shop import Shop
from tests.servers.postgresql import fresh_database
from tests.servers.prefect_server import running_prefect
from tests.servers.receiver import SECRET, Receiver
from tests.servers.web import running_web
from tests.standing import standing

TOKEN = "the-password-of-a-bucket-in-a-test"


@dataclass(frozen=True)
class Village:
    """S3, PostgreSQL twice, web and worker."""

    bucket: str
    store: ObjectStore
    catalog: Catalog
    s3: Any
    web: str
    """The web application's address."""

    def put(self, key: ListingKey, file: str, data: bytes) -> None:
        """Put a file of a listing's into the bucket, as any S3 client does."""
        self.s3.put_object(Bucket=self.bucket, Key=f"raw/{key}/{file}", Body=data)

    def listing(self, key: ListingKey, state: str) -> ListingRow | None:
        """Return a listing once it is in a state."""
        rows = list_listings(self.catalog, seller=key.seller)
        return next((row for row in rows if (row.key, row.state) == (key, state)), None)


@pytest.fixture
def village(
    s3_server: S3Server,
    postgresql_server: str,
    oscar_shop: Shop,
    receiver: Receiver,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Village]:
    """A village that publishes to the shop and to the receiver, and hears of all that comes into its bucket."""
    bucket = tmp_path.name.replace("_", "-").lower()
    s3 = client("s3", s3_server)
    s3.create_bucket(Bucket=bucket)
    for name, value in s3_server.environment.items():
        monkeypatch.setenv(name, value)
    publishers = tmp_path / "publishers.toml"
    publishers.write_text(
        f'[[publisher]]\nkind = "oscar"\nname = "toko"\nurl = "{oscar_shop.api}"\n'
        'product_class = "goods"\nstock = 2\n'
        f'[[publisher]]\nkind = "webhook"\nname = "pasar"\nurl = "{receiver.address}"\n'
    )
    with fresh_database(postgresql_server) as catalog, fresh_database(postgresql_server) as prefect:
        home = tmp_path / "home"
        with running_prefect(prefect, tmp_path) as api:
            variables = environment(
                home,
                ETALASE_STORE=f"s3://{bucket}",
                ETALASE_CATALOG=catalog,
                ETALASE_PUBLISHERS=str(publishers),
                ETALASE_PUBLISHER_SECRETS=f"toko={SHOP_SECRET},pasar={SECRET}",
                ETALASE_WEBHOOK_TOKENS=TOKEN,
                PREFECT_API_URL=api,
                PREFECT_HOME=str(tmp_path / "prefect"),
            )
            with (
                standing(tmp_path, variables, "worker", ready=api),
                running_web(tmp_path, variables) as web,
            ):
                assert deployment(api, "ingest-listing")["name"]
                notify(s3_server, bucket, with_password(web, TOKEN), prefix="raw/")
                opened = open_catalog(catalog)
                yield Village(bucket, open_store(f"s3://{bucket}"), opened, s3, web)
                opened.close()
