"""From a setting's text to an object store."""

import re
from pathlib import Path

from models.store import InvalidKey, ObjectStore
from storage.object_store.folder import FolderStore

RIGHT = "write file:PATH (file:data, file:/srv/foto, file:///srv/foto) or s3://BUCKET or s3://BUCKET/PREFIX"
BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]")


def open_store(url: str) -> ObjectStore:
    """Return the store that ``file:PATH`` or ``s3://bucket/prefix`` names; nothing is read, made or reached yet.

    A path is taken as it is written, without percent decoding; ``~`` is the home folder. Raises ValueError for any
    other text, and for a path at which something lies that is no folder.
    """
    kind, colon, rest = url.partition(":")
    if colon and kind == "file":
        return _open_folder(url, rest)
    if colon and kind == "s3" and rest.startswith("//"):
        return _open_bucket(url, rest.removeprefix("//"))
    raise ValueError(f"{url!r} is no object store: {RIGHT}")


def _open_folder(url: str, rest: str) -> ObjectStore:
    path = rest
    if rest.startswith("//"):
        host, slash, below = rest.removeprefix("//").partition("/")
        if host or not slash:
            raise ValueError(f"{url!r} names a host, and a folder has none: {RIGHT}")
        path = slash + below
    if not path or "\0" in path:
        raise ValueError(f"{url!r} names no folder: {RIGHT}")
    store = FolderStore(Path(path))
    if store.root.exists() and not store.root.is_dir():
        raise ValueError(f"{url!r}: {store.root} is not a folder: {RIGHT}")
    return store


def _open_bucket(url: str, rest: str) -> ObjectStore:
    bucket, _, prefix = rest.partition("/")
    if not BUCKET.fullmatch(bucket):
        raise ValueError(f"{url!r} names no bucket: {RIGHT}")
    from storage.object_store.s3 import S3Store  # noqa: PLC0415 - boto3 takes 0.3 s that a folder need not pay

    try:
        return S3Store(bucket, prefix.rstrip("/"))
    except InvalidKey as error:
        raise ValueError(f"{url!r} has a wrong prefix ({error}): {RIGHT}") from error
