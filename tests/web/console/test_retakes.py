"""A photo is taken again by who may send photos, and put in order by who may see it: by nobody else."""

import hashlib

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from models.edit import Overrides
from models.listing import ListingKey
from models.person import Role
from models.photo import PhotoKey, PhotoResult, SetAside
from models.rejection import RejectionReason
from models.store import StoreError
from storage.catalog.edits import overrides_of
from storage.catalog.takes import takes_of
from storage.catalog.upload_links import make_link
from storage.gps.removal import without_gps
from tests.photos_with_gps import with_exif
from tests.sellers import add_listing
from tests.web.console.consoles import Console
from tests.web.console.processed import PRICELESS, Workshop
from tests.web.console.sending import PHOTO, TUS, encode_about
from web.console.photo_order_routes import move
from web.console.pieces import Pieces
from web.console.tus import MEDIA_TYPE

LISTING = "/sellers/ibu-ani/listings/tampah"
UPLOADS = "/sellers/ibu-ani/uploads"
KEY = ListingKey(seller="ibu-ani", listing="tampah")
PLACE = "raw/ibu-ani/tampah/depan.jpg"
FILES = ("depan.jpg", "samping.jpg", "atas.jpg")


class Named(Workshop):
    """A workshop whose photos are known by their bytes; one that is no photo is set aside."""

    async def work(self, key: PhotoKey, overrides: Overrides) -> PhotoResult:
        data = self.console.store.get(key.raw)
        if data == b"no photo":
            return SetAside(file=key.file, sha256=None, reason=RejectionReason.NOT_AN_IMAGE)
        photo = await Workshop.work(self, key, overrides)
        return photo.model_copy(update={"sha256": hashlib.sha256(data).hexdigest()})


@pytest.fixture
def named(workshop: Workshop) -> Named:
    return Named(workshop.console, workshop.context, workshop.looked)


def begin(client: TestClient, endpoint: str, key: str = "k1", **about: str) -> int | str:
    """Begin to take a photo again; return the upload's address, or the status of a refusal."""
    told = encode_about({"filename": "x.jpg", "listing": "tampah", "key": key, "replaces": "depan.jpg"} | about)
    answer = client.post(endpoint, headers={**TUS, "upload-length": str(len(PHOTO)), "upload-metadata": told})
    return answer.headers["location"] if answer.status_code == 201 else answer.status_code


def retake(client: TestClient, endpoint: str = UPLOADS, key: str = "k1", **about: str) -> None:
    place = begin(client, endpoint, key, **about)
    headers = {**TUS, "content-type": MEDIA_TYPE, "upload-offset": "0"}
    assert client.patch(str(place), headers=headers, content=PHOTO).status_code == 204


def in_listing(console: Console) -> list[str]:
    return [info.key.rpartition("/")[2] for info in console.store.list("raw/ibu-ani/tampah/")]


def test_a_retake_needs_a_new_look_and_the_old_address_leads_to_the_new_photo(named: Named) -> None:
    result = named.add(files=FILES)
    old = next(photo.sha256 for photo in result.finished if photo.file == "depan.jpg")
    trainer = named.console.signed_in("sari", Role.TRAINER)
    before = named.console.store.get(PLACE)

    retake(trainer)
    again = str(begin(trainer, UPLOADS))
    assert trainer.head(again, headers=TUS).headers["upload-offset"] == str(len(PHOTO))

    assert (named.console.store.get(PLACE), named.version(KEY)) == (PHOTO, result.version + 1)
    assert in_listing(named.console) == ["atas.jpg", "depan.jpg", "listing.json", "samping.jpg"]
    assert trainer.post(f"{LISTING}/approve", data={"version": str(result.version)}).status_code == 409
    assert f'name="sha256" value="{old}"' in trainer.get(f"{LISTING}/photos/{old}").text

    named.process()
    moved = trainer.get(f"{LISTING}/photos/{old}")
    new = hashlib.sha256(PHOTO).hexdigest()
    assert (moved.status_code, moved.headers["location"]) == (303, f"{LISTING}/photos/{new}")
    page = trainer.get(moved.headers["location"]).text
    assert "Sebelumnya" in page
    picture = trainer.get(f"/pictures/ibu-ani/tampah/{old}/main.jpg")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")

    back = trainer.post(f"{LISTING}/takes", data={"file": "depan.jpg", "sha256": old})
    assert (back.status_code, back.headers["location"]) == (303, f"{LISTING}/photos/{old}")
    assert named.console.store.get(PLACE) == before
    named.process()
    assert trainer.get(f"{LISTING}/photos/{old}").status_code == 200


def test_a_photo_that_was_put_there_with_its_place_is_taken_again_like_any_other(named: Named) -> None:
    named.add()
    named.console.store.put(PLACE, with_exif("JPEG"), media_type="image/jpeg")
    (old,) = (photo.sha256 for photo in named.process().finished)
    trainer = named.console.signed_in("sari", Role.TRAINER)
    retake(trainer)
    named.process()
    new = f"{LISTING}/photos/{hashlib.sha256(PHOTO).hexdigest()}"
    assert trainer.get(f"{LISTING}/photos/{old}").headers["location"] == new

    kept = hashlib.sha256(without_gps(with_exif("JPEG"))).hexdigest()
    assert f'name="sha256" value="{kept}"' in trainer.get(new).text
    trainer.post(f"{LISTING}/takes", data={"file": "depan.jpg", "sha256": kept})
    assert named.console.store.get(PLACE) == without_gps(with_exif("JPEG"))
    named.process()
    assert trainer.get(f"{LISTING}/photos/{kept}").status_code == 200


def test_what_the_server_left_half_done_is_ended_by_its_next_sweep(
    named: Named, monkeypatch: pytest.MonkeyPatch
) -> None:
    named.add(files=FILES)
    console, trainer = named.console, named.console.signed_in("sari", Role.TRAINER)
    before, place = console.store.get(PLACE), str(begin(trainer, UPLOADS))
    headers = {**TUS, "content-type": MEDIA_TYPE, "upload-offset": "0"}
    with monkeypatch.context() as dying:
        dying.setattr("storage.takes._read", _fail)
        assert trainer.patch(place, headers=headers, content=PHOTO).status_code == 503
    assert (console.store.get(PLACE), takes_of(console.catalog, KEY)) == (before, ())
    with monkeypatch.context() as dying:
        dying.setattr("storage.takes.note_placed", _fail)
        assert trainer.head(place, headers=TUS).status_code == 503
    assert trainer.head(place, headers=TUS).status_code == 200

    Pieces(console.store, console.catalog).sweep()

    assert console.store.get(PLACE) == PHOTO
    assert all(take.placed for take in takes_of(console.catalog, KEY))
    assert list(console.store.list("uploads/")) == []


def _fail(*arguments: object) -> None:
    raise StoreError("away")


def test_a_photo_that_could_not_be_used_is_taken_again_too(named: Named) -> None:
    add_listing(named.console.store, "ibu-ani/tampah", {"depan.jpg": b"no photo", "samping.jpg": b"1"})
    named.process()
    trainer = named.console.signed_in("sari", Role.TRAINER)

    again = f"{LISTING}/retake?file=depan.jpg"
    assert again in trainer.get(LISTING).text
    assert again not in named.console.signed_in("tono", Role.REVIEWER).get(LISTING).text, "she may send none"
    assert 'data-replaces="depan.jpg"' in trainer.get(f"{LISTING}/retake?file=depan.jpg").text
    retake(trainer)

    assert [photo.file for photo in named.process().finished] == ["depan.jpg", "samping.jpg"]


def test_a_phone_takes_the_photo_of_its_link_again_and_no_other_listings(named: Named) -> None:
    named.add(files=FILES)
    named.add("ibu-ani/besek")
    console, phone = named.console, named.console.client()
    _, token = make_link(console.catalog, KEY, by="sari")

    page = phone.get(f"/u/{token}?replaces=depan.jpg")
    assert 'data-replaces="depan.jpg"' in page.text
    assert phone.get(f"/u/{token}?replaces=lain.jpg").status_code == 404
    assert begin(phone, f"/u/{token}/uploads", listing="besek") == 403
    assert begin(phone, f"/u/{token}/uploads", replaces="lain.jpg") == 403
    assert begin(phone, f"/u/{token}/uploads", replaces="de\0pan.jpg") == 400
    retake(phone, f"/u/{token}/uploads")
    assert console.store.get(PLACE) == PHOTO
    first, second = takes_of(console.catalog, KEY)
    assert (first.by, second.by) == (None, "link 1")
    trainer = console.signed_in("sari", Role.TRAINER)
    trainer.post(f"{LISTING}/takes", data={"file": "depan.jpg", "sha256": first.sha256})
    assert "Dikirim dari HP penjual" in trainer.get(f"{LISTING}/retake?file=depan.jpg").text

    form = {"listing": "tampah", "replaces": "depan.jpg"}
    link = trainer.post("/sellers/ibu-ani/links", data=form).text
    assert "?replaces=depan.jpg" in link
    assert f'href="{LISTING}"' in link
    assert trainer.post("/sellers/ibu-ani/links", data=form | {"replaces": "x"}).status_code == 404


def test_another_centres_photos_are_neither_taken_again_nor_put_in_order(named: Named) -> None:
    named.add(files=FILES)
    retake(named.console.signed_in("sari", Role.TRAINER))
    take = takes_of(named.console.catalog, KEY)[0]
    stranger = named.console.signed_in("dewi", Role.TRAINER, "Balai Lain")
    reviewer = named.console.signed_in("tono", Role.REVIEWER)
    version = named.version(KEY)
    back = {"file": "depan.jpg", "sha256": take.sha256}

    assert stranger.get(f"{LISTING}/retake?file=depan.jpg").status_code == 404
    assert stranger.post(f"{LISTING}/takes", data=back).status_code == 404
    assert stranger.post(f"{LISTING}/photo-order", data={"file": "atas.jpg"}).status_code == 404
    assert begin(stranger, UPLOADS, "k2") == 404
    assert begin(reviewer, UPLOADS, "k2") == 403
    assert "data-replaces" not in reviewer.get(f"{LISTING}/retake?file=depan.jpg").text
    for wrong in ({"file": "samping.jpg"}, {"file": "x"}, {"sha256": "0" * 64}):
        assert reviewer.post(f"{LISTING}/takes", data=back | wrong).status_code == 404
    for form, status in (({"file": "x"}, 404), ({"file": "atas.jpg", "place": "0"}, 422)):
        assert reviewer.post(f"{LISTING}/photo-order", data=form).status_code == status
    assert (named.version(KEY), named.console.store.get(PLACE)) == (version, PHOTO)


def test_a_persons_order_outlives_every_run_needs_a_new_look_and_can_be_taken_back(named: Named) -> None:
    first = named.add(files=FILES, words=PRICELESS)
    assert [photo.file for photo in first.finished] == ["atas.jpg", "depan.jpg", "samping.jpg"]
    trainer = named.console.signed_in("sari", Role.TRAINER)

    for _ in range(2):
        sent = trainer.post(f"{LISTING}/photo-order", data={"file": "samping.jpg", "place": "1"})
        assert (sent.status_code, sent.headers["location"]) == (303, f"{LISTING}?moved=1")
    assert named.version(KEY) == 2
    assert trainer.post(f"{LISTING}/approve", data={"version": "1"}).status_code == 409
    named.process()
    named.console.store.put("raw/ibu-ani/tampah/baru.jpg", b"new", media_type="image/jpeg")
    later = named.process()
    assert [photo.file for photo in later.finished] == ["samping.jpg", "atas.jpg", "depan.jpg", "baru.jpg"]

    trainer.post(f"{LISTING}/photo-order", data={"file": ""})
    assert overrides_of(named.console.catalog, KEY).order == ()
    assert named.process().finished[0].file == "atas.jpg"


@given(st.permutations("abcdef"), st.sets(st.sampled_from("abcdef"), min_size=1), st.data())
def test_a_photo_comes_where_it_is_wanted_and_the_others_stay_as_they_were(
    said: list[str], visible: set[str], data: st.DataObject
) -> None:
    shown = [file for file in said if file in visible]
    file = data.draw(st.sampled_from(shown))
    place = data.draw(st.integers(1, len(shown)))

    order = move(shown, said, file, place)

    assert sorted(order) == sorted(said)
    now = [each for each in order if each in visible]
    assert now[place - 1] == file
    assert [each for each in now if each != file] == [each for each in shown if each != file]
    assert move(now, order, file, place) == order
