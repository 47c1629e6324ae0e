"""Reading what lies beside the photos: ``note.txt`` as phones write it, ``listing.json`` as programs send it."""

import codecs
import unicodedata

from pydantic import ValidationError

from models.note import NoteProblem, NoteUnreadable, SellerNote

MAX_BYTES = 16 * 1024
"""A note is a few lines; what is larger is something else."""


def read_note(file_name: str, data: bytes) -> SellerNote:
    """Return the seller's words, and her price where ``listing.json`` gives it apart.

    Parameters
    ----------
    file_name
        What ends in ``.json`` is read as ``{"words": str, "price": int}``, both optional; everything else as text.
    data
        UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    Raises
    ------
    NoteUnreadable
        When the bytes are too many, no text, or not the JSON that they should be; the problem says which.
    """
    if len(data) > MAX_BYTES:
        raise NoteUnreadable(NoteProblem.TOO_LONG, f"{len(data)} bytes, at most {MAX_BYTES}")
    text = _decode(data)
    note = _parse(text) if file_name.casefold().endswith(".json") else SellerNote(words=text)
    return note.model_copy(update={"words": plain_words(note.words)})


def _decode(data: bytes) -> str:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "windows-1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NoteUnreadable(NoteProblem.NOT_TEXT, f"neither {' nor '.join(encodings)}")


def _parse(text: str) -> SellerNote:
    try:
        return SellerNote.model_validate_json(text, strict=True)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        broken = any(fault["type"] == "json_invalid" for fault in faults)
        detail = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}".removeprefix(": ") for fault in faults
        )
        raise NoteUnreadable(NoteProblem.NOT_JSON if broken else NoteProblem.WRONG_FIELDS, detail) from None


def plain_words(text: str) -> str:
    """Turn the bold and italic letters of phone keyboards into plain ones, and drop what cannot be seen."""
    composed = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        character
        for character in composed
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf")
    ).strip()
