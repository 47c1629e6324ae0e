"""``rembg p -m u2netp``: a folder of photos to a folder of PNG files, as its users run it."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

LABEL = "rembg p, u2netp"
INTERPRETER = "peers"
THREADED = True
STARTS = True


def prepare(photos: list[Path], scratch: Path, threads: int) -> Callable[[], None]:
    """Put the photos into a folder."""
    source, target = scratch / "in", scratch / "out"
    source.mkdir()
    for at, photo in enumerate(photos):
        shutil.copy(photo, source / f"{at}-{photo.name}")
    command = [str(Path(sys.executable).with_name("rembg")), "p", "-m", "u2netp", str(source), str(target)]

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if len(list(target.iterdir())) != len(photos):
            raise SystemExit("rembg left photos out")

    return run
