"""What a photo repeats is told apart by whose it was, and another seller's waits for a person."""

from collections.abc import Iterator

import pytest

from config.approval import load_approval_rule
from flows.repeats import know_again
from models.fingerprint import Repeat, RepeatScope
from models.listing import HoldReason
from models.note import SellerNote
from models.photo import Finished, PhotoResult
from processing.listing import assemble_listing
from processing.repeats import looks_same
from storage.catalog import Catalog, open_catalog
from storage.catalog.fingerprints import note_fingerprints
from storage.catalog.results import finish
from tests.processing.test_repeats import CARVING, JARS, seen
from tests.storage.catalog.test_fingerprints import lease
from tests.storage.made import NOTHING_SUGGESTED, key, result

KEY = key("budi/ukiran")


@pytest.fixture
def catalog(sqlite_url: str) -> Iterator[Catalog]:
    catalog = open_catalog(sqlite_url)
    yield catalog
    catalog.close()


def work(catalog: Catalog, name: str, *photos: Finished, etag: str = "1") -> tuple[PhotoResult, ...]:
    taken = lease(catalog, name, etag)
    note_fingerprints(catalog, [(taken, photos)], looks_same)
    done = know_again(catalog, taken, photos)
    finish(catalog, taken, result(taken, photos=done), ())
    return done


def repeats(done: tuple[PhotoResult, ...]) -> list[Repeat | None]:
    return [one.repeats for one in done if isinstance(one, Finished)]


def test_a_photo_of_ones_own_other_listing_is_named_and_another_sellers_is_not(catalog: Catalog) -> None:
    original = seen("depan.jpg", JARS)
    assert repeats(work(catalog, "euis/sambal", original)) == [None]

    again = work(catalog, "euis/sambal-lagi", seen("kedua.jpg", JARS, "cropped"), seen("lain.jpg", CARVING))
    assert repeats(again) == [Repeat(whose=RepeatScope.SELLER, listing="sambal", file="depan.jpg"), None]

    taken = work(catalog, "budi/sambal", seen("curian.jpg", JARS, "all of it"))
    assert repeats(taken) == [Repeat(whose=RepeatScope.OTHER)]
    assert "euis" not in str(taken)


def test_the_first_to_send_it_is_not_to_blame_however_often_it_is_processed_again(catalog: Catalog) -> None:
    original = seen("depan.jpg", JARS)
    work(catalog, "euis/sambal", original)
    work(catalog, "budi/sambal", seen("curian.jpg", JARS, "saved again"))

    assert repeats(work(catalog, "euis/sambal", original, etag="2")) == [None]


def test_the_first_to_send_it_is_not_to_blame_when_she_saves_it_anew_and_the_copier_still_is(
    catalog: Catalog,
) -> None:
    work(catalog, "euis/sambal", seen("depan.jpg", JARS))
    copied = seen("curian.jpg", JARS, "all of it")
    work(catalog, "budi/sambal", copied)

    for etag, copy in enumerate(("saved again", "cropped", "brighter"), 2):
        again = seen(f"depan-{copy}.jpg", JARS, copy)
        assert repeats(work(catalog, "euis/sambal", again, etag=str(etag))) == [None]
    assert repeats(work(catalog, "budi/sambal", copied, etag="2")) == [Repeat(whose=RepeatScope.OTHER)]


def test_the_first_to_send_it_is_not_to_blame_when_the_old_one_and_the_new_one_are_both_there(
    catalog: Catalog,
) -> None:
    original, anew = seen("z.jpg", JARS), seen("a.jpg", JARS, "saved again")
    work(catalog, "euis/sambal", original)
    work(catalog, "budi/sambal", seen("curian.jpg", JARS, "all of it"))

    both = work(catalog, "euis/sambal", anew, original, etag="2")
    assert repeats(both) == [None, Repeat(whose=RepeatScope.LISTING, file="a.jpg")]
    assert repeats(work(catalog, "euis/sambal", anew, etag="3")) == [None]


def test_the_first_to_send_it_is_not_to_blame_when_she_uses_it_in_another_listing(catalog: Catalog) -> None:
    work(catalog, "euis/sambal", seen("depan.jpg", JARS))
    work(catalog, "budi/sambal", seen("curian.jpg", JARS, "all of it"))

    again = work(catalog, "euis/sambal-lagi", seen("kedua.jpg", JARS, "cropped"))
    assert repeats(again) == [Repeat(whose=RepeatScope.SELLER, listing="sambal", file="depan.jpg")]


def test_another_sellers_photo_waits_for_a_person_and_ones_own_does_not() -> None:
    waits = {}
    for whose in RepeatScope:
        photo = seen("depan.jpg", CARVING).model_copy(update={"repeats": Repeat(whose=whose)})
        listing = assemble_listing(
            KEY,
            version=1,
            identity="recipe-1",
            note=SellerNote(),
            photos=(photo,),
            suggestion=NOTHING_SUGGESTED,
            rule=load_approval_rule(),
        )
        waits[whose] = [wait.file for wait in listing.waits if wait.reason is HoldReason.OTHERS_PHOTO]

    assert waits == {RepeatScope.LISTING: [], RepeatScope.SELLER: [], RepeatScope.OTHER: ["depan.jpg"]}


def test_the_fingerprint_stays_out_of_what_is_written_down() -> None:
    photo = seen("depan.jpg", CARVING)

    assert photo.fingerprint is not None
    assert Finished.model_validate_json(photo.model_dump_json()).fingerprint is None
