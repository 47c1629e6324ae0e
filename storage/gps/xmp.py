"""GPS removed from XMP (ISO 16684-1): its properties become blanks, which XML passes over."""

import re
from typing import Final

NAMES: Final = (b":GPS", b":Gps", b":gps")
LONGEST_BEFORE, LONGEST_BEHIND = 64, 4096
"""Bytes of a property before such a part of its name, and after it."""
PROPERTY: Final = re.compile(
    rb"""
      <(?P<name>[\w.-]{1,40}:(?:GPS|Gps|gps)\w*)\b[^<>]*(?:/>|>[^<]*</(?P=name)\s*>)   # an element of its own
    | \b[\w.-]{1,40}:(?:GPS|Gps|gps)\w*\s*=\s*(?:"[^"<]*"|'[^'<]*')                   # an attribute
    """,
    re.VERBOSE,
)


def without_gps_in_xmp(data: bytes) -> bytes:
    """Return bytes of the same length in which no XMP, wherever it lies, has a property of GPS."""
    there = [name for name in NAMES if name in data]
    if not there:
        return data
    start = max(min(data.find(name) for name in there) - LONGEST_BEFORE, 0)
    end = max(data.rfind(name) for name in there) + LONGEST_BEHIND
    bare = PROPERTY.sub(lambda found: b" " * len(found[0]), data[start:end])
    return data[:start] + bare + data[end:]
