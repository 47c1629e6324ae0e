"""Etalase's whole way from an S3 server and back to it: ``ETALASE_STORE`` and AWS's variables name the server."""

from collections.abc import Callable
from pathlib import Path

import cv2

from config.settings import Settings
from flows.photo_work import work_on_photo
from models.photo import Finished, PhotoKey
from storage.object_store.opening import open_store

LABEL = "Etalase, photos from S3 and back"
INTERPRETER = "ours"
THREADED = False
STARTS = False


def prepare(photos: list[Path], scratch: Path, threads: int) -> Callable[[], None]:
    """Put the photos into the bucket."""
    cv2.setNumThreads(1)
    settings = Settings(_env_file=None)
    store = open_store(settings.store)
    keys = [
        PhotoKey(seller="bench", listing=scratch.name, file=f"{at}-{photo.name}")
        for at, photo in enumerate(photos)
    ]
    for key, photo in zip(keys, photos, strict=True):
        store.put(key.raw, photo.read_bytes(), media_type="image/jpeg")

    def run() -> None:
        for key in keys:
            if not isinstance(result := work_on_photo(settings, key), Finished):
                raise SystemExit(f"{key.file} was set aside: {result.reason}")

    return run
