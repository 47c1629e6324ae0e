"""A real Ceph tells a real web server of what a plain S3 client does in a bucket."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from models.event import ObjectChanged
from models.listing import ListingKey
from storage.catalog import Catalog, open_catalog
from storage.catalog.arrivals import Arrival, ArrivedFile, record_arrivals
from storage.catalog.clock import EPOCH
from storage.catalog.deliveries import EVENT
from storage.catalog.schema import Deliveries
from tests.command import environment
from tests.servers.ceph_notifications import client, notify, with_password
from tests.servers.ceph_rgw import S3Server
from tests.servers.web import running_web
from tests.web.ingest.told import TOKEN


@pytest.fixture
def catalog(catalog_url: str) -> Iterator[Catalog]:
    catalog = open_catalog(catalog_url)
    yield catalog
    catalog.close()


@pytest.fixture
def bucket(s3_server: S3Server, tmp_path: Path) -> str:
    """A bucket of the test's own: Ceph tells of it for ever what it was once told to tell."""
    name = tmp_path.name.replace("_", "-").lower()
    client("s3", s3_server).create_bucket(Bucket=name)
    return name


@pytest.fixture
def address(catalog: Catalog, catalog_url: str, bucket: str, tmp_path: Path) -> Iterator[str]:
    variables = environment(
        tmp_path,
        ETALASE_STORE=f"s3://{bucket}/shop",
        ETALASE_CATALOG=catalog_url,
        ETALASE_WEBHOOK_TOKENS=TOKEN,
        AWS_DEFAULT_REGION="us-east-1",
    )
    with running_web(tmp_path, variables) as address:
        yield address


def kept(catalog: Catalog) -> list[ObjectChanged]:
    with catalog.read() as connection:
        events = connection.scalars(select(Deliveries.event).order_by(Deliveries.id))
        return [event for event in map(EVENT.validate_json, events) if isinstance(event, ObjectChanged)]


def test_what_is_written_and_removed_is_kept_before_ceph_has_answered(
    s3_server: S3Server, address: str, bucket: str, catalog: Catalog
) -> None:
    notify(s3_server, bucket, with_password(address, TOKEN))
    store = client("s3", s3_server)
    name = "shop/raw/ibu ani/tam+pah/100%41 é 1.jpg"
    store.put_object(Bucket=bucket, Key=name, Body=b"photo")
    (event,) = kept(catalog)
    assert (str(event.key), event.file, event.urgent) == ("ibu ani/tam+pah", "100%41 é 1.jpg", False)
    store.put_object(Bucket=bucket, Key="shop/raw/ibu ani/tam+pah/listing.json", Body=b"{}")
    assert kept(catalog)[1].urgent
    # That a file is gone is news only of a seller who is known.
    photo = ArrivedFile(file="1.jpg", size=1, etag="1", modified=EPOCH)
    key = ListingKey(seller="ibu ani", listing="tam+pah")
    record_arrivals(catalog, [Arrival(key=key, photos=(photo,), note=None)])
    store.delete_object(Bucket=bucket, Key=name)
    assert [event.removed for event in kept(catalog)] == [False, False, True]
    store.put_object(Bucket=bucket, Key="shop/renditions/ibu ani/tam+pah/1.jpg", Body=b"")
    store.put_object(Bucket=bucket, Key="elsewhere/raw/ibu ani/tam+pah/1.jpg", Body=b"")
    assert len(kept(catalog)) == 3


def test_a_photo_in_many_parts_is_told_once_it_is_whole(
    s3_server: S3Server, address: str, bucket: str, catalog: Catalog
) -> None:
    notify(s3_server, bucket, with_password(address, TOKEN))
    store = client("s3", s3_server)
    place = {"Bucket": bucket, "Key": "shop/raw/ibu-ani/tampah/1.jpg"}
    upload = store.create_multipart_upload(**place)["UploadId"]
    part = store.upload_part(**place, UploadId=upload, PartNumber=1, Body=b"photo")
    before = len(kept(catalog))
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    store.complete_multipart_upload(**place, UploadId=upload, MultipartUpload=parts)
    assert len(kept(catalog)) == before + 1
    assert {str(event.key) for event in kept(catalog)} == {"ibu-ani/tampah"}


def test_with_another_password_nothing_is_kept(
    s3_server: S3Server, address: str, bucket: str, catalog: Catalog
) -> None:
    notify(s3_server, bucket, with_password(address, "the-wrong-password-0123456789-0123"))
    client("s3", s3_server).put_object(Bucket=bucket, Key="shop/raw/ibu-ani/tampah/1.jpg", Body=b"photo")
    assert kept(catalog) == []
