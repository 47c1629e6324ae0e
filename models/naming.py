"""Turns typed names into folder and file names that every store and shell takes."""

import unicodedata

MOST_CHARACTERS = 60


def plain_name(words: str) -> str:
    """Return words as small letters and digits with single hyphens between: ``Bu Euis & Co.`` is ``bu-euis-co``.

    Letters of other scripts stay, marks on Latin ones go. At most 60 characters and 180 bytes; empty where nothing
    is left, so that the caller can say so.
    """
    letters = (
        letter.lower() if letter.isalnum() else "-"
        for letter in unicodedata.normalize("NFKD", words)
        if not unicodedata.combining(letter)
    )
    parts = [part for part in "".join(letters).split("-") if part]
    name = unicodedata.normalize("NFC", "-".join(parts))[:MOST_CHARACTERS]
    return name.encode()[: 3 * MOST_CHARACTERS].decode(errors="ignore").strip("-")
