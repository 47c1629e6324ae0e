"""Titles written by hand, each with its category: a code and a title on a line, parted by a tab."""

from pathlib import Path

from lab.category.generator import Title

HERE = Path(__file__).parent
DEVELOPMENT = HERE / "development.tsv"
HELD_OUT = HERE / "held_out.tsv"


def read_written(path: Path) -> tuple[Title, ...]:
    """Return the titles of a file; lines that begin with ``#`` are left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line.strip() and not line.startswith("#"))
    return tuple(Title(text, category) for category, text in rows)
