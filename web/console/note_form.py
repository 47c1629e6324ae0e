"""The form of a seller's words and price: what it shows of the note beside her photos, and what it sends."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.listing import ListingKey
from models.note import NoteProblem, NoteUnreadable, SellerNote
from models.store import ObjectMissing, ObjectStore
from processing.suggest.note import MAX_BYTES, plain_words, read_note
from storage.discovery import NOTES

MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class NoteFields:
    """A note as the form's fields hold it."""

    words: str = ""
    price: str = ""
    """As it is typed: ``Rp 15.000`` is 15000."""
    problem: NoteProblem | None = None
    """Why there are no words where a note lies."""

    @property
    def digits(self) -> str:
        """The price as it is kept."""
        return "".join(self.price.split()).removeprefix("Rp").replace(".", "")

    @property
    def mark(self) -> str:
        """By which a form says what stood there when it was shown."""
        return hashlib.sha256(f"{self.words}\0{self.digits}".encode()).hexdigest()


NOTHING = NoteFields()


def note_beside(store: ObjectStore, key: ListingKey) -> NoteFields:
    """Return what a listing's note says now, whether it has been processed or not. Raises StoreError."""
    for file in NOTES:
        try:
            note = read_note(file, store.get(f"raw/{key}/{file}", limit=MAX_BYTES))
        except ObjectMissing:
            continue
        except NoteUnreadable as fault:
            return NoteFields(problem=fault.problem)
        return NoteFields(note.words, "" if note.price is None else str(note.price))
    return NOTHING


@dataclass(frozen=True, slots=True)
class NoteSent:
    """What a form that was sent comes to."""

    changed: NoteFields | None = None
    """Its fields; ``None`` where she has changed nothing, or the note says the same by now."""
    note: SellerNote | None = None
    """What is to be kept of them; ``None`` where something is wrong."""
    wrong: Mapping[str, str] = field(default_factory=dict)
    """Which text tells what is wrong in which field."""


def read_note_form(form: Mapping[str, str], there: NoteFields) -> NoteSent:
    """Return what a form comes to where the note says what is ``there`` now."""
    # The words as they are read again where they are kept.
    fields = NoteFields(plain_words(form.get("words", "")), form.get("price", "").strip())
    seen = form.get("seen", NOTHING.mark)
    if fields.mark in {seen, there.mark}:
        return NoteSent()
    note, wrong = _note_of(fields)
    if there.mark != seen:
        wrong["note"] = "newer"
    return NoteSent(fields, note, wrong)


def _note_of(fields: NoteFields) -> tuple[SellerNote | None, dict[str, str]]:
    digits = fields.digits
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS):
        return None, {"price": "wrong_price"}
    note = SellerNote(words=fields.words, price=int(digits) if digits else None)
    if len(note.model_dump_json().encode()) > MAX_BYTES:
        return None, {"words": "wrong_words"}
    return note, {}
