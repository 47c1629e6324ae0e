"""Within a listing the second of two equal photos repeats the first."""

from collections.abc import Sequence

from models.fingerprint import RepeatScope
from models.photo import Finished, PhotoResult, SetAside
from models.rejection import RejectionReason
from processing.repeats import mark_repeats
from tests.processing.test_fingerprint import COPIES, fingerprint, sample
from tests.storage.catalog.test_fingerprints import photo

JARS = "bu-euis/sambal-bawang/depan.jpg"
CARVING = "pak-asep/ukiran-jati/depan.jpg"


def seen(file: str, place: str, copy: str | None = None) -> Finished:
    pixels = sample(place) if copy is None else COPIES[copy](sample(place))
    taken = photo(file, file=file)
    return taken.model_copy(update={"fingerprint": fingerprint(pixels)})


def marked(photos: Sequence[PhotoResult]) -> dict[str, str | None]:
    done = mark_repeats(photos)
    return {one.file: one.repeats.file if one.repeats else None for one in done if isinstance(one, Finished)}


def test_the_second_of_two_is_marked_and_a_third_names_the_first() -> None:
    first, other = seen("a.jpg", JARS), seen("b.jpg", CARVING)
    photos = [first, other, seen("c.jpg", JARS, "cropped"), seen("d.jpg", JARS, "brighter")]

    assert marked(photos) == {"a.jpg": None, "b.jpg": None, "c.jpg": "a.jpg", "d.jpg": "a.jpg"}
    assert all(
        one.repeats is None or one.repeats.whose is RepeatScope.LISTING for one in mark_repeats([first, other])
    )


def test_the_same_bytes_under_two_names_are_the_same_photo_however_plain_it_is() -> None:
    plain = photo("a", file="a.jpg").model_copy(update={"fingerprint": None})
    twice = plain.model_copy(update={"file": "b.jpg"})
    another = plain.model_copy(update={"file": "c.jpg", "sha256": "c"})

    assert marked([plain, twice, another]) == {"a.jpg": None, "b.jpg": "a.jpg", "c.jpg": None}


def test_what_was_set_aside_is_repeated_by_nothing() -> None:
    lost = SetAside(file="a.jpg", sha256="a", reason=RejectionReason.TRUNCATED)

    assert mark_repeats([lost, photo("a", file="b.jpg")]) == (lost, photo("a", file="b.jpg"))
