"""Which keys every store takes: so that a folder can become a bucket, and a bucket a folder."""

import unicodedata

from models.store import InvalidKey

MAX_KEY_BYTES = 1024
"""S3's limit, in bytes of UTF-8."""
MAX_NAME_BYTES = 255
"""What Linux file systems take between two slashes, in bytes of UTF-8."""


def check_key(key: str) -> None:
    """Raise InvalidKey unless the key is a relative path of names in any script without control characters."""
    for name in key.split("/"):
        _check_name(key, name)
    if len(key.encode()) > MAX_KEY_BYTES:
        raise InvalidKey(f"{key!r}: longer than {MAX_KEY_BYTES} bytes")


def check_prefix(prefix: str) -> None:
    """Raise InvalidKey unless some key could begin like this; the part after the last slash may be half a name."""
    *folders, start = prefix.split("/")
    for name in folders:
        _check_name(prefix, name)
    _check_characters(prefix, start)


def _check_name(key: str, name: str) -> None:
    if name in {"", ".", ".."}:
        raise InvalidKey(f"{key!r}: empty, absolute, or with an empty, '.' or '..' part")
    _check_characters(key, name)
    if len(name.encode()) > MAX_NAME_BYTES:
        raise InvalidKey(f"{key!r}: a part is longer than {MAX_NAME_BYTES} bytes")


def _check_characters(key: str, name: str) -> None:
    if name.isascii() and name.isprintable() and "\\" not in name:
        return  # as nearly all are, and much sooner told
    for character in name:
        # Cc: control characters, NUL among them. Cs: what is left of a file name that is not UTF-8.
        if character == "\\" or unicodedata.category(character) in {"Cc", "Cs"}:
            raise InvalidKey(f"{key!r}: contains {character!r}")
