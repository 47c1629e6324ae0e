"""What is news to a buyer: another cut-out is, a version that looks the same is not."""

import hashlib

from models.listing import ListingKey, ListingResult
from models.note import SellerNote
from models.publication import content_hash
from tests.listings import finished, suggestion


def result(correction: str = "", version: int = 1) -> ListingResult:
    return ListingResult(
        key=ListingKey(seller="ani", listing="tampah"),
        version=version,
        identity="white-square-1",
        note=SellerNote(),
        photos=(finished("depan.jpg").model_copy(update={"correction": correction}),),
        score=90,
        suggestion=suggestion(),
        waits=(),
    )


def test_a_corrected_cutout_is_news_and_one_that_nobody_drew_on_is_known_as_it_always_was() -> None:
    assert content_hash(result()) == content_hash(result(version=2))
    assert len({content_hash(result()), content_hash(result("aaa")), content_hash(result("bbb"))}) == 3
    words = result().suggestion
    parts = (
        "white-square-1",
        SellerNote().model_dump_json(),
        "00 True",
        *(repr(each and each.value) for each in (words.title, words.category, words.price, words.description)),
        repr((words.keywords, words.alt_text)),
        "",
    )
    assert content_hash(result()) == hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
