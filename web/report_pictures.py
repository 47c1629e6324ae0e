"""The report's pictures: copied out of the object store, under names that are safe on every disk."""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.rendition import StoredRendition
from models.store import ObjectMissing

EXTENSIONS = {"image/jpeg": "jpg", "image/webp": "webp", "image/png": "png"}
OURS = re.compile(r"[0-9a-f]{24}\.(?:jpg|webp|png)")


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture as the page refers to it."""

    href: str
    """Relative to the page."""
    width: int
    height: int


class PictureFolder:
    """A folder of pictures, each named by what is in it, so that nothing a seller wrote becomes a file name."""

    def __init__(self, folder: Path, read: Callable[[str], bytes]) -> None:
        self._folder = folder
        self._read = read
        self._used: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def copy(self, rendition: StoredRendition | None) -> PagePicture | None:
        """Copy one picture here and return how to refer to it; ``None`` when there is none or it is gone."""
        if rendition is None:
            return None
        try:
            data = self._read(rendition.key)
        except ObjectMissing:
            return None
        name = f"{hashlib.sha256(data).hexdigest()[:24]}.{EXTENSIONS[rendition.media_type]}"
        if name not in self._used:
            write_whole(self._folder / name, data)
            self._used.add(name)
        return PagePicture(f"{self._folder.name}/{name}", rendition.width, rendition.height)

    def remove_unused(self) -> None:
        """Remove the pictures of earlier reports; files that are not named like ours stay."""
        for file in self._folder.iterdir():
            if OURS.fullmatch(file.name) and file.name not in self._used:
                file.unlink()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)
