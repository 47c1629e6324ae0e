"""A village centre on the day of a class: the samples' sellers, at every step that the console has a page for."""

import json
from dataclasses import dataclass
from pathlib import Path

from flows.outbox_work import drain_outbox
from flows.photo_work import open_photo_context
from models.edit import Overrides
from models.listing import ListingKey, ListingResult
from models.person import Person, Role
from models.photo import PhotoKey, PhotoResult, SetAside
from models.rejection import PhotoRejected
from models.seller import Enrolment
from storage.catalog.holders import this_process
from storage.catalog.links import make_link as invite
from storage.catalog.people import add_person
from storage.catalog.publication_leases import lease_publications, record_failure
from storage.catalog.reading import find_listing
from storage.catalog.reviews import approve, send_back
from storage.catalog.sellers import enrol_seller
from storage.catalog.upload_links import make_link
from storage.catalog.uploads import begin_upload
from tests.web.console.consoles import CENTRE, Console
from tests.web.console.processed import Atelier, Looked
from web.console.pieces import Pieces

SAMPLES = Path(__file__).parents[2] / "samples/raw"
TRAINER, REVIEWER, ADMINISTRATOR, INVITED = "sari", "tono", "dewi", "rini"
SELLERS = (
    Enrolment(name="Ibu Sari", village="Rajapolah", shop="Anyaman Ibu Sari", centre=CENTRE),
    Enrolment(name="Pak Asep", village="Plered", shop="Keramik Asep", centre=CENTRE),
    Enrolment(name="Kang Dadan", village="Trusmi", shop="Batik Dadan", centre=CENTRE),
    Enrolment(name="Bu Euis", village="Karangpawitan", centre=CENTRE),
)
"""Their names are their folders'."""
RETAKEN = ListingKey(seller="ibu-sari", listing="keranjang-rotan")
SENT_BACK = ListingKey(seller="ibu-sari", listing="sandal-pandan")
PUBLISHED = ListingKey(seller="kang-dadan", listing="madu-hutan")
UNSENT = ListingKey(seller="pak-asep", listing="ukiran-jati")
SPOILT = ListingKey(seller="kang-dadan", listing="batik-megamendung")
"""One of its photos is cut off in the file, and cannot be used."""
WAITING = ListingKey(seller="bu-euis", listing="sambal-bawang")
ARRIVING = ListingKey(seller="bu-euis", listing="keripik-singkong")
PROCESSED = (RETAKEN, SENT_BACK, PUBLISHED, UNSENT, SPOILT, WAITING)


@dataclass(frozen=True, slots=True)
class Village:
    """What the console holds."""

    sessions: dict[str, str]
    """The cookie's value by who is signed in with it."""
    secret: str
    """Of an invitation that nobody has used."""
    token: str
    """Of a seller's phone."""
    photo: str
    """The SHA-256 of a photo with which something is wrong."""
    again: str
    """Of one that was taken again."""
    spoilt: str
    """The file's name of one that cannot be used."""


class Studio(Atelier):
    """A workshop that sets aside what cannot be used, as the pool does."""

    async def work(self, key: PhotoKey, overrides: Overrides) -> PhotoResult:  # type: ignore[override]
        """Look at one photo."""
        try:
            return await Atelier.work(self, key, overrides)
        except PhotoRejected as rejected:
            return SetAside(file=key.file, sha256=None, reason=rejected.reason)


def furnish(console: Console) -> Village:
    """Put sellers, photos and people into an empty console, and have the photos processed: a minute's work."""
    catalog = console.catalog
    studio = Studio(console, open_photo_context(console.settings), Looked(None, ()))  # type: ignore[arg-type]
    for seller in SELLERS:
        enrol_seller(catalog, seller, by=TRAINER)
    for key in PROCESSED:
        _send(console, key)
    studio.process()
    again = _take_again(console, studio)
    send_back(catalog, SENT_BACK, version=1, by=TRAINER, word="Foto lagi dekat jendela, satu pasang saja.")
    _publish(console)
    _begin_to_send(console)

    roles = {TRAINER: Role.TRAINER, REVIEWER: Role.REVIEWER, ADMINISTRATOR: Role.ADMINISTRATOR}
    sessions = {name: console.begin_session(name, role) for name, role in roles.items()}
    add_person(catalog, Person(name=INVITED, role=Role.TRAINER, centre=CENTRE), by=ADMINISTRATOR)
    return Village(
        sessions=sessions,
        secret=invite(catalog, INVITED, by=ADMINISTRATOR),
        token=make_link(catalog, ARRIVING, by=TRAINER)[1],
        photo=min(_result(console, SENT_BACK).finished, key=lambda photo: photo.assessment.score).sha256,
        again=again,
        spoilt=next(photo.file for photo in _result(console, SPOILT).set_aside),
    )


def _send(console: Console, key: ListingKey) -> None:
    """Put a sample where a seller's photos lie; her words come last and make it due at once."""
    note = {"words": "", "price": None}
    for file in sorted((SAMPLES / str(key)).iterdir()):
        if file.name == "listing.json":
            note = json.loads(file.read_text())
        elif file.name == "note.txt":
            note["words"] = file.read_text()
        else:
            console.store.put(f"raw/{key}/{file.name}", file.read_bytes(), media_type="application/octet-stream")
    console.store.put(f"raw/{key}/listing.json", json.dumps(note).encode(), media_type="application/json")


def _take_again(console: Console, studio: Studio) -> str:
    """Have a photo taken again and processed; return the new one's SHA-256."""
    data = (SAMPLES / str(RETAKEN) / "depan.jpg").read_bytes() + b"\0"  # another file of the same photo
    upload = begin_upload(
        console.catalog,
        RETAKEN,
        sender_key="again",
        stem="samping",
        size=len(data),
        by=TRAINER,
        replaces="samping.jpg",
    )
    Pieces(console.store, console.catalog).keep(upload, data)
    studio.process()
    return next(photo.sha256 for photo in _result(console, RETAKEN).finished if photo.file == "samping.jpg")


def _publish(console: Console) -> None:
    """Have one listing published, and another one given up."""
    for key, publisher in ((PUBLISHED, "bundle"), (UNSENT, "toko")):
        approve(console.catalog, key, version=1, by=TRAINER, publishers=(publisher,))
    (sending,) = lease_publications(console.catalog, this_process(), limit=1, publisher="toko")
    record_failure(console.catalog, sending, error="HTTP 402: the shop's plan has ended", final=True)
    drain_outbox(console.settings)


def _begin_to_send(console: Console) -> None:
    """Have a photo that is whole, and half of another."""
    pieces = Pieces(console.store, console.catalog)
    for name, share in (("atas", 1.0), ("depan", 0.5)):
        data = (SAMPLES / str(ARRIVING) / f"{name}.jpg").read_bytes()
        upload = begin_upload(console.catalog, ARRIVING, sender_key=name, stem=name, size=len(data), by=TRAINER)
        pieces.keep(upload, data[: int(len(data) * share)])


def _result(console: Console, key: ListingKey) -> ListingResult:
    row = find_listing(console.catalog, key)
    if row is None or row.result is None:
        raise SystemExit(f"{key} was not processed")
    return row.result
