"""Where results of single files go: named after the file, so two files must not share a name."""

from collections import Counter
from pathlib import Path

from cli.console import WRONG_USE, fail
from cli.words import words


def require_distinct_names(files: list[Path]) -> None:
    """End the command if two files would write to the same place, or one outside the output folder."""
    twice = [name for name, count in Counter(file.stem for file in files).items() if count > 1]
    if twice:
        fail(words.text("cli.same_name", names=", ".join(twice)), WRONG_USE)
    climbing = [file.name for file in files if file.stem in {".", ".."}]
    if climbing:
        fail(words.text("cli.wrong_name", fault=", ".join(climbing)), WRONG_USE)
