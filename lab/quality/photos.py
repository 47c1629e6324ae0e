"""The photos that measures are judged on, and whose they are."""

import csv
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

Collection = Literal["seller_photos", "clothing", "food63", "samples"]

SAMPLES = Path("samples/raw")
MANIFEST = Path("samples/manifest.json")
UNREADABLE = {"samples/kang-dadan/batik-megamendung/detail.jpg"}
"""A file that breaks off: it is one of the samples' faults."""


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One photo of a collection."""

    name: str
    """The collection and the file, as in ``labels.tsv``."""
    collection: Collection
    sender: str
    """Whose photo it is; photos without a known sender share the empty name."""
    path: Path

    @property
    def held_out(self) -> bool:
        """Whether nothing may be fitted to it: the whole of food63 and of the samples, and half of the senders."""
        if self.collection in {"food63", "samples"}:
            return True
        return self.sender != "" and zlib.crc32(self.sender.encode()) % 2 == 0


def read_collections(data: Path) -> Iterator[PhotoFile]:
    """Yield every photo under the data folder, and every sample that can be read, in the order of their names."""
    with (data / "unlabelled" / "clothing.csv").open(encoding="utf-8") as table:
        senders = {Path(row["file"]).stem: row["sender_id"] for row in csv.DictReader(table)}
    sellers = sorted((data / "seller_photos").glob("*.jpg"))
    for path in sellers:
        yield PhotoFile(f"seller_photos/{path.name}", "seller_photos", senders[path.stem], path)
    shown = {path.stem for path in sellers}
    for path in sorted((data / "unlabelled" / "clothing").glob("*.avif")):
        if path.stem not in shown:
            yield PhotoFile(f"clothing/{path.name}", "clothing", senders.get(path.stem, ""), path)
    for path in sorted((data / "food63" / "image").iterdir()):
        yield PhotoFile(f"food63/{path.name}", "food63", "food63", path)
    for path in sorted(SAMPLES.rglob("*.*")):
        name = f"samples/{path.relative_to(SAMPLES)}"
        if path.suffix in {".jpg", ".heic"} and name not in UNREADABLE:
            yield PhotoFile(name, "samples", "samples", path)


def draw_photos(files: list[PhotoFile], count: int) -> list[PhotoFile]:
    """Return ``count`` of the photos, the same ones each time, no collection favoured."""
    order = np.random.default_rng(5).permutation(len(files))[:count]
    return [files[place] for place in sorted(order)]
