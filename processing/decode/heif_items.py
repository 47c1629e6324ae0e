"""The kinds of a HEIC's items, checked before pi-heif sees them.

pi-heif 1.4.0 makes a Python text of the kind of each metadata item without asking whether it is text, and the
whole process ends: one changed bit in the word ``Exif`` is enough. Item entries: ISO/IEC 14496-12, 8.11.6.
"""

from typing import Final

from models.rejection import PhotoRejected, RejectionReason

ENTRY: Final = b"infe"
KIND: Final = {2: 12, 3: 14}
"""Where an item's kind begins behind its entry's name, by the entry's version; names in UTF-8 follow it."""


def check_items(data: bytes) -> None:
    """Raise PhotoRejected (CORRUPT) if a HEIC has an item whose kind and name are not text."""
    at = data.find(ENTRY)
    while at >= len(ENTRY):
        length = int.from_bytes(data[at - 4 : at], "big")
        kind = KIND.get(data[at + 4]) if at + 4 < len(data) else None
        if kind is not None:
            try:
                data[at + kind : max(at - 4 + length, at + kind + 4)].decode()
            except UnicodeDecodeError as error:
                raise PhotoRejected(RejectionReason.CORRUPT, "HEIF: the kind of an item is not text") from error
        at = data.find(ENTRY, at + len(ENTRY))
