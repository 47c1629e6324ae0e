"""Made-up results of listings, with renditions that lie in a store."""

import hashlib
import io
from datetime import UTC, datetime

from PIL import Image

from models.assessment import Assessment
from models.fact import Evidence
from models.listing import ListingKey, ListingResult
from models.note import SellerNote
from models.photo import Finished
from models.picture import Source
from models.publication import Action, Publication
from models.rendition import StoredRendition
from models.store import ObjectStore
from models.suggestion import Suggested, Suggestion

KEY = ListingKey(seller="ibu-ani", listing="tampah")
IDENTITY = "white-square-0123456789ab"
QUEUED_AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def suggestion(title: str = "Tampah Bambu", price: int = 45000) -> Suggestion:
    """Return a suggestion without an open question."""
    evidence = (Evidence(source="note", quote="Tampah bambu 45rb"),)
    return Suggestion(
        title=Suggested(value=title, evidence=evidence, confidence=0.9),
        category=Suggested(value="baskets", evidence=evidence, confidence=0.8),
        price=Suggested(value=price, evidence=evidence, confidence=0.9),
        description=None,
        questions=(),
    )


def jpeg(colour: str) -> bytes:
    """Return a small picture in one colour."""
    out = io.BytesIO()
    Image.new("RGB", (600, 600), colour).save(out, "JPEG")
    return out.getvalue()


def stored_photo(store: ObjectStore, file: str, key: ListingKey = KEY, colour: str = "peru") -> Finished:
    """Return a finished photo whose renditions are put into the store."""
    renditions = []
    for name, published in (("main.jpg", True), ("before.jpg", False)):
        data = jpeg(colour) + f"{file} {name}".encode()
        photo = key.photo(file)
        place = photo.rendition("00", IDENTITY, f"{file}-{name}")
        store.put(place, data, media_type="image/jpeg")
        renditions.append(
            StoredRendition(
                name=name,
                key=place,
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
        sha256=hashlib.sha256(colour.encode()).hexdigest(),
        source=Source(format="JPEG", width=1600, height=1200, bytes=1),
        trust=0.9,
        trusted=True,
        doubts=(),
        assessment=Assessment(score=90, parts={}, measurements=(), defects=()),
        verdicts=(),
        renditions=tuple(renditions),
    )


def stored_result(
    store: ObjectStore,
    version: int = 1,
    *,
    key: ListingKey = KEY,
    title: str = "Tampah Bambu",
    price: int = 45000,
    files: tuple[str, ...] = ("depan.jpg", "samping.jpg"),
) -> ListingResult:
    """Return a publishable result, of two photos unless others are named."""
    return ListingResult(
        key=key,
        version=version,
        identity=IDENTITY,
        note=SellerNote(words="Tampah bambu 45rb"),
        photos=tuple(stored_photo(store, file, key) for file in files),
        score=90,
        suggestion=suggestion(title, price),
        waits=(),
    )


def publication(version: int = 1, *, action: Action = Action.PUBLISH, publisher: str = "bundle") -> Publication:
    """Return the outbox's word for it."""
    return Publication(
        key=KEY,
        version=version,
        publisher=publisher,
        identity=IDENTITY,
        content=f"says {version}",
        action=action,
        queued_at=QUEUED_AT,
    )
