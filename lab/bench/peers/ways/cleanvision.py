"""CleanVision's measures: blur, darkness, brightness, little information, odd proportions. No cut-out."""

import shutil
from collections.abc import Callable
from pathlib import Path

LABEL = "CleanVision: its measures alone"
INTERPRETER = "peers"
THREADED = False
STARTS = False


def prepare(photos: list[Path], scratch: Path, threads: int) -> Callable[[], None]:
    """Put the photos into a folder, which is what it takes."""
    from cleanvision import Imagelab  # noqa: PLC0415 - only the peers' environment has it

    for at, photo in enumerate(photos):
        shutil.copy(photo, scratch / f"{at}-{photo.name}")
    issues = {issue: {} for issue in ("blurry", "dark", "light", "low_information", "odd_aspect_ratio")}

    def run() -> None:
        Imagelab(data_path=str(scratch), verbose=False).find_issues(issues, n_jobs=1, verbose=False)

    return run
