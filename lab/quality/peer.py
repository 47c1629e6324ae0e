"""CleanVision on the same files: a photo-quality library that measures blur, darkness and the like.

It is a dependency of the laboratory alone (``requirements.txt`` beside this file).
"""

from dataclasses import dataclass
from pathlib import Path

ISSUES = ("blurry", "dark", "light", "low_information", "odd_aspect_ratio")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What CleanVision says of one file about one issue."""

    badness: float
    """1 less its score, in [0, 1]."""
    issue: bool
    """Whether it calls the photo faulty, by its own threshold."""


def ask_peer(folder: Path) -> dict[Path, dict[str, Verdict]]:
    """Return CleanVision's verdicts on every file of a folder, by file and issue."""
    from cleanvision import Imagelab  # noqa: PLC0415 - seconds, and the processes of the bench need it not

    lab = Imagelab(data_path=str(folder), verbose=False)
    lab.find_issues({issue: {} for issue in ISSUES}, verbose=False)
    return {
        Path(file): {
            issue: Verdict(1 - float(row[f"{issue}_score"]), bool(row[f"is_{issue}_issue"])) for issue in ISSUES
        }
        for file, row in lab.issues.iterrows()
    }
