import time

import boto3
import pytest

from models.store import ObjectMissing, StoreError
from storage.object_store import open_store
from storage.object_store.s3 import S3Store
from tests.servers.ceph_rgw import BUCKET, S3Server
from tests.servers.failing_s3 import CutInTheMiddle, Outage, s3_door
from tests.servers.ports import free_port


def test_the_media_type_is_kept(s3_url: str) -> None:
    store = open_store(s3_url)
    store.put("a.webp", b"1", media_type="image/webp")
    key = store.locate("a.webp").removeprefix(f"s3://{BUCKET}/")
    assert boto3.client("s3").head_object(Bucket=BUCKET, Key=key)["ContentType"] == "image/webp"


def test_a_store_stays_within_its_prefix(s3_url: str) -> None:
    inner, outer = open_store(f"{s3_url}/inner/"), open_store(s3_url)
    inner.put("a", b"1", media_type="image/jpeg")
    outer.put("inner-not", b"2", media_type="image/jpeg")
    assert [info.key for info in inner.list("")] == ["a"]
    assert [info.key for info in outer.list("")] == ["inner-not", "inner/a"]
    assert inner.locate("a") == outer.locate("inner/a") == f"{s3_url}/inner/a"


@pytest.mark.usefixtures("s3_url")
def test_a_bucket_that_is_not_there_is_an_error_and_not_a_missing_object() -> None:
    store = S3Store("etalase-no-such-bucket")
    with pytest.raises(StoreError, match="NoSuchBucket") as raised:
        store.get("a")
    assert not isinstance(raised.value, ObjectMissing)
    with pytest.raises(StoreError, match="NoSuchBucket"):
        list(store.list(""))


def test_a_wrong_secret_is_an_error_of_the_store(s3_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(StoreError, match="SignatureDoesNotMatch"):
        open_store(s3_url).put("a", b"1", media_type="image/jpeg")


def test_no_credentials_are_an_error_of_the_store(s3_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(StoreError, match="credentials"):
        open_store(s3_url).get("a")


def test_a_server_that_is_not_there_is_an_error_of_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    with pytest.raises(StoreError, match="Could not connect"):
        S3Store("bucket").get("a")


def test_nothing_is_reached_before_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boto3, "Session", None)
    assert S3Store("bucket", "a").locate("b") == "s3://bucket/a/b"


def test_clearing_a_folder_ends_uploads_and_takes_names_that_are_no_keys(s3_url: str) -> None:
    store, client = open_store(s3_url), boto3.client("s3")
    prefix = store.locate("raw").removeprefix(f"s3://{BUCKET}/")
    for name in ("ani/", "ani/a//b.jpg", "ani/a\\b.jpg", "budi/1.jpg"):
        client.put_object(Bucket=BUCKET, Key=f"{prefix}/{name}", Body=b"1")
    for name in ("ani/a/2.jpg", "budi/2.jpg"):
        client.create_multipart_upload(Bucket=BUCKET, Key=f"{prefix}/{name}")
    store.clear("raw/ani/")
    assert [info.key for info in store.list("")] == ["raw/budi/1.jpg"]
    uploads = client.list_multipart_uploads(Bucket=BUCKET, Prefix=prefix)["Uploads"]
    assert [upload["Key"] for upload in uploads] == [f"{prefix}/budi/2.jpg"]


@pytest.mark.parametrize("limit", [None, 10, 10_000, 10_000_000])
def test_a_line_that_is_cut_within_an_object_is_an_error_of_the_store(
    s3_url: str, s3_server: S3Server, monkeypatch: pytest.MonkeyPatch, limit: int | None
) -> None:
    open_store(s3_url).put("a.jpg", b"1" * 20_000, media_type="image/jpeg")
    with s3_door(s3_server.endpoint, CutInTheMiddle()) as door:
        monkeypatch.setenv("AWS_ENDPOINT_URL", door.address)
        store = open_store(s3_url)
        door.outage = Outage.CUT
        if limit == 10:
            assert store.get("a.jpg", limit=limit) == b"1" * 11
        elif limit == 10_000:
            with pytest.raises(StoreError, match="10000 of 20001 bytes"):
                store.get("a.jpg", limit=limit)
        else:
            with pytest.raises(StoreError):
                store.get("a.jpg", limit=limit)


@pytest.mark.parametrize(("token", "seconds", "warned"), [("t", 604_800, 1), ("t", 3600, 0), ("", 604_800, 0)])
def test_credentials_that_end_before_their_links_are_warned_of_once(
    token: str, seconds: int, warned: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name, value in (("ACCESS_KEY_ID", "a"), ("SECRET_ACCESS_KEY", "b"), ("SESSION_TOKEN", token)):
        monkeypatch.setenv(f"AWS_{name}", value)
    store = S3Store("etalase")
    for key in ("a.jpg", "b.jpg"):
        assert store.share(key, seconds=seconds)
    assert caplog.text.count("access key of its own") == warned
