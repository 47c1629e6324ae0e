"""Whether a file's name says what the file is."""

from pathlib import PurePosixPath
from typing import Final

from models.rejection import PhotoRejected, RejectionReason

FORMAT_OF: Final = {
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".jpe": "JPEG",
    ".jfif": "JPEG",
    ".png": "PNG",
    ".webp": "WEBP",
    ".avif": "AVIF",
    ".heic": "HEIF",
    ".heif": "HEIF",
    ".tif": "TIFF",
    ".tiff": "TIFF",
    ".bmp": "BMP",
    ".gif": "GIF",
}
"""The format that each extension promises."""

EXTENSION_OF: Final = {found: extension for extension, found in reversed(FORMAT_OF.items())}
"""The extension that each format is mostly known by."""


def check_extension(name: str, found: str) -> None:
    """Raise PhotoRejected (WRONG_EXTENSION) if ``name`` has an extension that does not promise ``found``."""
    extension = PurePosixPath(name).suffix.lower()
    if extension and FORMAT_OF.get(extension) != found:
        raise PhotoRejected(RejectionReason.WRONG_EXTENSION, f"{extension}, but the content is {found}")


def named_for(name: str, found: str) -> str:
    """Return a name for a file of another content: the same one unless its extension promises another format."""
    path = PurePosixPath(name)
    extension = path.suffix.lower()
    return (
        name if not extension or FORMAT_OF.get(extension) == found else str(path.with_suffix(EXTENSION_OF[found]))
    )
