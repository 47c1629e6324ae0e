"""Where results of single files go: named after the file, so two files must not share a name."""

from collections import Counter
from pathlib import Path

from cli.console import WRONG_USE, fail
from cli.words import words


def require_distinct_names(files: list[Path]) -> None:
    """End the command if two files would write to the same place; nothing is overwritten silently."""
    twice = [name for name, count in Counter(file.stem for file in files).items() if count > 1]
    if twice:
        fail(words.text("cli.same_name", names=", ".join(twice)), WRONG_USE)
