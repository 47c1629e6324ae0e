"""rembg from Python, as its page shows it: bytes in, a PNG of the photo's own size out."""

from collections.abc import Callable
from pathlib import Path

LABEL = "rembg.remove to PNG, u2netp"
INTERPRETER = "peers"
THREADED = True
STARTS = False


def prepare(photos: list[Path], scratch: Path, threads: int) -> Callable[[], None]:
    """Read the photos into memory and open one session for all."""
    from rembg import new_session, remove  # noqa: PLC0415 - only the peers' environment has it with its extras

    session = new_session("u2netp")
    read = [photo.read_bytes() for photo in photos]

    def run() -> None:
        for data in read:
            remove(data, session=session)

    return run
