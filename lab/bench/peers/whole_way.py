"""A worker's own way, without store, catalog and Prefect: photos in groups of a listing's size, words for each."""

import asyncio
import dataclasses
from collections.abc import Callable
from pathlib import Path

import cv2

from config.settings import Settings
from flows.photo_work import PhotoContext, look_at_photo, open_photo_context
from flows.suggesting import Material, propose
from models.listing import ListingKey
from models.note import SellerNote
from processing.listing import assemble_listing
from processing.matte.estimator import MatteEstimator

NOTE = SellerNote(words="kemeja katun lengan panjang warna biru ukuran L, 85rb", price=85_000)
PHOTOS_OF_A_LISTING = 3


def open_whole_way(estimator: MatteEstimator | None = None) -> PhotoContext:
    """Return what a worker opens, with one thread; every matte is trusted: each photo goes the longer way."""
    cv2.setNumThreads(1)
    context = open_photo_context(Settings(_env_file=None))
    rule = context.rule.model_copy(update={"min_trust": 0.0})
    return dataclasses.replace(context, rule=rule, estimator=estimator or context.estimator)


def whole_way(context: PhotoContext, photos: list[tuple[str, bytes]]) -> None:
    """Take named photos the whole way, and their listings."""
    for start in range(0, len(photos), PHOTOS_OF_A_LISTING):
        listing = photos[start : start + PHOTOS_OF_A_LISTING]
        finished = tuple(look_at_photo(context, name, data)[0] for name, data in listing)
        words = asyncio.run(propose(Material(NOTE, finished), context.marketplaces))
        assemble_listing(
            ListingKey(seller="bench", listing="bench"),
            version=1,
            identity=context.identity,
            note=NOTE,
            photos=finished,
            suggestion=words,
            rule=context.rule,
            marketplaces=context.marketplaces,
        )


def prepare_whole_way(photos: list[Path], estimator: MatteEstimator | None = None) -> Callable[[], None]:
    """Return a call that takes these photos the whole way, from memory."""
    context = open_whole_way(estimator)
    read = [(photo.name, photo.read_bytes()) for photo in photos]
    return lambda: whole_way(context, read)
