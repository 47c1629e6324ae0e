"""The interface of an object store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol


class StoreError(Exception):
    """The object store did not do what it was asked; trying again later may help."""


class ObjectMissing(StoreError):
    """There is nothing under this key."""


class InvalidKey(ValueError):
    """The key is empty, absolute, climbs out of the store, or has a character that no store takes."""


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """One object, as a listing tells it."""

    key: str
    size: int
    """In bytes."""
    modified: datetime
    """By the store's own clock, in UTC."""
    etag: str
    """Changes whenever the bytes change."""


class ObjectStore(Protocol):
    """Bytes under keys such as ``raw/{seller}/{listing}/{file}``."""

    def get(self, key: str, *, limit: int | None = None) -> bytes:
        """Return an object's bytes, at most ``limit + 1`` of them. Raises ObjectMissing, StoreError."""
        ...

    def put(self, key: str, data: bytes, *, media_type: str) -> None:
        """Write an object; a reader sees the old bytes or the new, never a part. Raises StoreError."""
        ...

    def put_file(self, key: str, file: BinaryIO, *, media_type: str) -> None:
        """Write what a file holds, from its beginning, as :meth:`put` does, in little memory.

        Raises StoreError.
        """
        ...

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        """Yield every object under ``prefix``, in the order of their keys' UTF-8 bytes. Raises StoreError."""
        ...

    def locate(self, key: str) -> str:
        """Return where a person finds this object: a path or an ``s3://`` address."""
        ...

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there is no fault. Raises StoreError."""
        ...

    def clear(self, folder: str) -> None:
        """Remove whatever lies under a prefix that ends in a slash, unfinished uploads too. Raises StoreError."""
        ...

    def share(self, key: str, *, seconds: int) -> str:
        """Return an address from which anybody can fetch the object for a while; StoreError if there is none."""
        ...
