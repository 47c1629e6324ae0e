"""Serves our style sheets, scripts and pictures under addresses that change with their content."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

FOLDER = Path(__file__).parents[1] / "static"
FOR_GOOD = "public, max-age=31536000, immutable"
"""What lies under an address never changes, so a browser need not ask for it again."""


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """The files of ``web/static/``, which are few and small and are kept in memory."""

    files: Mapping[str, bytes]
    version: str
    """Of all files together: one script may import another by its place beside it."""

    def address(self, name: str) -> str:
        """Return where a file is served. Raises LookupError if there is no such file."""
        if name not in self.files:
            raise LookupError(f"there is no file {name} in {FOLDER}")
        return f"/static/{self.version}/{name}"


@cache
def load_static_files() -> StaticFiles:
    """Return all files with their version."""
    files = {file.name: file.read_bytes() for file in sorted(FOLDER.iterdir()) if file.is_file()}
    seal = hashlib.sha256()
    for name, content in files.items():
        seal.update(f"{name}\n{len(content)}\n".encode() + content)
    return StaticFiles(files, seal.hexdigest()[:16])


def static_routes(static_files: StaticFiles) -> APIRouter:
    """Return the addresses under ``/static``."""
    routes = APIRouter(prefix="/static")

    @routes.get("/{version}/{name}")
    async def give_file(version: str, name: str) -> Response:
        """Give one file; the name is looked up among those that were loaded, and is no path."""
        if version != static_files.version or name not in static_files.files:
            raise HTTPException(404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(static_files.files[name], media_type=kind, headers={"cache-control": FOR_GOOD})

    return routes
