"""An object store in a folder: each object a file, each slash of its key a subfolder."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from models.store import InvalidKey, ObjectInfo, ObjectMissing, StoreError
from storage.object_store.keys import check_key, check_prefix
from storage.object_store.temporary import is_temporary, open_temporary


class FolderStore:
    """Implements :class:`models.store.ObjectStore`; ``root`` is made at the first write."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().resolve()

    def get(self, key: str, *, limit: int | None = None) -> bytes:
        """Return an object's bytes, at most ``limit + 1``. Raises ObjectMissing, InvalidKey, StoreError."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                return file.read() if limit is None else file.read(limit + 1)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise ObjectMissing(f"{path}: there is no such file") from error
        except OSError as error:
            raise StoreError(f"{path}: {error}") from error

    def put(self, key: str, data: bytes, *, media_type: str) -> None:
        """Write an object, whole or not at all; ``media_type`` is not kept. Raises InvalidKey, StoreError."""
        self.put_file(key, BytesIO(data), media_type=media_type)

    def put_file(self, key: str, file: BinaryIO, *, media_type: str) -> None:
        """Write what a file holds, from its beginning, as :meth:`put` does. Raises InvalidKey, StoreError."""
        path = self._path(key)
        file.seek(0)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with open_temporary(path) as beside:
                temporary = Path(beside.name)
                try:
                    _write_durably(beside, file)
                    temporary.replace(path)
                except BaseException:
                    with suppress(OSError):
                        temporary.unlink(missing_ok=True)
                    raise
            _make_durable(path.parent)
        except OSError as error:
            raise StoreError(f"{path}: {error}") from error

    def list(self, prefix: str) -> Iterator[ObjectInfo]:
        """Yield every object under ``prefix``, in the order of their keys' UTF-8 bytes.

        Raises InvalidKey, StoreError. One folder's names at a time are held in memory. A symbolic link is
        followed as long as it stays in the store. A name that is not UTF-8 is yielded with surrogates, and no
        other method takes it.
        """
        check_prefix(prefix)
        folder, _, start = prefix.rpartition("/")
        directory = self.root / folder
        if not self._is_inside(directory.resolve()):
            raise InvalidKey(f"{prefix!r}: a symbolic link leads out of the store")
        try:
            yield from self._walk(directory, f"{folder}/" if folder else "", start, ())
        except OSError as error:
            raise StoreError(f"{directory}: {error}") from error

    def locate(self, key: str) -> str:
        """Return the object's absolute path. Raises InvalidKey."""
        return str(self._path(key))

    def delete(self, key: str) -> None:
        """Remove an object and the folders that it leaves empty. Raises InvalidKey, StoreError."""
        path = self._path(key)
        try:
            path.unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as error:
            raise StoreError(f"{path}: {error}") from error
        self._remove_empty(path.parent)

    def clear(self, folder: str) -> None:
        """Remove a folder with all that lies in it, by whatever name, and those above that it leaves empty.

        What a symbolic link in it leads to stays. Raises InvalidKey, StoreError.
        """
        path = self._path(folder.removesuffix("/"))
        try:
            if path.is_symlink():
                path.unlink()
            elif path.is_dir():
                shutil.rmtree(path)
        except OSError as error:
            raise StoreError(f"{path}: {error}") from error
        self._remove_empty(path.parent)

    def share(self, key: str, *, seconds: int) -> str:
        """Raise StoreError: what lies in a folder has no address on the network."""
        raise StoreError(f"{self._path(key)}: a folder's files have no address that others could fetch them from")

    def _path(self, key: str) -> Path:
        check_key(key)
        if any(is_temporary(name) for name in key.split("/")):
            raise InvalidKey(f"{key!r}: a name that the store keeps for itself")
        path = self.root / key
        try:
            inside = self._is_inside(path.resolve())
        except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself, before Python 3.13
            raise StoreError(f"{path}: {error}") from error
        if not inside:
            raise InvalidKey(f"{key!r}: a symbolic link leads out of the store")
        return path

    def _remove_empty(self, folder: Path) -> None:
        """Remove a folder and those above it, up to the first that is not empty, or that is just made again."""
        with suppress(OSError):
            while folder != self.root:
                folder.rmdir()
                folder = folder.parent

    def _is_inside(self, path: Path) -> bool:
        return path.is_relative_to(self.root)

    def _walk(self, directory: Path, above: str, start: str, entered: tuple[Path, ...]) -> Iterator[ObjectInfo]:
        """Yield what lies in ``directory`` under names that begin with ``start``; ``entered`` by links so far."""
        for entry, is_folder in _entries(directory, start):
            if entry.is_symlink():
                target = Path(entry.path).resolve()
                met_in = (*entered, directory.resolve())
                if not self._is_inside(target) or any(place.is_relative_to(target) for place in met_in):
                    continue
                links = (*met_in, target)
            else:
                links = entered
            if is_folder:
                yield from self._walk(Path(entry.path), f"{above}{entry.name}/", "", links)
            elif (info := _inspect(entry, above + entry.name)) is not None:
                yield info


def _entries(directory: Path, start: str) -> list[tuple[os.DirEntry[str], bool]]:
    """Return files and folders in the order in which the keys below them sort: a folder sorts with its slash."""
    try:
        with os.scandir(directory) as found:
            entries = [
                (entry, entry.is_dir())
                for entry in found
                if entry.name.startswith(start) and not is_temporary(entry.name) and not _is_broken(entry)
            ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(entries, key=lambda pair: os.fsencode(pair[0].name) + (b"/" if pair[1] else b""))


def _is_broken(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() and not Path(entry.path).exists()


def _inspect(entry: os.DirEntry[str], key: str) -> ObjectInfo | None:
    """Return what a listing tells of one file; ``None`` for what is no file, or no longer there."""
    try:
        if not entry.is_file():
            return None
        status = entry.stat()
    except FileNotFoundError:
        return None
    return ObjectInfo(
        key=key,
        size=status.st_size,
        modified=datetime.fromtimestamp(status.st_mtime, UTC),
        etag=f"{status.st_size:x}-{status.st_mtime_ns:x}",
    )


def _write_durably(file: BinaryIO, source: BinaryIO) -> None:
    shutil.copyfileobj(source, file)
    file.flush()
    # The kernel's own file times move in steps of some milliseconds: two quick writes of one size would look
    # like one.
    now = time.time_ns()
    os.utime(file.fileno(), ns=(now, now))
    os.fsync(file.fileno())


def _make_durable(directory: Path) -> None:
    """Have the new name itself survive a power cut, not only the bytes."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
