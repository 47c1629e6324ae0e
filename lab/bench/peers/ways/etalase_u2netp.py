"""Etalase's whole way with the graph of U2-Net-p as its matte, asked through rembg's session."""

from collections.abc import Callable
from pathlib import Path

from lab.bench.peers.whole_way import prepare_whole_way
from processing.matte.opening import open_estimator

LABEL = "Etalase with u2netp"
INTERPRETER = "ours"
THREADED = False
STARTS = False


def prepare(photos: list[Path], scratch: Path, threads: int) -> Callable[[], None]:
    """As for the whole way; rembg finds the graph by ``U2NET_HOME``."""
    return prepare_whole_way(photos, open_estimator("u2netp"))
