"""A worker's own way, without store, catalog and Prefect: photos in groups of a listing's size, words for each."""

import asyncio
import dataclasses
from collections.abc import Callable
from pathlib import Path

import cv2

from config.settings import Settings
from flows.photo_work import Bench, look_at_photo, open_bench
from flows.suggesting import Material, propose
from models.listing import ListingKey
from models.note import SellerNote
from processing.listing import assemble_listing
from processing.matte.estimator import MatteEstimator

NOTE = SellerNote(words="kemeja katun lengan panjang warna biru ukuran L, 85rb", price=85_000)
PHOTOS_OF_A_LISTING = 3


def open_whole_way(estimator: MatteEstimator | None = None) -> Bench:
    """Return what a worker opens, with one thread; every matte is trusted: each photo goes the longer way."""
    cv2.setNumThreads(1)
    bench = open_bench(Settings(_env_file=None))
    rule = bench.rule.model_copy(update={"min_trust": 0.0})
    return dataclasses.replace(bench, rule=rule, estimator=estimator or bench.estimator)


def whole_way(bench: Bench, photos: list[tuple[str, bytes]]) -> None:
    """Take named photos the whole way, and their listings."""
    for start in range(0, len(photos), PHOTOS_OF_A_LISTING):
        listing = photos[start : start + PHOTOS_OF_A_LISTING]
        finished = tuple(look_at_photo(bench, name, data)[0] for name, data in listing)
        words = asyncio.run(propose(Material(NOTE, finished), bench.marketplaces))
        assemble_listing(
            ListingKey(seller="bench", listing="bench"),
            version=1,
            identity=bench.identity,
            note=NOTE,
            photos=finished,
            suggestion=words,
            rule=bench.rule,
            marketplaces=bench.marketplaces,
        )


def prepare_whole_way(photos: list[Path], estimator: MatteEstimator | None = None) -> Callable[[], None]:
    """Return a call that takes these photos the whole way, from memory."""
    bench = open_whole_way(estimator)
    read = [(photo.name, photo.read_bytes()) for photo in photos]
    return lambda: whole_way(bench, read)
