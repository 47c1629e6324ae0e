"""Everything that Etalase does for a photo: matte, measures, verdicts, four renditions; and a listing's words."""

from collections.abc import Callable
from pathlib import Path

from lab.bench.peers.whole_way import prepare_whole_way

LABEL = "Etalase, the whole way"
INTERPRETER = "ours"
THREADED = False
STARTS = False


def prepare(photos: list[Path], scratch: Path, threads: int) -> Callable[[], None]:
    """Read the photos into memory and open what a worker opens."""
    return prepare_whole_way(photos)
