"""GPS removed from EXIF, which is written as a TIFF file is (EXIF 2.32, 4.5 and 4.6.6; TIFF 6.0, section 2).

All stays where it was, since makers' own notes count from the block's beginning: the directory of GPS and its
values become zeros, and the entry that points to it is taken out of its table, in which the later ones move up.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

EXIF_POINTER, GPS_POINTER = 0x8769, 0x8825
PREFIX: Final = b"Exif\0"
"""What EXIF begins with in most containers, with one byte more; then comes the TIFF header."""
MOST_TABLES, MOST_ENTRIES = 8, 1024
"""Many more than cameras write. A table of more entries is none."""
SIZES: Final = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
"""Bytes of one value, by its type's number; the last three are BigTIFF's."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """How wide the numbers of a file are: TIFF's own, or BigTIFF's."""

    order: str
    """Of bytes, as struct writes it."""
    first: int
    """Where it is said where the first table begins."""
    count: str
    offset: str

    def number(self, data: bytes, at: int, kind: str) -> int:
        """Return a number; 0 where the bytes end before it does."""
        size = struct.calcsize(kind)
        return int(struct.unpack(self.order + kind, data[at : at + size].ljust(size, b"\0"))[0])

    @property
    def wide(self) -> int:
        return struct.calcsize(self.offset)

    @property
    def head(self) -> int:
        return struct.calcsize(self.count)

    @property
    def entry(self) -> int:
        """Bytes of one entry: tag, type, how many values, and these or where they are."""
        return 4 + 2 * self.wide


@dataclass(frozen=True, slots=True)
class _Table:
    """One directory."""

    at: int
    entries: range
    """Where each of its entries begins, as many as there is room for; none where that cannot be."""
    end: int
    """Behind the number that says where the next table is."""


LAYOUTS: Final = {
    b"II*\0": _Layout("<", 4, "H", "I"),
    b"MM\0*": _Layout(">", 4, "H", "I"),
    b"II+\0": _Layout("<", 8, "Q", "Q"),
    b"MM\0+": _Layout(">", 8, "Q", "Q"),
}


def without_gps_in_exif(block: bytes) -> bytes:
    """Return a block of EXIF, with or without its prefix, of the same length and without GPS."""
    start = len(PREFIX) + 1 if block.startswith(PREFIX) else 0
    return block[:start] + without_gps_in_tiff(block[start:])


def without_gps_in_tiff(data: bytes) -> bytes:
    """Return a TIFF of the same length without GPS; anything else as it is."""
    layout = LAYOUTS.get(data[:4])
    if layout is None:
        return data
    tables = list(_tables(layout, data))
    pointers = [(table, at) for table in tables for at in table.entries if _tag(layout, data, at) == GPS_POINTER]
    if not pointers:
        return data
    out = bytearray(data)
    # Where a broken pointer leads into a table of others, that one stays.
    kept = [(table.at, data[table.at : table.end]) for table in tables]
    for start, end in _together(span for _, at in pointers for span in _spans(layout, data, at)):
        out[start:end] = bytes(end - start)
    for start, was in kept:
        out[start : start + len(was)] = was
    for table in dict.fromkeys(table for table, _ in pointers):
        _take_out(layout, out, table)
    return bytes(out)


def _tables(layout: _Layout, data: bytes) -> Iterator[_Table]:
    """Yield the directories one after another, and those that EXIF keeps to itself."""
    waiting = [layout.number(data, layout.first, layout.offset)]
    seen: set[int] = set()
    while waiting and len(seen) < MOST_TABLES:
        at = waiting.pop()
        if at in seen or not layout.first < at < len(data):
            continue
        seen.add(at)
        table = _table_at(layout, data, at)
        yield table
        waiting.append(layout.number(data, table.entries.stop, layout.offset))
        waiting.extend(
            layout.number(data, entry + layout.entry - layout.wide, layout.offset)
            for entry in table.entries
            if _tag(layout, data, entry) == EXIF_POINTER
        )


def _table_at(layout: _Layout, data: bytes, at: int) -> _Table:
    start = at + layout.head
    room = (len(data) - start) // layout.entry
    count = layout.number(data, at, layout.count)
    stop = start + max(min(count, room), 0) * layout.entry if count <= MOST_ENTRIES else start
    return _Table(at, range(start, stop, layout.entry), min(stop + layout.wide, len(data)))


def _tag(layout: _Layout, data: bytes, at: int) -> int:
    return layout.number(data, at, "H")


def _spans(layout: _Layout, data: bytes, pointer: int) -> Iterator[tuple[int, int]]:
    """Yield where a directory of GPS, its values and, within their tables, nothing else lie."""
    at = layout.number(data, pointer + layout.entry - layout.wide, layout.offset)
    if not layout.first < at < len(data):
        return
    table = _table_at(layout, data, at)
    yield table.at, table.end
    for entry in table.entries:
        size = SIZES.get(layout.number(data, entry + 2, "H"), 0) * layout.number(data, entry + 4, layout.offset)
        place = layout.number(data, entry + layout.entry - layout.wide, layout.offset)
        if size > layout.wide and layout.first < place < len(data):
            yield place, min(place + size, len(data))


def _together(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans in order, those that touch as one."""
    begun: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if begun is not None and start <= begun[1]:
            begun = begun[0], max(begun[1], end)
            continue
        if begun is not None:
            yield begun
        begun = start, end
    if begun is not None:
        yield begun


def _take_out(layout: _Layout, out: bytearray, table: _Table) -> None:
    """Take the pointers to GPS out of a table; the later entries, and where the next table is, move up."""
    before = bytes(out[table.at : table.end])
    entries = [before[at - table.at :][: layout.entry] for at in table.entries]
    left = [entry for entry in entries if layout.number(entry, 0, "H") != GPS_POINTER]
    behind = before[table.entries.stop - table.at :]
    after = struct.pack(layout.order + layout.count, len(left)) + b"".join(left) + behind
    out[table.at : table.end] = after.ljust(len(before), b"\0")
