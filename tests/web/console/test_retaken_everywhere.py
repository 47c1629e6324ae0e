"""A photo that was taken again takes the old one's place wherever the listing is shown."""

import hashlib
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from config.messages import load_messages
from config.settings import Settings
from flows.outbox_work import drain_outbox
from models.edit import Overrides
from models.listing import ListingKey, ListingResult
from models.photo import Finished, PhotoKey, PhotoResult
from storage.catalog.edits import order_photos
from storage.catalog.reading import find_listing
from storage.catalog.reviews import approve
from storage.catalog.uploads import begin_upload
from storage.takes import retake
from tests.web.console.processed import Looked, Workshop
from web.report import ReportListing, render_report

KEY = ListingKey(seller="ibu-ani", listing="tampah")
TAKEN_AGAIN = PhotoKey(seller="ibu-ani", listing="tampah", file="samping.jpg")
ORDER = ("atas.jpg", "samping.jpg", "depan.jpg")
FEED = 'link = "https://pasar.example/{seller}/{listing}"\npictures = "https://foto.example/feeds"\n'
PUBLISHERS = (
    f'[[publisher]]\nkind = "google"\nname = "google"\ntitle = "Pasar"\nhome = "https://pasar.example/"\n{FEED}'
    'availability = "in_stock"\n'
    f'[[publisher]]\nkind = "meta"\nname = "meta"\nbrand = "Pasar"\n{FEED}availability = "in stock"\n'
    '[[publisher]]\nkind = "shopee-sheet"\nname = "shopee"\npictures = "https://foto.example/feeds"\n'
)
NAMES = ("bundle", "google", "meta", "shopee")
PICTURE = re.compile(r"https://foto\.example/feeds/\w+/pictures/[\w-]+/([0-9a-f]{64})\.jpg")


class Gallery(Workshop):
    """A workshop whose photos and finished files are told from one another by the photos' bytes."""

    async def work(self, key: PhotoKey, overrides: Overrides) -> PhotoResult:
        sha256 = hashlib.sha256(self.console.store.get(key.raw)).hexdigest()
        own = tuple(replace(each, data=each.data + sha256.encode()) for each in self.looked.renditions)
        return self.keep(key, Looked(self.looked.photo, own), sha256, self.context.following(overrides))

    def publish(self, result: ListingResult) -> None:
        approve(self.console.catalog, KEY, version=result.version, by="sari", publishers=NAMES)
        drain_outbox(Settings(publishers=Path("publishers.toml")))

    def read(self, key: str) -> bytes:
        return self.console.store.get(key)

    def files(self, prefix: str) -> list[str]:
        return [found.key for found in self.console.store.list(prefix)]


@pytest.fixture
def gallery(workshop: Workshop) -> Gallery:
    Path("publishers.toml").write_text(PUBLISHERS)
    return Gallery(workshop.console, workshop.context, workshop.looked)


def main_of(photo: Finished) -> str:
    return next(each.sha256 for each in photo.renditions if each.name == "main.jpg")


def bundled(gallery: Gallery) -> list[str]:
    (folder,) = {key.rpartition("/")[0] for key in gallery.files("published/ibu-ani/tampah/v3-")}
    document = json.loads(gallery.read(f"{folder}/listing.json"))
    for photo in document["photos"]:
        for name, file in photo["files"].items():
            assert hashlib.sha256(gallery.read(f"{folder}/{file}")).hexdigest() == photo["sha256"][name]
    return [photo["sha256"]["main.jpg"] for photo in document["photos"]]


def in_file(text: str) -> list[str]:
    return list(dict.fromkeys(PICTURE.findall(text)))


def in_sheet(data: bytes) -> list[str]:
    sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    cells = (str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return in_file("\n".join(cells))


def test_the_new_take_is_in_its_place_everywhere_and_the_old_one_nowhere(
    gallery: Gallery, trainer: TestClient, tmp_path: Path
) -> None:
    store, catalog = gallery.console.store, gallery.console.catalog
    gallery.add(files=ORDER)
    order_photos(catalog, KEY, ORDER, by="sari")
    first = gallery.process()
    gallery.publish(first)

    upload = begin_upload(catalog, KEY, sender_key="k1", stem="x", size=9, by="sari", replaces="samping.jpg")
    retake(store, catalog, TAKEN_AGAIN, b"again", file="samping.png", by="sari", upload=upload.id)
    second = gallery.process()
    gallery.publish(second)

    assert [photo.file for photo in second.finished] == ["atas.jpg", "samping.png", "depan.jpg"]
    wanted, old = [main_of(photo) for photo in second.finished], main_of(first.finished[1])
    assert wanted[1] != old and [wanted[0], wanted[2]] == [main_of(first.finished[0]), main_of(first.finished[2])]
    assert bundled(gallery) == wanted
    for feed in ("google", "meta"):
        (file,) = (key for key in gallery.files(f"feeds/{feed}/") if "/pictures/" not in key)
        assert in_file(gallery.read(file).decode()) == wanted, feed
    (sheet,) = (key for key in gallery.files("feeds/shopee/") if "/pictures/" not in key)
    assert in_sheet(gallery.read(sheet)) == wanted
    for feed in ("google", "meta", "shopee"):
        there = {key.rpartition("/")[2] for key in gallery.files(f"feeds/{feed}/pictures/")}
        assert there == {f"{sha256}.jpg" for sha256 in wanted}, feed

    row = find_listing(catalog, KEY)
    assert row is not None
    page = render_report(
        [ReportListing.of(row)], tmp_path / "report", read=store.get, messages=load_messages("id")
    )
    shown = list(dict.fromkeys(re.findall(r"pictures/([0-9a-f]{24})\.jpg", page.read_text())))
    assert [name for name in shown if name in {sha256[:24] for sha256 in wanted}] == [
        sha256[:24] for sha256 in wanted
    ]
    assert old[:24] not in shown

    for address in ("/sellers/ibu-ani/lesson", "/sellers/ibu-ani/listings/tampah"):
        told = trainer.get(address).text
        assert first.finished[1].sha256 not in told, address
        assert any(photo.sha256 in told for photo in second.finished), address
