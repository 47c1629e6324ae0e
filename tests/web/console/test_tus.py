"""The protocol by which photos arrive: any cut, any repeat, any order of tries, and the photo is there once."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from models.audit import Act
from models.listing import ListingKey
from storage.catalog import CatalogError
from storage.catalog.arrival_schema import Uploads
from storage.catalog.audit import read_audit
from storage.catalog.clock import read_clock
from storage.catalog.forgetting import begin_forgetting
from storage.catalog.uploads import MOST_OPEN, MOST_PHOTOS, uploads_of
from storage.discovery import discover
from tests.photo_files import FORMATS, textured, valid_file, written
from tests.photos_with_gps import place_of, with_exif
from tests.web.console.sending import PHOTO, TUS, Line, open_line, urls
from web.console.tus import CRUMB, MEDIA_TYPE, MOST_BYTES, PIECE, Sender

SMALL = valid_file("JPEG")
CLIMBING = ("../../etc/passwd", "..\\..\\x.jpg", "/raw/x/y.jpg", ".hidden", "a\0b", "x.part", "listing.json")
PLACE = "raw/bu-ani/tampah/01-depan.jpg"
LARGE = written(textured(1600, 1200), "JPEG", quality=97)

Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["send", "send", "send", "cut", "stale", "ahead", "create"]),
        st.integers(1, len(PHOTO)),
        st.integers(1, 1000),
    ),
    max_size=8,
)


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with open_line(*urls(tmp_path)) as line:
        yield line


def test_whatever_is_cut_repeated_or_sent_out_of_order_the_photo_is_there_once(line: Line) -> None:
    listings = (f"tampah-{number}" for number in count())

    @given(STEPS)
    @settings(max_examples=15)
    def arrives_once(steps: list[Step]) -> None:
        listing = next(listings)
        place = line.begin(listing=listing)
        for step, length, shift in steps:
            offset = line.offset(place)
            if step == "send":
                answer = line.patch(place, offset, PHOTO[offset : offset + length])
                assert answer.headers["upload-offset"] == str(min(len(PHOTO), offset + length))
            elif step == "cut" and offset < len(PHOTO):
                line.cut(place, offset, PHOTO[offset : offset + length])
            elif step == "stale" and offset:
                assert line.patch(place, max(0, offset - shift), b"<html>").status_code == 409
            elif step == "ahead":
                assert line.patch(place, offset + shift, PHOTO[:length]).status_code == 409
            elif step == "create":
                assert line.begin(listing=listing) == place
            assert line.offset(place) >= offset
            whole = line.offset(place) == len(PHOTO)
            assert (f"raw/bu-ani/{listing}/01-depan.jpg" in line.arrived) == whole
        offset = line.offset(place)
        assert line.patch(place, offset, PHOTO[offset:]).status_code == 204
        assert line.patch(place, offset, PHOTO[offset:]).status_code in {204, 409}
        assert line.offset(place) == len(PHOTO)
        assert {key: data for key, data in line.arrived.items() if f"/{listing}/" in key} == {
            f"raw/bu-ani/{listing}/01-depan.jpg": PHOTO
        }
        assert line.left == []

    arrives_once()
    acts = [entry.act for entry in read_audit(line.catalog)]
    assert acts.count(Act.PHOTO_UPLOADED) == len(line.arrived)


@pytest.mark.parametrize("kind", ["one machine", "scaled out"])
def test_a_large_photo_arrives_on_every_kind_of_installation(kind: str, request: pytest.FixtureRequest) -> None:
    names = ("folder_url", "sqlite_url") if kind == "one machine" else ("s3_url", "postgresql_url")
    with open_line(*(request.getfixturevalue(name) for name in names)) as line:
        place = line.begin(LARGE)
        assert len(LARGE) > 2 * PIECE
        assert line.patch(place, 0, LARGE).headers["upload-offset"] == str(len(LARGE))
        assert line.arrived == {PLACE: LARGE}
        assert line.left == []


def test_what_came_before_a_cut_is_kept_but_for_a_crumb(line: Line) -> None:
    place = line.begin(LARGE)
    line.cut(place, 0, LARGE[: PIECE + CRUMB])
    assert line.offset(place) == PIECE + CRUMB
    line.cut(place, PIECE + CRUMB, LARGE[PIECE + CRUMB :][: CRUMB - 1])
    assert line.offset(place) == PIECE + CRUMB
    line.patch(place, PIECE + CRUMB, LARGE[PIECE + CRUMB :])
    assert line.arrived == {PLACE: LARGE}


@pytest.mark.parametrize("file_format", FORMATS)
def test_its_extension_is_what_its_content_is(line: Line, file_format: str) -> None:
    line.send(valid_file(file_format), filename="foto.jpg.exe")
    assert list(line.arrived) == [f"raw/bu-ani/tampah/01-foto-jpg{FORMATS[file_format]}"]


def test_whatever_a_file_is_called_it_lies_where_the_listing_lies(line: Line) -> None:
    listings = (f"tampah-{number}" for number in count())

    @given(st.text(max_size=80) | st.sampled_from(CLIMBING))
    @settings(max_examples=20)
    def lies_there(name: str) -> None:
        listing = next(listings)
        line.send(SMALL, filename=name, listing=listing)
        (key,) = [key for key in line.arrived if f"/{listing}/" in key]
        _, seller, folder, file = key.split("/")
        assert (seller, folder, file[:2], file[-4:]) == ("bu-ani", listing, "01", ".jpg")

    lies_there()
    found = discover(line.store, line.catalog)
    assert (found.photos, found.strays) == (len(line.arrived), 0)


@pytest.mark.parametrize("listing", ["../bu-budi", "../../x", "/", "..", "", "🍪"])
def test_no_name_of_a_product_leads_out_of_the_sellers_folder(line: Line, listing: str) -> None:
    answer = line.create(listing=listing)
    assert answer.status_code in {201, 403}
    if answer.status_code == 201:
        line.patch(answer.headers["location"], 0, PHOTO)
    assert all(key.startswith("raw/bu-ani/") and ".." not in key for key in line.arrived)


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"%PDF-1.7 \xff\xd8\xff",
        b"PK\x03\x04" + PHOTO,
        b"#!/bin/sh\n",
        b"\0",
    ],
)
def test_what_is_no_photo_is_refused_in_words_and_leaves_nothing(line: Line, content: bytes) -> None:
    place = line.begin(content, filename="foto.jpg")
    answer = line.patch(place, 0, content)
    assert answer.status_code == 415
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.endswith(".")
    assert (line.arrived, line.left) == ({}, [])
    assert line.client.head(place, headers=TUS).status_code == 404


def test_a_large_file_that_is_no_photo_is_refused_with_its_first_piece(line: Line) -> None:
    place = line.begin(b"<html>" * PIECE)
    assert line.patch(place, 0, b"<html>" * 10_000).status_code == 415


def test_a_photo_with_a_page_behind_it_arrives_as_a_photo_and_never_as_a_page(line: Line) -> None:
    line.send(PHOTO + b"<script>alert(1)</script>", filename="x.html")
    assert list(line.arrived) == ["raw/bu-ani/tampah/01-x.jpg"]


def test_two_photos_of_one_name_are_two_in_her_order(line: Line) -> None:
    first, second = line.begin(filename="image.jpg", key="a"), line.begin(filename="image.jpg", key="b")
    line.patch(second, 0, PHOTO)
    line.patch(first, 0, PHOTO)
    assert list(line.arrived) == ["raw/bu-ani/tampah/01-image.jpg", "raw/bu-ani/tampah/02-image.jpg"]
    uploads = uploads_of(line.catalog, ListingKey(seller="bu-ani", listing="tampah"))
    assert [upload.file for upload in uploads] == ["01-image.jpg", "02-image.jpg"]


def test_a_photo_that_was_begun_again_after_it_arrived_is_not_sent_again(line: Line) -> None:
    place = line.send()
    again = line.create()
    assert (again.headers["location"], again.headers["upload-offset"]) == (place, str(len(PHOTO)))
    assert line.create(PHOTO[:-1]).status_code == 409


def test_it_says_what_it_speaks(line: Line) -> None:
    answer = line.client.options("/up")
    assert answer.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-max-size"] == str(MOST_BYTES)
    assert answer.headers["tus-extension"] == "creation,expiration,termination"


def test_another_version_of_the_protocol_is_refused(line: Line) -> None:
    place = line.begin()
    for method, where in (("POST", "/up"), ("HEAD", place), ("PATCH", place), ("DELETE", place)):
        answer = line.client.request(method, where, headers={"tus-resumable": "0.2.2"})
        assert (answer.status_code, answer.headers["tus-version"]) == (412, "1.0.0")


def test_an_answer_about_progress_is_never_kept_and_says_until_when(line: Line) -> None:
    answer = line.client.head(line.begin(), headers=TUS)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["upload-length"] == str(len(PHOTO))
    assert answer.headers["upload-expires"].endswith("GMT")


def test_a_network_that_lets_only_post_through_is_no_hindrance(line: Line) -> None:
    place = line.begin()
    headers = {**TUS, "content-type": MEDIA_TYPE, "upload-offset": "0", "x-http-method-override": "PATCH"}
    assert line.client.post(place, headers=headers, content=PHOTO).status_code == 204
    assert line.arrived == {PLACE: PHOTO}
    assert line.client.post(place, headers=TUS).status_code == 405


def test_a_piece_must_be_called_one(line: Line) -> None:
    assert line.patch(line.begin(), 0, PHOTO, **{"content-type": "image/jpeg"}).status_code == 415


@pytest.mark.parametrize("length", ["", "-1", "1e3", "٣", "99999999999999999999999"])
def test_a_length_that_is_none_is_refused(line: Line, length: str) -> None:
    headers = [(b"tus-resumable", b"1.0.0"), (b"upload-length", length.encode())]
    assert line.client.post("/up", headers=headers).status_code == 400


def test_what_is_told_of_a_file_must_be_readable(line: Line) -> None:
    for told in ("filename ???", "filename /w==", f"filename {'A' * 5000}", ""):
        headers = {**TUS, "upload-length": "9", "upload-metadata": told}
        assert line.client.post("/up", headers=headers).status_code in {400, 403}


def test_too_much_and_nothing_are_refused(line: Line) -> None:
    assert line.create(length=MOST_BYTES + 1).status_code == 413
    assert line.create(length=0).status_code == 403
    place = line.begin()
    assert line.patch(place, 0, PHOTO + b"x").status_code == 413
    assert line.arrived == {}


def test_a_listing_has_so_many_photos_and_a_sender_so_many_begun(line: Line) -> None:
    for number in range(MOST_PHOTOS):
        line.begin(key=f"a{number}")
    assert line.create(key="one more").status_code == 403
    assert line.create(key="a0").status_code == 201
    for number in range(MOST_OPEN - MOST_PHOTOS):
        line.begin(key=f"b{number}", listing=f"besek-{number}")
    assert line.create(key="one more", listing="lain").status_code == 429, "this one is taken later"


def test_given_up_by_its_sender_it_is_gone(line: Line) -> None:
    place = line.begin(LARGE)
    line.patch(place, 0, LARGE[:PIECE])
    assert line.left
    assert line.client.delete(place, headers=TUS).status_code == 204
    assert line.left == []
    assert line.client.head(place, headers=TUS).status_code == 404
    assert line.patch(place, PIECE, LARGE[PIECE:]).status_code == 404


def test_a_photo_that_has_arrived_stays_when_its_upload_is_ended(line: Line) -> None:
    assert line.client.delete(line.send(), headers=TUS).status_code == 204
    assert line.arrived == {PLACE: PHOTO}


def test_what_nobody_goes_on_sending_is_swept_up_and_the_rest_stays(line: Line) -> None:
    old = line.begin(LARGE, key="old")
    line.patch(old, 0, LARGE[:PIECE])
    with line.catalog.write() as connection:
        past = read_clock(connection) - timedelta(seconds=1)
        connection.execute(update(Uploads).values(expires_at=past))
    young = line.begin(LARGE, key="young")
    line.patch(young, 0, LARGE[:PIECE])
    line.pieces.sweep()
    assert line.client.head(old, headers=TUS).status_code == 404
    assert line.offset(young) == PIECE
    assert len(line.left) == 1


def test_a_photo_that_was_whole_when_the_server_died_is_put_in_its_place(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = line.begin()
    with monkeypatch.context() as dying:
        dying.setattr("web.console.pieces.finish_upload", _fail)
        assert line.patch(place, 0, PHOTO).status_code == 503
    line.pieces.sweep()
    assert line.arrived == {PLACE: PHOTO}
    assert line.left == []
    assert line.offset(place) == len(PHOTO)


def _fail(*arguments: object) -> None:
    raise CatalogError("away")


def test_nobody_sends_for_another_seller_or_another_listing(line: Line, tmp_path: Path) -> None:
    hers = line.begin()
    link = Sender(by="link 1", seller="bu-ani", listing="besek")
    with open_line(f"file:{tmp_path / 'store'}", f"sqlite:///{tmp_path / 'catalog.sqlite'}", link) as phone:
        assert phone.create(listing="tampah").status_code == 403
        for method in ("HEAD", "PATCH", "DELETE"):
            assert phone.client.request(method, hers, headers=TUS).status_code == 404
        assert phone.client.head("/up/" + "0" * 32, headers=TUS).status_code == 404
        assert phone.begin(listing="").startswith("/up/")


def test_of_a_seller_who_is_being_forgotten_nothing_more_is_taken(line: Line) -> None:
    place = line.begin(LARGE)
    line.patch(place, 0, LARGE[:PIECE])
    begin_forgetting(line.catalog, "bu-ani", by="sari")
    assert line.patch(place, PIECE, LARGE[PIECE:]).status_code == 404
    assert line.create(key="new").status_code == 404
    assert line.arrived == {}


def test_of_where_a_photo_was_taken_nothing_is_kept_once_it_has_arrived(line: Line) -> None:
    data = with_exif("JPEG")
    place = line.begin(data)
    assert line.patch(place, 0, data[:100]).status_code == 204
    assert line.patch(place, 100, data[100:]).status_code == 204
    (kept,) = line.arrived.values()
    assert not place_of(kept)
    assert len(kept) == len(data) == line.offset(place)
    assert line.left == []
