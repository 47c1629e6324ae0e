"""How long it takes to look one photo up among ten million, with made-up fingerprints.

    .venv/bin/python -m lab.bench.known_photos --catalog sqlite:////tmp/bench/catalog.sqlite
    .venv/bin/python -m lab.bench.known_photos --catalog postgresql+psycopg://USER:PASSWORD@HOST/EMPTY_DATABASE

The catalog must be empty, and stays as it is filled. Each photo has as many marks as are kept of a real one. Some
of the marks are rare and some common, so that many reach the number of photos that a mark is kept of. The small
pictures are left out: a lookup reads few of them, by their key. Asked is, through the catalog's own function, for
photos that are there, each with as many probes as a real photo has, most of which meet nothing or another photo;
``--apart`` has none of them lie beside another in the index, as those of one code do, which is the worst there is.
"""

import argparse
import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psycopg
from numpy.typing import NDArray
from sqlalchemy import func, insert, select, text

from lab.bench.cpu_time import cpu_seconds
from lab.bench.scratch_database import plain
from models.assessment import Assessment
from models.fingerprint import Fingerprint
from models.listing import ListingKey
from models.photo import Finished
from models.picture import Source
from processing.fingerprint import CELLS
from storage.catalog.clock import EPOCH
from storage.catalog.connection import Catalog
from storage.catalog.fingerprints import COMMON, MARKS, find_candidates
from storage.catalog.opening import open_catalog
from storage.catalog.schema import FingerprintMarks, Sellers

PER_LISTING = 100
PROBES = 440
"""Of a real photo: 32 places, five codes, and the cells that the place may lie in."""
CODES = 160
BESIDE = (0, 1, CELLS)
"""Cells that a place may lie in, from its own on; in one of four codes only two."""
ALL_MARKS = 36 << 28
POPULAR = 1_000_000
POPULAR_SHARE = 0.3
"""Of the marks, that are drawn among the popular ones."""
BATCH = 500_000
OWNER_BITS = 24

Marks = NDArray[np.int64]

_NUMBERS = "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)"
LISTINGS = f"""
INSERT INTO listings (id, seller, listing, folder, state, version, fingerprint, photo_count, number, attempts)
{_NUMBERS} SELECT n, 'seller', CAST(n AS TEXT), 'seller/' || n || '/', 'ready', 1, '', 1, 1, 0 FROM numbers
"""
FINGERPRINTS = f"""
INSERT INTO fingerprints (id, listing_id, file, sha256, picture, marks)
{_NUMBERS} SELECT n, (n - 1) / :each + 1, '', CAST(n AS TEXT), CAST('' AS {{blob}}), '[]' FROM numbers
"""


def draw(random: np.random.Generator, count: int) -> Marks:
    """Return marks as photos have them: some of them popular, the first ones most."""
    marks = random.integers(0, ALL_MARKS, count)
    chosen = random.random(count) < POPULAR_SHARE
    popular = (POPULAR * random.random(int(chosen.sum())) ** 3).astype(np.int64)
    marks[chosen] = popular * (ALL_MARKS // POPULAR)
    return marks


def make_index(photos: int) -> Iterator[tuple[Marks, Marks]]:
    """Yield the marks' rows, ordered: each mark, and the photo that has it; as many of each as are kept."""
    random = np.random.default_rng(1)
    # A mark and its photo in one number: two hundred million of them are sorted in place, and leave room.
    rows = np.empty((photos, MARKS), np.int64)
    for at in range(0, photos, BATCH):
        part = rows[at : at + BATCH]
        part[:] = draw(random, part.size).reshape(part.shape) << OWNER_BITS
        part |= np.arange(at + 1, at + len(part) + 1)[:, None]
    rows = rows.ravel()
    rows.sort()
    start = 0
    while start < len(rows):
        last = rows[min(start + BATCH, len(rows)) - 1] >> OWNER_BITS
        end = int(np.searchsorted(rows, (last + 1) << OWNER_BITS))
        yield _kept(rows[start:end])
        start = end


def _kept(rows: Marks) -> tuple[Marks, Marks]:
    """Return marks and photos of ordered rows, each once, and no more photos of a mark than are kept."""
    rows = rows[np.append(True, rows[1:] != rows[:-1])]
    marks = rows >> OWNER_BITS
    starts = np.flatnonzero(np.append(True, marks[1:] != marks[:-1]))
    before = np.repeat(starts, np.diff(np.append(starts, len(rows))))
    kept = np.arange(len(rows)) - before < COMMON
    return marks[kept], rows[kept] & ((1 << OWNER_BITS) - 1)


def fill(catalog: Catalog, url: str, photos: int) -> None:
    """Write a seller, listings, fingerprints and marks."""
    with catalog.write() as connection:
        blob = "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"
        connection.execute(insert(Sellers).values(name="seller", first_seen_at=EPOCH))
        connection.execute(text(LISTINGS), {"count": -(-photos // PER_LISTING)})
        connection.execute(text(FINGERPRINTS.format(blob=blob)), {"count": photos, "each": PER_LISTING})
    print(f"{photos:,} photos", flush=True)
    if url.startswith("sqlite"):
        _fill_sqlite(catalog, make_index(photos))
    else:
        _fill_postgresql(url, make_index(photos))
    with catalog.read() as connection:
        rows = connection.execute(select(func.count()).select_from(FingerprintMarks)).scalar_one()
    print(f"{rows:,} rows of marks", flush=True)


def _fill_sqlite(catalog: Catalog, batches: Iterator[tuple[Marks, Marks]]) -> None:
    for marks, owners in batches:
        with catalog.write() as connection:
            cursor = connection.connection.cursor()
            rows = zip(marks.tolist(), owners.tolist(), strict=True)
            cursor.executemany("INSERT INTO fingerprint_marks (mark, fingerprint_id) VALUES (?, ?)", rows)


def _fill_postgresql(url: str, batches: Iterator[tuple[Marks, Marks]]) -> None:
    with psycopg.connect(plain(url)) as connection, connection.cursor() as cursor:
        cursor.execute("ALTER TABLE fingerprint_marks DROP CONSTRAINT pk_fingerprint_marks")
        with cursor.copy("COPY fingerprint_marks (mark, fingerprint_id) FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\x00" + bytes(8))
            for marks, owners in batches:
                copy.write(_binary_rows(marks, owners))
            copy.write(b"\xff\xff")
        cursor.execute(
            "ALTER TABLE fingerprint_marks ADD CONSTRAINT pk_fingerprint_marks PRIMARY KEY (mark, fingerprint_id)"
        )
    with psycopg.connect(plain(url), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _binary_rows(marks: Marks, owners: Marks) -> bytes:
    """Return rows as COPY takes them: the number of fields, and each field's length and bytes, big-endian."""
    kind = np.dtype([("fields", ">i2"), ("a", ">i4"), ("mark", ">i8"), ("b", ">i4"), ("owner", ">i4")])
    rows = np.empty(len(marks), kind)
    rows["fields"], rows["a"], rows["mark"], rows["b"], rows["owner"] = 2, 8, marks, 4, owners
    return rows.tobytes()


def draw_probes(random: np.random.Generator, *, apart: bool) -> tuple[int, ...]:
    """Return what one photo is looked for by: codes, each in the cells that its place may lie in, or all apart."""
    if apart:
        return tuple(sorted({int(mark) for mark in draw(random, PROBES)}))
    probes = set()
    for number, mark in enumerate(draw(random, CODES).tolist()):
        code, cell = divmod(mark, CELLS**2)
        beside = BESIDE if number % 4 else BESIDE[:2]
        probes |= {code * CELLS**2 + (cell + step) % CELLS**2 for step in beside}
    return tuple(sorted(probes))


def ask(catalog: Catalog, photos: int, times: int, *, apart: bool) -> None:
    """Look photos up, and print how long it took."""
    random = np.random.default_rng(2)
    drawn = random.integers(photos // 2, photos, times).tolist()
    wall, cpu, found = [], [], 0
    backend = _backend(catalog)
    before = cpu_seconds(backend) if backend else 0.0
    for number in drawn:
        probes = draw_probes(random, apart=apart)
        photo = _photo(f"{number}", probes)
        key = ListingKey(seller="seller", listing=f"{(number - 1) // PER_LISTING + 1}")
        begun, spent = time.perf_counter(), time.process_time()
        found += len(find_candidates(catalog, key, photo))
        wall.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - spent)
    load = os.getloadavg()[0]
    print(f"{times} lookups with {PROBES} probes, {found / times:.1f} candidates each, load {load:.1f}")
    for name, seconds in (("elapsed", wall), ("CPU of this process", cpu)):
        middle, most = (1000 * float(np.percentile(seconds, share)) for share in (50, 95))
        print(f"{name:<22} median {middle:.2f} ms, 95th percentile {most:.2f} ms")
    if backend:
        print(f"CPU of PostgreSQL      mean {1000 * (cpu_seconds(backend) - before) / times:.2f} ms")


def _backend(catalog: Catalog) -> int | None:
    """Return the process of PostgreSQL that answers, if that is on this machine; nothing is asked at once."""
    with catalog.read() as connection:
        if connection.dialect.name != "postgresql":
            return None
        process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    command = Path(f"/proc/{process}/cmdline")
    return process if command.exists() and "postgres" in command.read_text() else None


def _photo(sha256: str, probes: tuple[int, ...]) -> Finished:
    return Finished(
        file="",
        sha256=sha256,
        source=Source(format="JPEG", width=1, height=1, bytes=1),
        trust=1,
        trusted=True,
        doubts=(),
        assessment=Assessment(score=100, parts={}, measurements=(), defects=()),
        verdicts=(),
        renditions=(),
        fingerprint=Fingerprint(picture=b"", marks=(), probes=probes),
    )


def main() -> None:
    """Read the arguments, fill, measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--catalog", required=True)
    arguments.add_argument("--photos", type=int, default=10_000_000)
    arguments.add_argument("--times", type=int, default=500)
    arguments.add_argument("--apart", action="store_true", help="no probe lies beside another in the index")
    given = arguments.parse_args()
    catalog = open_catalog(given.catalog)
    with catalog.read() as connection:
        there = connection.execute(text("SELECT count(*) FROM sellers")).scalar_one()
    if not there:
        fill(catalog, given.catalog, given.photos)
    ask(catalog, given.photos, given.times, apart=given.apart)


if __name__ == "__main__":
    main()
