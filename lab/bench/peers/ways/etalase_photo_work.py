"""Etalase's work on a photo without its measures of quality: what the floor is compared with."""

from collections.abc import Callable
from pathlib import Path

import processing.photo as way
from lab.bench.peers.whole_way import prepare_whole_way
from models.assessment import Assessment

LABEL = "Etalase without its measures"
INTERPRETER = "ours"
THREADED = False
STARTS = False


def prepare(photos: list[Path], scratch: Path, threads: int) -> Callable[[], None]:
    """As for the whole way; a photo is said to have no defect, unseen."""
    way.assess = lambda *_, **__: Assessment(parts={}, measurements=(), defects=(), verdicts=(), score=100)
    return prepare_whole_way(photos)
