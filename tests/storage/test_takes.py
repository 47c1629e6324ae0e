"""A photo is taken again: at every moment one take of it is in the listing, and none is ever lost."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.audit import Act
from models.photo import PhotoKey
from models.store import ObjectStore, StoreError
from models.upload import UploadRefusal, UploadRefused
from storage import takes as taking
from storage.catalog import Catalog, uploads
from storage.catalog.arrival_schema import Takes
from storage.catalog.audit import read_audit
from storage.catalog.edits import order_photos, overrides_of
from storage.catalog.forgetting import begin_forgetting, finish_forgetting
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.reading import find_listing
from storage.catalog.takes import standing, takes_of, takes_of_photo
from storage.catalog.uploads import begin_upload, has_photo
from storage.discovery import discover
from storage.gps.removal import without_gps
from storage.object_store.opening import open_store
from storage.takes import go_back, place_takes, retake, where_it_lies
from tests.photos_with_gps import place_of, with_exif
from tests.sellers import add_listing
from tests.storage.made import key

TAMPAH = key("ani/tampah")
FRONT = PhotoKey(seller="ani", listing="tampah", file="depan.jpg")
OLD, NEW, NEWER = b"old", b"new", b"newer"


@pytest.fixture
def store(tmp_path: Path, catalog: Catalog) -> ObjectStore:
    """A store with a listing of two photos that the catalog knows."""
    store = open_store(f"file:{tmp_path / 'objects'}")
    add_listing(store, str(TAMPAH), {"depan.jpg": OLD, "samping.jpg": b"side"})
    discover(store, catalog)
    return store


def send(store: ObjectStore, catalog: Catalog, data: bytes, *, file: str = "depan.jpg", name: str = "k1") -> None:
    """Take the front photo again, as an upload does that is whole; the same name is the same upload."""
    upload = begin_upload(catalog, TAMPAH, sender_key=name, stem="x", size=9, by="sari", replaces="depan.jpg")
    photo = where_it_lies(catalog, FRONT)
    retake(store, catalog, photo, data, file=file, by="sari", upload=upload.id)


def raw(store: ObjectStore) -> dict[str, bytes]:
    found = [info.key for info in store.list("raw/ani/tampah/") if not info.key.endswith(".json")]
    return {place.rpartition("/")[2]: store.get(place) for place in found}


def kept(store: ObjectStore) -> list[bytes]:
    return sorted(store.get(info.key) for info in store.list("retakes/"))


def seen(store: ObjectStore, catalog: Catalog) -> tuple[str, ...]:
    """Return the files that a run would process now."""
    discover(store, catalog)
    (lease,) = lease_listings(catalog, this_process(), seconds=0)
    return lease.files


def version(catalog: Catalog) -> int:
    row = find_listing(catalog, TAMPAH)
    assert row is not None
    return row.version


def test_the_new_photo_is_in_the_old_ones_place_and_the_old_one_is_kept(
    store: ObjectStore, catalog: Catalog
) -> None:
    for _ in range(2):
        send(store, catalog, NEW)

    assert raw(store) == {"depan.jpg": NEW, "samping.jpg": b"side"}
    assert kept(store) == [NEW, OLD]
    assert version(catalog) == 2
    takes = takes_of(catalog, TAMPAH)
    assert [(take.file, take.by, take.turn, take.placed) for take in takes] == [
        ("depan.jpg", None, 0, True),
        ("depan.jpg", "sari", 1, True),
    ]
    assert [store.get(take.kept) for take in takes] == [OLD, NEW]
    assert [entry.act for entry in read_audit(catalog)] == [Act.PHOTO_RETAKEN]


def test_a_photo_of_another_format_takes_the_place_under_its_own_name(
    store: ObjectStore, catalog: Catalog
) -> None:
    order_photos(catalog, TAMPAH, ("samping.jpg", "depan.jpg"), by="sari")

    send(store, catalog, NEW, file="depan.heic")

    assert raw(store) == {"depan.heic": NEW, "samping.jpg": b"side"}
    assert overrides_of(catalog, TAMPAH).order == ("samping.jpg", "depan.heic")
    assert where_it_lies(catalog, FRONT).file == "depan.heic"
    go_back(store, catalog, FRONT, takes_of(catalog, TAMPAH)[0].sha256, by="sari")
    assert raw(store) == {"depan.jpg": OLD, "samping.jpg": b"side"}
    assert overrides_of(catalog, TAMPAH).order == ("samping.jpg", "depan.jpg")
    assert seen(store, catalog) == ("depan.jpg", "samping.jpg")


def test_no_take_is_kept_with_the_place_where_it_was_taken(store: ObjectStore, catalog: Catalog) -> None:
    placed = with_exif("JPEG")
    add_listing(store, str(TAMPAH), {"depan.jpg": placed})
    discover(store, catalog)
    send(store, catalog, with_exif("PNG"), file="depan.png")
    assert set(raw(store)) == {"depan.png", "samping.jpg"}
    assert kept(store) == sorted([without_gps(placed), raw(store)["depan.png"]])
    assert not any(place_of(data) for data in kept(store))
    old = standing_before(catalog)
    go_back(store, catalog, FRONT, old, by="sari")
    assert raw(store) == {"depan.jpg": without_gps(placed), "samping.jpg": b"side"}


def standing_before(catalog: Catalog) -> str:
    """Return which take of the front photo was there first."""
    return next(take.sha256 for take in takes_of(catalog, TAMPAH) if take.by is None)


def test_it_writes_over_no_other_photo_and_hides_none_that_comes_later(
    store: ObjectStore, catalog: Catalog
) -> None:
    send(store, catalog, NEW, file="samping.jpg")
    (other,) = raw(store).keys() - {"samping.jpg"}
    assert raw(store) == {other: NEW, "samping.jpg": b"side"}

    store.put("raw/ani/tampah/depan.jpg", b"quite another", media_type="image/jpeg")
    assert {"depan.jpg", "samping.jpg", other} == set(seen(store, catalog))
    send(store, catalog, NEWER, name="k2")
    assert raw(store) == {"depan.jpg": NEWER, "samping.jpg": b"side", other: NEW}
    assert [take.sha256 for take in takes_of_photo(takes_of(catalog, TAMPAH), other)] == [
        hashlib.sha256(data).hexdigest() for data in (OLD, NEW)
    ]


def test_one_goes_back_to_an_earlier_take_and_forward_again(store: ObjectStore, catalog: Catalog) -> None:
    send(store, catalog, NEW)
    first, second = (take.sha256 for take in takes_of(catalog, TAMPAH))

    for sha256, data in ((first, OLD), (second, NEW), (second, NEW)):
        go_back(store, catalog, FRONT, sha256, by="dewi")
        assert raw(store)["depan.jpg"] == data
    assert version(catalog) == 4
    assert len(takes_of(catalog, TAMPAH)) == 2
    for photo, sha256 in ((FRONT, "0" * 64), (FRONT.model_copy(update={"file": "samping.jpg"}), first)):
        with pytest.raises(LookupError):
            go_back(store, catalog, photo, sha256, by="dewi")
    assert [entry.act for entry in read_audit(catalog)][:2] == [Act.PHOTO_RETAKEN, Act.TAKE_CHOSEN]


class Dies(BaseException):
    """The process ends here."""


class Dying:
    """A store whose user dies after so many steps."""

    def __init__(self, store: ObjectStore, steps: int) -> None:
        self._store = store
        self.steps = steps

    def __getattr__(self, name: str) -> Callable[..., object]:
        do: Callable[..., object] = getattr(self._store, name)

        def step(*given: object, **named: object) -> object:
            if self.steps == 0:
                raise Dies
            self.steps -= 1
            return do(*given, **named)

        return step


@pytest.mark.parametrize("file", ["depan.jpg", "depan.heic"])
def test_whoever_dies_at_any_step_leaves_one_take_there_and_the_next_one_ends_it(
    store: ObjectStore, catalog: Catalog, file: str
) -> None:
    now = OLD
    for steps in range(100):
        dying, data = Dying(store, steps), f"take {steps}".encode()
        ended = False
        with suppress(Dies):
            send(dying, catalog, data, file=file, name=f"k{steps}")  # type: ignore[arg-type]
            ended = True
        files = seen(store, catalog)
        assert len(files) == 2 and "samping.jpg" in files
        (there,) = set(files) - {"samping.jpg"}
        assert raw(store)[there] in {now, data}

        send(store, catalog, data, file=file, name=f"k{steps}")
        place_takes(store, catalog)

        assert raw(store) == {file: data, "samping.jpg": b"side"}
        assert {OLD, now, data} <= set(kept(store))
        if ended:
            return
        # The next one dies on the way back to the other format, too.
        now, file = data, "depan.heic" if file == "depan.jpg" else "depan.jpg"
    pytest.fail("it never ends")


def test_of_two_that_are_taken_at_once_the_later_one_is_there_and_none_is_lost(
    store: ObjectStore, catalog: Catalog
) -> None:
    class Slow(Dying):
        def put(self, place: str, data: bytes, *, media_type: str) -> None:
            if place == FRONT.raw and data == NEW and not kept(store).count(NEWER):
                send(store, catalog, NEWER, name="k2")
            store.put(place, data, media_type=media_type)

    send(Slow(store, -1), catalog, NEW)  # type: ignore[arg-type]

    assert raw(store)["depan.jpg"] == NEWER
    assert kept(store) == [NEW, NEWER, OLD]
    assert all(take.placed for take in takes_of(catalog, TAMPAH))
    now = standing(takes_of_photo(takes_of(catalog, TAMPAH), "depan.jpg"))
    assert now is not None and store.get(now.kept) == NEWER


def test_what_a_store_refuses_is_said_and_ended_later(
    store: ObjectStore, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(Dying):
        def put(self, place: str, data: bytes, *, media_type: str) -> None:
            if place.startswith("raw/"):
                raise StoreError("full")
            store.put(place, data, media_type=media_type)

    with pytest.raises(StoreError):
        send(Full(store, -1), catalog, NEW)  # type: ignore[arg-type]
    assert raw(store)["depan.jpg"] == OLD
    with pytest.raises(StoreError):
        place_takes(Full(store, -1), catalog)  # type: ignore[arg-type]
    place_takes(store, catalog)
    assert raw(store)["depan.jpg"] == NEW


def test_only_a_photo_of_the_listing_is_replaced_and_not_for_ever(
    store: ObjectStore, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert has_photo(catalog, TAMPAH, "depan.jpg")
    for file in ("listing.json", "lain.jpg", "de\0pan.jpg"):
        assert not has_photo(catalog, TAMPAH, file)
    with pytest.raises(UploadRefused) as refused:
        begin_upload(catalog, TAMPAH, sender_key="k", stem="x", size=9, by="sari", replaces="lain.jpg")
    assert refused.value.refusal is UploadRefusal.NO_SUCH_PHOTO

    monkeypatch.setattr(uploads, "MOST_RETAKES", 1)
    send(store, catalog, NEW)
    with pytest.raises(UploadRefused) as refused:
        send(store, catalog, NEWER, name="k2")
    assert refused.value.refusal is UploadRefusal.TOO_MANY_RETAKES
    assert uploads.uploads_of(catalog, TAMPAH) == ()


@pytest.fixture
def forgotten(catalog: Catalog) -> Iterator[Callable[[], None]]:
    """Give a function that forgets the seller."""

    def forget() -> None:
        begin_forgetting(catalog, "ani", by="sari")
        finish_forgetting(catalog, "ani", by="sari")

    yield forget


def test_nothing_is_left_of_a_seller_who_is_forgotten_meanwhile(
    store: ObjectStore, catalog: Catalog, forgotten: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    send(store, catalog, NEW)
    note = taking.note_placed

    def forget_first(*given: object) -> bool:
        for home in ("raw/", "retakes/"):
            store.clear(f"{home}ani/")
        forgotten()
        return note(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "note_placed", forget_first)
    with pytest.raises(LookupError):
        send(store, catalog, NEWER, name="k2")

    assert [info.key for info in store.list("")] == []
    with catalog.read() as connection:
        assert connection.execute(select(func.count(Takes.id))).scalar_one() == 0
