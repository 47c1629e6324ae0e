"""Addresses from which others fetch an object."""

import time
from pathlib import Path

import httpx
import pytest

from models.store import StoreError
from storage.object_store import open_store

PATIENCE_SECONDS = 60


def test_anybody_can_fetch_what_is_shared_until_its_time_is_over(s3_url: str) -> None:
    store = open_store(s3_url)
    store.put("a/foto depan 😀.jpg", b"picture", media_type="image/jpeg")
    answer = httpx.get(store.share("a/foto depan 😀.jpg", seconds=600), timeout=PATIENCE_SECONDS)
    assert (answer.status_code, answer.content) == (200, b"picture")
    assert answer.headers["content-type"] == "image/jpeg"
    short = store.share("a/foto depan 😀.jpg", seconds=1)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while httpx.get(short, timeout=PATIENCE_SECONDS).status_code == 200:
        assert time.monotonic() < deadline, "it can be fetched for ever"
        time.sleep(0.2)
    assert httpx.get(short, timeout=PATIENCE_SECONDS).status_code == 403


def test_a_shared_address_opens_nothing_else(s3_url: str) -> None:
    store = open_store(s3_url)
    store.put("a/one.jpg", b"one", media_type="image/jpeg")
    store.put("a/two.jpg", b"two", media_type="image/jpeg")
    assert httpx.get(store.share("a/one.jpg", seconds=60).replace("one.jpg", "two.jpg")).status_code == 403


def test_a_folder_has_no_address_for_others(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no address"):
        open_store(f"file:{tmp_path}").share("a.jpg", seconds=60)


def test_what_is_deleted_from_a_folder_leaves_no_empty_folders(tmp_path: Path) -> None:
    store = open_store(f"file:{tmp_path}")
    store.put("raw/bu-sari/keripik/a.jpg", b"a", media_type="image/jpeg")
    store.put("raw/pak-asep/b.jpg", b"b", media_type="image/jpeg")
    store.delete("raw/bu-sari/keripik/a.jpg")
    assert [path.name for path in (tmp_path / "raw").iterdir()] == ["pak-asep"]
    store.delete("raw/pak-asep/b.jpg")
    assert list(tmp_path.iterdir()) == []
