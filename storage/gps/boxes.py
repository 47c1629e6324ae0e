"""GPS removed from the EXIF in HEIC and AVIF, where it is an item beside the picture (ISO/IEC 14496-12, 8.11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from storage.gps.exif import PREFIX, without_gps_in_tiff

CONTAINERS: Final = {b"meta": 4, b"iinf": 6}
"""Boxes that hold boxes, and the bytes of their own before these; a newer ``iinf`` has two more."""
DEEPEST, MOST_BOXES, LONGEST_STORE = 2, 10_000, 1024 * 1024
"""How deep a box of an item lies, how many boxes a photo has, and bytes of the one that says where they lie."""
IN_FILE, IN_DATA_BOX = 0, 1
"""Where an item's offsets count from: the file's beginning, or that of the ``idat`` box."""


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    start: int
    """Of what it holds."""
    end: int


class _Reader:
    """Reads numbers one after another; those behind the end are 0."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self.at = data, at

    def number(self, size: int) -> int:
        """Return the next number, of ``size`` bytes."""
        self.at += size
        return int.from_bytes(self._data[self.at - size : self.at], "big")


def without_gps_in_items(data: bytes) -> bytes:
    """Return a HEIC or AVIF of the same length without GPS in its items of EXIF."""
    boxes = list(islice(_inside(data, 0, len(data)), MOST_BOXES))
    items = {_item(data, box) for box in boxes if box.kind == b"infe" and _is_exif(data, box)}
    store = next((box for box in boxes if box.kind == b"iloc"), None)
    if store is None or not items:
        return data
    own = next((box.start for box in boxes if box.kind == b"idat"), 0)
    out = bytearray(data)
    for spans in _places(data, store, items, own):
        block = b"".join(data[start:end] for start, end in spans)
        bare = _bare(block)
        for start, end in spans:
            out[start:end], bare = bare[: end - start], bare[end - start :]
    return bytes(out)


def _inside(data: bytes, at: int, end: int, depth: int = 0) -> Iterator[_Box]:
    """Yield the boxes between two places, and those in them that lead to the items."""
    while at + 8 <= end:
        size, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        stop = end if size == 0 else min(at + size, end)
        if stop < at + head:
            return
        box = _Box(kind, at + head, stop)
        yield box
        if kind in CONTAINERS and depth < DEEPEST:
            newer = 2 if kind == b"iinf" and data[box.start : box.start + 1] not in {b"", b"\0"} else 0
            yield from _inside(data, box.start + CONTAINERS[kind] + newer, stop, depth + 1)
        at = stop


def _is_exif(data: bytes, box: _Box) -> bool:
    return data.startswith(b"Exif", box.start + 8 + _extra(data, box))


def _item(data: bytes, box: _Box) -> int:
    return int.from_bytes(data[box.start + 4 : box.start + 6 + _extra(data, box)], "big")


def _extra(data: bytes, box: _Box) -> int:
    """Return by how many bytes an item's number is longer in this version of its entry."""
    return 2 if data[box.start : box.start + 1] == b"\3" else 0


def _places(data: bytes, store: _Box, items: set[int], own: int) -> Iterator[list[tuple[int, int]]]:
    """Yield where the bytes of each of these items lie, in the order of its parts; together not more than all."""
    room = len(data)
    read, end = _Reader(data, store.start), min(store.end, store.start + LONGEST_STORE)
    version = read.number(1)
    read.number(3)
    sizes = read.number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    count = read.number(2 if version < 2 else 4)  # noqa: PLR2004
    for _ in range(count):
        if read.at >= end:
            return
        item = read.number(2 if version < 2 else 4)  # noqa: PLR2004
        method = read.number(2) & 15 if version else IN_FILE
        read.number(2)
        base = read.number(base_size) + (own if method == IN_DATA_BOX else 0)
        spans: list[tuple[int, int]] = []
        for _ in range(read.number(2)):
            begun = read.at
            read.number(index_size if version else 0)
            start = base + read.number(offset_size)
            length = read.number(length_size) or len(data)
            spans.append((min(start, len(data)), min(start + length, len(data))))
            # Of parts that are told in no bytes, all are the same.
            if read.at == begun or read.at >= end:
                break
        size = sum(end - start for start, end in spans)
        if item in items and method in {IN_FILE, IN_DATA_BOX} and size <= room:
            room -= size
            yield spans


def _bare(item: bytes) -> bytes:
    """Return an item of EXIF: how far behind this number its TIFF begins, mostly EXIF's prefix, and the TIFF."""
    start = 4 + int.from_bytes(item[:4], "big")
    if item[4:].startswith(PREFIX):
        start = 4 + len(PREFIX) + 1
    return item[:start] + without_gps_in_tiff(item[start:])
