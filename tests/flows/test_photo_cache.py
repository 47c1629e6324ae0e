"""A photo that has not changed is taken over as it was made, to the byte; whatever has changed is made anew."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from config.recipes import load_recipe
from config.settings import Settings
from flows.listing_work import work_on_listing
from flows.photo_cache import NAME
from flows.photo_work import PhotoContext, open_photo_context, work_on_photo
from flows.recording import Recording
from models.edit import EditedField, Overrides
from models.lease import Lease
from models.listing import HoldReason, ListingKey, ListingResult
from models.photo import PhotoKey, PhotoResult
from models.publication import content_hash
from models.rejection import RejectionReason
from models.store import ObjectStore
from models.strokes import Mark, Stroke, mark_of
from storage.catalog.connection import Catalog
from storage.catalog.corrections import correct_cutout
from storage.catalog.edits import choose_recipe, edit_listing, overrides_of
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings, release
from storage.catalog.opening import open_catalog
from storage.discovery import discover
from storage.object_store.opening import open_store
from tests.sellers import add_listing

KEY = ListingKey(seller="ibu-sari", listing="keranjang-rotan")
SAMPLES = Path(__file__).parents[2] / "samples/raw" / str(KEY)
CUT = Stroke(mark=Mark.REMOVE, width=0.06, points=((0.1, 0.5), (0.9, 0.5)))


class Village:
    """An installation in this process, which counts the photos that are worked on."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(
            home=folder, store=f"file:{folder}/store", catalog=f"sqlite:///{folder}/catalog.db"
        )
        self.store: ObjectStore = open_store(self.settings.store)
        self.catalog: Catalog = open_catalog(self.settings.catalog)
        self.worked: list[str] = []

    @property
    def context(self) -> PhotoContext:
        return open_photo_context(self.settings)

    async def work(self, key: PhotoKey, overrides: Overrides) -> PhotoResult:
        self.worked.append(key.file)
        return work_on_photo(self.settings, key, overrides)

    def process(self) -> ListingResult:
        """Work on the one listing that is due; ``worked`` has the photos that it took."""
        self.worked.clear()
        return asyncio.run(self._work_on(self.take()))

    async def _work_on(self, lease: Lease) -> ListingResult:
        overrides = overrides_of(self.catalog, lease.key)
        return await work_on_listing(self.context, Recording(self.catalog), self, lease, overrides, publishers=())  # type: ignore[arg-type]

    def take(self) -> Lease:
        discover(self.store, self.catalog)
        (lease,) = lease_listings(self.catalog, this_process())
        return lease

    def edit(self, title: str) -> None:
        edit_listing(self.catalog, KEY, {EditedField.TITLE: title}, by="sari")

    def document(self) -> bytes:
        return self.store.get(KEY.document)

    def forget_made(self) -> None:
        """Have every photo worked on again, as if nothing had been made of any."""
        for found in list(self.store.list("renditions/")):
            if found.key.endswith(f"/{NAME}"):
                self.store.delete(found.key)


@pytest.fixture
def village(tmp_path: Path) -> Village:
    village = Village(tmp_path)
    photos = {file.name: file.read_bytes() for file in sorted(SAMPLES.glob("*.jpg"))[:2]}
    # The same once more under another name is told, from what is known of the photo and not from its files.
    photos["lagi.jpg"] = photos[min(photos)]
    add_listing(village.store, str(KEY), photos, "keranjang rotan 85rb")
    return village


@pytest.mark.heavy
def test_real_photos_are_taken_over_to_the_byte_until_something_about_them_changes(village: Village) -> None:
    first = village.process()
    assert len(village.worked) == 3
    assert [photo.repeats is not None for photo in first.finished].count(True) == 1

    village.edit("Keranjang Bu Sari")
    taken = village.process()
    # Of bytes that lie there twice what was made is kept once.
    assert village.worked in (["lagi.jpg"], [min(photo.file for photo in first.finished)])
    assert taken.photos == first.photos
    assert taken.suggestion.title is not None and taken.suggestion.title.value == "Keranjang Bu Sari"

    taken_over = village.document()
    village.forget_made()
    village.edit("Keranjang Ibu Sari")
    village.edit("Keranjang Bu Sari")
    village.process()
    assert len(village.worked) == 3
    assert village.document().replace(b'"version":4', b'"version":2') == taken_over


@pytest.mark.heavy
def test_a_corrected_photo_alone_is_worked_on_and_so_it_is_when_the_strokes_are_taken_back(
    tmp_path: Path,
) -> None:
    village = Village(tmp_path)
    files = sorted(SAMPLES.glob("*.jpg"))[:2]
    add_listing(village.store, str(KEY), {file.name: file.read_bytes() for file in files}, "keranjang rotan 85rb")
    before = {photo.file: photo for photo in village.process().finished}
    one, other = (file.name for file in files)

    correct_cutout(village.catalog, KEY, before[one].sha256, (CUT,), by="sari")
    corrected = {photo.file: photo for photo in village.process().finished}

    assert village.worked == [one]
    assert corrected[other] == before[other]
    assert (corrected[one].correction, corrected[one].trusted, corrected[one].doubts) == (
        mark_of((CUT,)),
        True,
        (),
    )
    assert corrected[one].trust == before[one].trust
    files_before, files_now = ({r.key for r in photo[one].renditions} for photo in (before, corrected))
    assert not files_before & files_now

    correct_cutout(village.catalog, KEY, before[one].sha256, (), by="sari")
    assert {photo.file: photo for photo in village.process().finished} == before
    assert village.worked == []

    # Another photo under the same name has nothing to do with those strokes.
    correct_cutout(village.catalog, KEY, before[one].sha256, (CUT,), by="sari")
    village.store.put(f"raw/{KEY}/{one}", files[1].read_bytes() + b"\0", media_type="image/jpeg")
    add_listing(village.store, str(KEY), {}, "keranjang rotan 85rb ya")
    replaced = {photo.file: photo for photo in village.process().finished}
    assert village.worked == [one]
    assert replaced[one].correction == ""

    # A file that is gone is made again, and so is all by other rules.
    village.store.delete(before[other].renditions[0].key)
    village.edit("Keranjang")
    village.process()
    assert village.worked == [other]
    village.settings = village.settings.model_copy(update={"marketplaces": village.settings.marketplaces[:1]})
    village.edit("Keranjang rotan")
    village.process()
    assert sorted(village.worked) == sorted([one, other])


def test_a_photo_that_was_set_aside_is_tried_again(tmp_path: Path) -> None:
    village = Village(tmp_path)
    add_listing(village.store, str(KEY), {"depan.jpg": b"no photo"}, "keranjang rotan 85rb")
    assert [photo.reason for photo in village.process().set_aside] != [RejectionReason.MISSING]
    village.edit("Keranjang")
    village.process()
    assert village.worked == ["depan.jpg"]


@pytest.mark.heavy
def test_photos_are_made_by_the_recipe_that_was_chosen_and_the_earlier_ones_are_taken_over_again(
    tmp_path: Path,
) -> None:
    village = Village(tmp_path)
    file = min(SAMPLES.glob("*.jpg"))
    add_listing(village.store, str(KEY), {file.name: file.read_bytes()}, "keranjang rotan 85rb")
    white = village.process()

    choose_recipe(village.catalog, KEY, "cream-square", by="sari")
    cream = village.process()
    assert village.worked == [file.name]
    assert cream.identity.startswith("cream-square-")
    assert content_hash(cream) != content_hash(white), "what was approved before is to be looked at again"
    files = [{each.name: each.sha256 for each in result.finished[0].renditions} for result in (white, cream)]
    assert files[0].keys() == files[1].keys()
    assert {name for name in files[0] if files[0][name] != files[1][name]} == {"main.jpg", "thumbnail.jpg"}
    main = next(each for each in cream.finished[0].renditions if each.name == "main.jpg")
    with Image.open(io.BytesIO(village.store.get(main.key))) as picture:
        corner = picture.convert("RGB").getpixel((3, 3))
    ground = load_recipe("cream-square").background
    assert isinstance(corner, tuple) and isinstance(ground, tuple)
    assert all(abs(one - other) <= 2 for one, other in zip(corner, ground, strict=True))

    choose_recipe(village.catalog, KEY, None, by="sari")
    again = village.process()
    assert village.worked == []
    assert again.finished == white.finished


def test_a_listing_waits_where_the_recipe_that_was_chosen_is_not_installed_any_more(tmp_path: Path) -> None:
    village = Village(tmp_path)
    add_listing(village.store, str(KEY), {"depan.jpg": b"no photo"}, "keranjang rotan 85rb")
    village.process()
    choose_recipe(village.catalog, KEY, "no-such-recipe", by="sari")
    result = village.process()
    assert HoldReason.RECIPE_GONE in {wait.reason for wait in result.waits}
    assert result.identity.startswith(village.context.recipe.name)


def test_what_was_made_under_a_lease_that_was_given_back_is_not_made_again(village: Village) -> None:
    lease = village.take()
    made, *others = lease.photos
    work_on_photo(village.settings, made)
    release(village.catalog, lease, error="it took too long", retry_after=0)

    village.process()

    assert sorted(village.worked) == sorted(photo.file for photo in others)
