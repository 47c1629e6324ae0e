import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import pytest

from models.store import InvalidKey, StoreError
from storage.object_store import folder
from storage.object_store.folder import FolderStore

JPEG = "image/jpeg"
ROOT = Path(__file__).parents[3]
DIE_BEFORE_RENAME = """
import os, sys
from pathlib import Path
from storage.object_store.folder import FolderStore
Path.replace = lambda *_: os._exit(9)
FolderStore(Path(sys.argv[1])).put("raw/a.jpg", b"new" * 1000, media_type="image/jpeg")
"""


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


def keys(store: FolderStore, prefix: str = "") -> list[str]:
    return [info.key for info in store.list(prefix)]


def test_a_crash_before_the_rename_leaves_the_old_object_and_nothing_else_to_see(store: FolderStore) -> None:
    store.put("raw/a.jpg", b"old", media_type=JPEG)
    child = subprocess.run(
        [sys.executable, "-c", DIE_BEFORE_RENAME, str(store.root)], cwd=ROOT, check=False, timeout=600
    )
    assert child.returncode == 9
    assert len(list((store.root / "raw").iterdir())) == 2
    assert keys(store) == ["raw/a.jpg"]
    assert store.get("raw/a.jpg") == b"old"
    store.put("raw/a.jpg", b"newer", media_type=JPEG)
    assert store.get("raw/a.jpg") == b"newer"
    assert [path.name for path in (store.root / "raw").iterdir()] == ["a.jpg"]


def test_many_that_write_the_same_object_at_once_leave_it_whole_and_nothing_beside_it(store: FolderStore) -> None:
    versions = [bytes([number]) * 200_000 for number in range(8)]

    def write(data: bytes) -> None:
        for _ in range(20):
            store.put("raw/a.jpg", data, media_type=JPEG)
            assert store.get("raw/a.jpg") in versions

    with ThreadPoolExecutor(len(versions)) as writers:
        list(writers.map(write, versions))

    assert [path.name for path in (store.root / "raw").iterdir()] == ["a.jpg"]


def test_a_full_disk_leaves_the_old_object_and_no_temporary_file(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("a.jpg", b"old", media_type=JPEG)

    def fill_up(file: BinaryIO, source: BinaryIO) -> None:
        file.write(source.read(1))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "_write_durably", fill_up)
    with pytest.raises(StoreError, match="No space left"):
        store.put("a.jpg", b"new", media_type=JPEG)
    assert store.get("a.jpg") == b"old"
    assert [path.name for path in store.root.iterdir()] == ["a.jpg"]


def test_a_temporary_file_is_no_object(store: FolderStore) -> None:
    store.put("raw/a.jpg", b"1", media_type=JPEG)
    (store.root / "raw/.etalase-0123.tmp").write_bytes(b"half")
    assert keys(store) == ["raw/a.jpg"]
    with pytest.raises(InvalidKey):
        store.get("raw/.etalase-0123.tmp")


def test_a_file_where_a_folder_would_be_is_an_error_of_the_store(store: FolderStore) -> None:
    store.put("a", b"1", media_type=JPEG)
    with pytest.raises(StoreError):
        store.put("a/b", b"1", media_type=JPEG)


def test_a_link_out_of_the_store_is_refused(store: FolderStore, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jpg").write_bytes(b"secret")
    store.put("raw/a.jpg", b"1", media_type=JPEG)
    (store.root / "raw/folder").symlink_to(outside)
    (store.root / "raw/file.jpg").symlink_to(outside / "secret.jpg")
    assert keys(store) == ["raw/a.jpg"]
    for key in ("raw/folder/secret.jpg", "raw/file.jpg"):
        with pytest.raises(InvalidKey):
            store.get(key)
        with pytest.raises(InvalidKey):
            store.put(key, b"2", media_type=JPEG)
    with pytest.raises(InvalidKey):
        list(store.list("raw/folder/"))
    assert (outside / "secret.jpg").read_bytes() == b"secret"


def test_a_link_within_the_store_is_followed(store: FolderStore) -> None:
    store.put("raw/a/1.jpg", b"1", media_type=JPEG)
    (store.root / "raw/b").symlink_to(store.root / "raw/a")
    (store.root / "raw/c.jpg").symlink_to("a/1.jpg")
    assert keys(store) == ["raw/a/1.jpg", "raw/b/1.jpg", "raw/c.jpg"]
    assert store.get("raw/b/1.jpg") == store.get("raw/c.jpg") == b"1"


def test_links_in_a_circle_come_to_an_end(store: FolderStore) -> None:
    store.put("a/1.jpg", b"1", media_type=JPEG)
    store.put("b/2.jpg", b"2", media_type=JPEG)
    (store.root / "a/up").symlink_to(store.root)
    (store.root / "a/over").symlink_to(store.root / "b")
    (store.root / "b/over").symlink_to(store.root / "a")
    (store.root / "a/itself").symlink_to("itself")
    (store.root / "a/nowhere").symlink_to("nothing")
    assert keys(store) == ["a/1.jpg", "a/over/2.jpg", "b/2.jpg", "b/over/1.jpg"]
    with pytest.raises(StoreError):
        store.get("a/itself")


def test_only_what_is_looked_at_is_read(store: FolderStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b", "c"):
        store.put(f"raw/{name}/1.jpg", b"1", media_type=JPEG)
    scanned: list[str] = []
    scan = os.scandir

    def note(path: Path) -> object:
        scanned.append(path.name)
        return scan(path)

    monkeypatch.setattr(os, "scandir", note)
    assert next(store.list("raw/")).key == "raw/a/1.jpg"
    assert scanned == ["raw", "a"]


def test_a_name_that_is_not_utf8_is_listed_but_no_key(store: FolderStore) -> None:
    store.put("a.jpg", b"1", media_type=JPEG)
    Path(os.fsdecode(os.fsencode(store.root) + b"/z\xff.jpg")).write_bytes(b"2")
    listed = keys(store)
    assert listed == ["a.jpg", "z\udcff.jpg"]
    with pytest.raises(InvalidKey):
        store.get(listed[1])


def test_a_folder_that_may_not_be_read_is_an_error_of_the_store(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(StoreError, match="Permission denied"):
        list(store.list(""))


def test_a_store_that_was_never_written_is_empty(store: FolderStore) -> None:
    assert keys(store) == keys(store, "raw/") == []
    assert not store.root.exists()


def test_clearing_a_folder_leaves_no_trace_of_it(store: FolderStore) -> None:
    store.put("raw/ani/a/1.jpg", b"1", media_type=JPEG)
    child = subprocess.run(
        [sys.executable, "-c", DIE_BEFORE_RENAME.replace("raw/a.jpg", "raw/ani/a/2.jpg"), str(store.root)],
        cwd=ROOT,
        check=False,
        timeout=600,
    )
    assert child.returncode == 9
    (store.root / "raw/ani/no\nkey.jpg").write_bytes(b"1")
    (store.root / "raw/ani/empty").mkdir()
    store.clear("raw/ani/")
    assert list(store.root.iterdir()) == []


def test_clearing_a_folder_follows_no_link(store: FolderStore, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jpg").write_bytes(b"secret")
    store.put("raw/ani/1.jpg", b"1", media_type=JPEG)
    store.put("raw/budi/2.jpg", b"2", media_type=JPEG)
    (store.root / "raw/ani/out").symlink_to(outside)
    (store.root / "raw/ani/over").symlink_to(store.root / "raw/budi")
    (store.root / "raw/link").symlink_to(store.root / "raw/budi")
    store.clear("raw/ani/")
    store.clear("raw/link/")
    assert keys(store) == ["raw/budi/2.jpg"]
    assert (outside / "secret.jpg").read_bytes() == b"secret"
