"""What holds for every object store alike."""

import multiprocessing
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from tempfile import TemporaryFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.store import InvalidKey, ObjectMissing, ObjectStore
from storage.object_store import open_store

JPEG = "image/jpeg"
PATIENCE_SECONDS = 300
INVALID_KEYS = [
    "",
    "/",
    "/etc/passwd",
    "..",
    "../a",
    "a/../../b",
    "a/./b",
    "a//b",
    "a/",
    "a\0b",
    "a\nb",
    "a\x7fb",
    "a\\b",
    "foto\udcff.jpg",
    "x" * 256,
    "/".join(["x" * 200] * 6),
]
PHONE_NAMES = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="/\\"), min_size=1, max_size=12
).filter(lambda name: name not in {".", ".."} and len(name.encode()) < 200)
KEYS = st.lists(PHONE_NAMES, min_size=1, max_size=3).map("/".join)
examples = count()


@pytest.fixture
def store(store_url: str) -> ObjectStore:
    return open_store(store_url)


def keys(store: ObjectStore, prefix: str) -> list[str]:
    return [info.key for info in store.list(prefix)]


def test_what_was_put_is_got(store: ObjectStore) -> None:
    store.put("raw/bu-sari/keripik pedas/foto depan 😀.jpg", b"\0bytes", media_type=JPEG)
    assert store.get("raw/bu-sari/keripik pedas/foto depan 😀.jpg") == b"\0bytes"


def test_all_that_a_file_holds_is_put_wherever_it_stands(store: ObjectStore) -> None:
    with TemporaryFile() as file:
        file.write(b"photo" * 300_000)
        store.put_file("raw/a/b/1.jpg", file, media_type="image/jpeg")
    assert store.get("raw/a/b/1.jpg") == b"photo" * 300_000


def test_an_empty_object_is_an_object(store: ObjectStore) -> None:
    store.put("a", b"", media_type=JPEG)
    assert store.get("a") == store.get("a", limit=5) == b""
    assert [info.size for info in store.list("")] == [0]


@pytest.mark.parametrize(("limit", "length"), [(0, 1), (3, 4), (9, 10), (10, 10), (None, 10)])
def test_no_more_is_read_than_one_byte_over_the_limit(store: ObjectStore, limit: int | None, length: int) -> None:
    store.put("a", b"0123456789", media_type=JPEG)
    assert store.get("a", limit=limit) == b"0123456789"[:length]


@pytest.mark.parametrize("key", ["nothing", "raw/nothing.jpg", "raw", "raw/a.jpg/below"])
def test_what_is_not_there_is_missing(store: ObjectStore, key: str) -> None:
    store.put("raw/a.jpg", b"1", media_type=JPEG)
    with pytest.raises(ObjectMissing):
        store.get(key)


@pytest.mark.parametrize("key", INVALID_KEYS)
def test_a_key_that_is_no_key_is_refused(store: ObjectStore, key: str) -> None:
    with pytest.raises(InvalidKey):
        store.put(key, b"1", media_type=JPEG)
    with pytest.raises(InvalidKey):
        store.get(key)
    with pytest.raises(InvalidKey):
        store.locate(key)


@pytest.mark.parametrize("prefix", ["/", "../", "a/../", "a//", "a\\", "a\0", "./a"])
def test_a_prefix_that_no_key_has_is_refused(store: ObjectStore, prefix: str) -> None:
    with pytest.raises(InvalidKey):
        list(store.list(prefix))


def test_a_listing_tells_size_time_and_etag(store: ObjectStore) -> None:
    store.put("raw/a.jpg", b"123", media_type=JPEG)
    (info,) = store.list("raw/")
    assert (info.key, info.size) == ("raw/a.jpg", 3)
    assert abs(info.modified - datetime.now(UTC)) < timedelta(seconds=5)
    assert info.modified.utcoffset() == timedelta(0)


def test_the_etag_changes_with_the_bytes_even_at_the_same_size(store: ObjectStore) -> None:
    etags = []
    for data in (b"one", b"two", b"six"):
        store.put("a", data, media_type=JPEG)
        assert store.get("a") == data
        etags += [info.etag for info in store.list("a")]
    assert len(set(etags)) == 3


def test_the_etag_stays_while_the_bytes_do(store: ObjectStore) -> None:
    store.put("a", b"one", media_type=JPEG)
    assert list(store.list("")) == list(store.list(""))


def test_a_prefix_may_end_within_a_name(store: ObjectStore) -> None:
    names = ["raw/a.jpg", "raw/ab/c.jpg", "raw/b.jpg", "rawer", "other/raw/a"]
    for name in names:
        store.put(name, b"1", media_type=JPEG)
    assert keys(store, "raw") == ["raw/a.jpg", "raw/ab/c.jpg", "raw/b.jpg", "rawer"]
    assert keys(store, "raw/a") == ["raw/a.jpg", "raw/ab/c.jpg"]
    assert keys(store, "raw/ab/") == ["raw/ab/c.jpg"]
    assert keys(store, "nothing/") == keys(store, "raw/a.jpg/") == []


def test_names_beside_a_folder_sort_as_whole_keys(store: ObjectStore) -> None:
    names = ["a/b", "a-b", "a.jpg", "a0", "é", "z", "😀"]
    for name in names:
        store.put(name, b"1", media_type=JPEG)
    assert keys(store, "") == ["a-b", "a.jpg", "a/b", "a0", "z", "é", "😀"]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.sets(KEYS, min_size=1, max_size=6))
def test_whatever_a_phone_calls_its_files_is_listed_in_byte_order(store: ObjectStore, wanted: set[str]) -> None:
    folder = f"e{next(examples)}/"
    wanted = {key for key in wanted if not any(other.startswith(f"{key}/") for other in wanted)}
    for key in wanted:
        store.put(folder + key, key.encode(), media_type=JPEG)
    listed = keys(store, folder)
    assert [key.encode() for key in listed] == sorted((folder + key).encode() for key in wanted)
    for key in wanted:
        assert store.get(folder + key) == key.encode()


def test_more_than_a_page_is_listed_whole(store: ObjectStore) -> None:
    names = [f"many/{number:04}" for number in range(1005)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: store.put(name, b"1", media_type=JPEG), names))
    assert keys(store, "many/") == names


def test_a_reader_sees_the_old_bytes_or_the_new(store: ObjectStore) -> None:
    versions = [letter * 300_000 for letter in (b"a", b"b")]
    store.put("a", versions[0], media_type=JPEG)

    read = threading.Event()

    def write() -> None:
        turns = count(1)
        # Both go on until the other has had its turns, whichever of them is the quicker today.
        while (turn := next(turns)) <= 20 or not read.is_set():
            store.put("a", versions[turn % 2], media_type=JPEG)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            found = [store.get("a") for _ in range(20)]
        finally:
            read.set()
        while not writing.done():
            found.append(store.get("a"))
        writing.result()
    assert set(found) <= set(versions)


def read_in_child(store: ObjectStore, answer: "multiprocessing.Queue[bytes]") -> None:
    answer.put(store.get("a"))


def test_a_store_in_use_crosses_a_fork(store: ObjectStore) -> None:
    store.put("a", b"parent", media_type=JPEG)
    fork = multiprocessing.get_context("fork")
    answer: multiprocessing.Queue[bytes] = fork.Queue()
    child = fork.Process(target=read_in_child, args=(store, answer))
    child.start()
    assert answer.get(timeout=PATIENCE_SECONDS) == b"parent"
    child.join(PATIENCE_SECONDS)
    assert store.get("a") == b"parent"


def test_a_store_in_use_can_be_pickled(store: ObjectStore) -> None:
    store.put("a", b"1", media_type=JPEG)
    assert pickle.loads(pickle.dumps(store)).get("a") == b"1"


def test_what_was_deleted_is_gone_and_deleting_it_again_is_no_fault(store: ObjectStore) -> None:
    store.put("a/b/c.jpg", b"c", media_type=JPEG)
    store.put("a/d.jpg", b"d", media_type=JPEG)
    for _ in range(2):
        store.delete("a/b/c.jpg")
    assert keys(store, "") == ["a/d.jpg"]
    store.put("a/b/c.jpg", b"again", media_type=JPEG)
    assert store.get("a/b/c.jpg") == b"again"


@pytest.mark.parametrize("key", INVALID_KEYS)
def test_nothing_is_deleted_or_shared_under_a_key_that_no_store_takes(store: ObjectStore, key: str) -> None:
    with pytest.raises(InvalidKey):
        store.delete(key)
    with pytest.raises(InvalidKey):
        store.share(key, seconds=60)


def test_clearing_a_folder_leaves_its_neighbours(store: ObjectStore) -> None:
    for key in ("raw/ani/a/1.jpg", "raw/ani/b/2.jpg", "raw/ani-b/a/1.jpg", "raw/ani.jpg"):
        store.put(key, b"1", media_type=JPEG)
    for _ in range(2):
        store.clear("raw/ani/")
        assert keys(store, "") == ["raw/ani-b/a/1.jpg", "raw/ani.jpg"]
    store.clear("nothing/here/")


@pytest.mark.parametrize("folder", ["", "/", "../", "a//"])
def test_what_is_no_folder_is_not_cleared(store: ObjectStore, folder: str) -> None:
    store.put("a", b"1", media_type=JPEG)
    with pytest.raises(InvalidKey):
        store.clear(folder)
    assert keys(store, "") == ["a"]
