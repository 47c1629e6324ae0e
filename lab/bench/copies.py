"""How surely a copy of a photo is known again, and how often another photo is taken for one.

    .venv/bin/python -m pip install --no-deps imagehash
    .venv/bin/python -m lab.bench.copies FOLDER [--senders TABLE] [--photos N]

FOLDER holds photos, and TABLE is a CSV with their ``file`` and ``sender_id``; without one each photo has a sender
of its own. Copies are made of N of the photos and looked for among all of them, by marks and then by the small
picture, as in the catalog. A false match is a pair of two senders' photos that counts as the same: each photo is
looked for among all others, and besides all pairs are held together whose small pictures correlate by ``--least``
as they lie, whether they share a mark or not. The peer is imagehash's phash, at the largest distance at which it
has no match but those that ours has too; the likest pairs are named, to be looked at.
"""

import argparse
import csv
import io
import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.fingerprint import Fingerprint
from models.picture import Picture, Source
from processing.fingerprint import take_fingerprint
from processing.likeness import SAME, measure_likeness
from storage.catalog.fingerprints import CANDIDATES, COMMON, MARKS

Photo = NDArray[np.uint8]
GAMMA = 2.2
PROCESSES = 2


class Seen(NamedTuple):
    """What is kept of a photo."""

    fingerprint: Fingerprint | None
    peer: NDArray[np.bool_]


def saved(photo: Photo, quality: int = 85) -> Photo:
    """Return the photo as a JPEG has it."""
    out = io.BytesIO()
    Image.fromarray(photo).save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(out))


def resized(photo: Photo, factor: float) -> Photo:
    """Return the photo in another size."""
    return saved(np.asarray(cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8))


def cropped(photo: Photo, left: float, top: float, right: float, bottom: float) -> Photo:
    """Return the photo without a share of its width and height at each side."""
    height, width = photo.shape[:2]
    rows = slice(round(top * height), round((1 - bottom) * height))
    return saved(np.ascontiguousarray(photo[rows, round(left * width) : round((1 - right) * width)]))


def brightened(photo: Photo, stops: float) -> Photo:
    """Return the photo with more light."""
    light = np.clip((photo / 255.0) ** GAMMA * 2**stops, 0, 1)
    return saved(np.rint(255 * light ** (1 / GAMMA)).astype(np.uint8))


def cropped_anywhere(photo: Photo, number: int) -> Photo:
    """Return 95 % of the photo's width and height, from a place drawn by lot."""
    left, top = np.random.default_rng(number).uniform(0, 0.05, 2)
    return cropped(photo, left, top, 0.05 - left, 0.05 - top)


COPIES: dict[str, Callable[[Photo, int], Photo]] = {
    "saved again, quality 50": lambda photo, number: saved(photo, 50),
    "half the size": lambda photo, number: resized(photo, 0.5),
    "cropped by 5 %, anywhere": cropped_anywhere,
    "cropped by 5 %, one side": lambda photo, number: cropped(photo, 0.05, 0, 0, 0),
    "cropped by 5 %, each side": lambda photo, number: cropped(photo, 0.05, 0.05, 0.05, 0.05),
    "half a stop brighter": lambda photo, number: brightened(photo, 0.5),
    "a stop brighter": lambda photo, number: brightened(photo, 1),
    "cropped, smaller, brighter": lambda photo, number: saved(
        brightened(resized(cropped_anywhere(photo, number), 0.6), 0.4), 60
    ),
}


def see(photo: Photo) -> Seen:
    """Take a photo's fingerprints."""
    source = Source(format="JPEG", width=photo.shape[1], height=photo.shape[0], bytes=1)
    fingerprint = take_fingerprint(Picture(np.ascontiguousarray(photo), source))
    return Seen(fingerprint, imagehash.phash(Image.fromarray(photo)).hash.ravel())


def see_file(file: Path) -> Seen:
    """Take the fingerprints of a file."""
    return see(np.asarray(Image.open(file).convert("RGB")))


def see_copies(file: Path, number: int) -> list[Seen]:
    """Take the fingerprints of each copy of a file."""
    photo = np.asarray(Image.open(file).convert("RGB"))
    return [see(make(photo, number)) for make in COPIES.values()]


class Index:
    """Marks and small pictures, as the catalog keeps them."""

    def __init__(self, seen: list[Seen]) -> None:
        self.pictures = [each.fingerprint.picture if each.fingerprint else None for each in seen]
        self.photos: dict[int, list[int]] = defaultdict(list)
        for number, each in enumerate(seen):
            marks = each.fingerprint.marks if each.fingerprint else ()
            for mark in [mark for mark in marks if len(self.photos[mark]) < COMMON][:MARKS]:
                self.photos[mark].append(number)

    def find(self, fingerprint: Fingerprint | None) -> set[int]:
        """Return the photos that a copy counts as the same as."""
        votes: dict[int, int] = defaultdict(int)
        for mark in fingerprint.probes if fingerprint else ():
            for number in self.photos.get(mark, ()):
                votes[number] += 1
        likely = sorted(votes, key=lambda number: (-votes[number], number))[:CANDIDATES]
        return {number for number in likely if self._is_same(fingerprint, number)}

    def _is_same(self, fingerprint: Fingerprint | None, number: int) -> bool:
        picture = self.pictures[number]
        if picture is None or fingerprint is None:
            return False
        return measure_likeness(fingerprint.picture, picture) >= SAME


def small_pictures(seen: list[Seen]) -> NDArray[np.float32]:
    """Return each photo's small picture at 16 x 16 px, without its mean and of unit length; zeros without one."""
    rows = np.zeros((len(seen), 256), np.float32)
    for number, each in enumerate(seen):
        if each.fingerprint:
            picture = np.asarray(Image.open(io.BytesIO(each.fingerprint.picture)).convert("L"), np.float32)
            row = cv2.resize(picture, (16, 16), interpolation=cv2.INTER_AREA).ravel()
            rows[number] = row - row.mean()
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)


def likely_pairs(seen: list[Seen], senders: list[str], least: float) -> Iterator[tuple[int, int]]:
    """Yield the pairs of two senders' photos whose small pictures correlate at least so much as they lie."""
    rows = small_pictures(seen)
    of = np.array(senders)
    for number in range(len(rows)):
        alike = (rows[number + 1 :] @ rows[number] >= least) & (of[number + 1 :] != of[number])
        yield from ((number, number + 1 + int(other)) for other in np.flatnonzero(alike))


def likeness_of(pair: tuple[bytes, bytes]) -> float:
    """Return what :func:`measure_likeness` does, for a pool."""
    return measure_likeness(*pair)


def main(folder: Path, table: Path | None, photos: int, least: float) -> None:
    """Measure and print."""
    files, senders = read_photos(folder, table)
    with ProcessPoolExecutor(PROCESSES) as pool:
        seen = list(pool.map(see_file, files, chunksize=32))
        drawn = list(range(0, len(files), max(1, len(files) // photos)))
        copies = list(pool.map(see_copies, [files[number] for number in drawn], drawn, chunksize=8))
        pairs = list(likely_pairs(seen, senders, least))
        held_together = [(_picture(seen[one]), _picture(seen[other])) for one, other in pairs]
        likeness = list(pool.map(likeness_of, held_together, chunksize=256))
    index = Index(seen)
    all_pairs = [(one, other) for one in range(len(seen)) for other in index.find(seen[one].fingerprint)]
    matched = {tuple(sorted(pair)) for pair in all_pairs if senders[pair[0]] != senders[pair[1]]}
    count = sum(1 for one, other in itertools.combinations(senders, 2) if one != other)
    plain = sum(1 for each in seen if each.fingerprint is None)
    print(f"{len(files)} photos of {len(set(senders))} senders, {count:,} pairs of two senders' photos")
    print(f"{plain} of them too plain to have a fingerprint")
    print(f"{len(matched)} of the pairs match when each photo is looked for among all")
    print(f"{len(pairs):,} of the pairs correlate by {least} or more and were held together; the likest are")
    ordered = sorted(zip(likeness, pairs, strict=True), reverse=True)
    for value, (one, other) in ordered[:6]:
        print(f"  likeness {value:.3f}  {files[one].name}  {files[other].name}")
    same = {pair for value, pair in ordered if value >= SAME}
    print(f"{len(same)} of them count as the same photo ({SAME} or more)")
    distance = _largest_distance(seen, senders, same)
    print(f"phash has no other match up to a distance of {distance} of 64 bits")
    print(f"{'recall':<30}{'ours':>8}{'phash':>8}   of {len(drawn)} photos")
    for place, name in enumerate(COPIES):
        made = [(one, each[place]) for one, each in zip(drawn, copies, strict=True)]
        ours = np.mean([one in index.find(copy.fingerprint) for one, copy in made])
        theirs = np.mean([(seen[one].peer != copy.peer).sum() <= distance for one, copy in made])
        print(f"{name:<30}{ours:>8.1%}{theirs:>8.1%}")


def read_photos(folder: Path, table: Path | None) -> tuple[list[Path], list[str]]:
    """Return the photos and their senders; those whose sender is not known are left out."""
    if table is None:
        files = sorted(path for path in folder.iterdir() if path.suffix in {".jpg", ".avif", ".webp"})
        return files, [path.name for path in files]
    with table.open() as opened:
        rows = [row for row in csv.DictReader(opened) if row["sender_id"]]
    return [folder / row["file"] for row in rows], [row["sender_id"] for row in rows]


def _picture(seen: Seen) -> bytes:
    if seen.fingerprint is None:
        raise ValueError("without a fingerprint there is no picture to hold together")
    return seen.fingerprint.picture


def _largest_distance(seen: list[Seen], senders: list[str], same: set[tuple[int, int]]) -> int:
    """Return the largest distance at which phash takes no two senders' photos for one but ``same``, or -1."""
    bits = np.array([each.peer for each in seen], np.float32)
    of: Any = np.array(senders)
    nearest = bits.shape[1]
    for number in range(len(bits)):
        row = bits[number]
        apart = row.sum() + bits[number + 1 :].sum(axis=1) - 2 * (bits[number + 1 :] @ row)
        apart[of[number + 1 :] == of[number]] = bits.shape[1]
        for other in [other for one, other in same if one == number]:
            apart[other - number - 1] = bits.shape[1]
        nearest = min(nearest, int(apart.min(initial=bits.shape[1])))
    return nearest - 1


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--senders", type=Path)
    arguments.add_argument("--photos", type=int, default=500)
    arguments.add_argument("--least", type=float, default=0.85)
    given = arguments.parse_args()
    main(given.folder, given.senders, given.photos, given.least)
