"""Misread: letters that a reader of photos takes figures for."""

FIGURES = str.maketrans({
    "O": "0", "o": "0", "D": "0", "Q": "0", "I": "1", "l": "1", "i": "1", "|": "1", "!": "1", "S": "5", "s": "5",
    "B": "8", "Z": "2", "z": "2",
})  # fmt: skip
FIGURE = r"[0-9OoDQIli|!SsBZz]"
"""A figure, or what it is misread as."""


def figures(text: str) -> str:
    """Return the figures alone of what is known to be a number, letters as the figures that they stand for."""
    return "".join(character for character in text.translate(FIGURES) if character in "0123456789")
