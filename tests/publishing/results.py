"""Made-up results of listings, with renditions that lie in a store."""

import hashlib

from models.assessment import Assessment
from models.listing import ListingKey, ListingResult
from models.note import SellerNote
from models.photo import Finished, PhotoKey
from models.picture import Source
from models.publication import Publication
from models.rendition import StoredRendition
from models.store import ObjectStore
from models.suggestion import Evidence, Suggested, Suggestion

KEY = ListingKey(seller="ibu-ani", listing="tampah")
IDENTITY = "white-square-0123456789ab"


def suggestion() -> Suggestion:
    """Return a suggestion without an open question."""
    evidence = (Evidence(source="note", quote="Tampah bambu 45rb"),)
    return Suggestion(
        title=Suggested(value="Tampah Bambu", evidence=evidence, confidence=0.9),
        category=Suggested(value="bamboo", evidence=evidence, confidence=0.8),
        price=Suggested(value=45000, evidence=evidence, confidence=0.9),
        description=None,
        questions=(),
    )


def stored_photo(store: ObjectStore, file: str) -> Finished:
    """Return a finished photo whose renditions are put into the store."""
    renditions = []
    for name, published in (("main.jpg", True), ("before.jpg", False)):
        data = f"{file} {name}".encode()
        photo = PhotoKey(seller=KEY.seller, listing=KEY.listing, file=file)
        key = photo.rendition("00", IDENTITY, f"{file}-{name}")
        store.put(key, data, media_type="image/jpeg")
        renditions.append(
            StoredRendition(
                name=name,
                key=key,
                media_type="image/jpeg",
                width=1200,
                height=1200,
                bytes=len(data),
                sha256=hashlib.sha256(data).hexdigest(),
                published=published,
            )
        )
    return Finished(
        file=file,
        sha256="00",
        source=Source(format="JPEG", width=1600, height=1200, bytes=1),
        trust=0.9,
        trusted=True,
        doubts=(),
        assessment=Assessment(score=90, parts={}, measurements=(), defects=()),
        verdicts=(),
        renditions=tuple(renditions),
    )


def stored_result(store: ObjectStore, version: int = 1) -> ListingResult:
    """Return a publishable result of two photos."""
    return ListingResult(
        key=KEY,
        version=version,
        identity=IDENTITY,
        note=SellerNote(words="Tampah bambu 45rb"),
        photos=(stored_photo(store, "depan.jpg"), stored_photo(store, "samping.jpg")),
        score=90,
        suggestion=suggestion(),
        waits=(),
    )


def publication(version: int = 1) -> Publication:
    """Return the outbox's word for it."""
    return Publication(key=KEY, version=version, publisher="bundle", identity=IDENTITY)
