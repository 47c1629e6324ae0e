"""Bytes under keys: a folder or an S3 bucket."""

from storage.object_store.opening import open_store

__all__ = ["open_store"]
