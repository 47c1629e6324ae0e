"""A feed's file, written piece by piece: it may be larger than what fits into memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import TextIO

from models.publication import PublishError
from models.store import ObjectStore, StoreError


@contextmanager
def feed_file(store: ObjectStore, key: str, *, media_type: str) -> Iterator[TextIO]:
    """Give a text to write, which takes its place in the store once the block has ended well.

    It is in UTF-8, with line ends as they are written, and lies on this machine's disk meanwhile. Raises
    PublishError.
    """
    try:
        with TemporaryFile() as file, TextIOWrapper(file, encoding="utf-8", newline="") as text:
            yield text
            text.flush()
            store.put_file(key, file, media_type=media_type)
    except (StoreError, OSError) as fault:
        raise PublishError(str(fault)) from fault
