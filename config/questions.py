"""What a seller is asked of her goods: ``config/questions.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.suggestion import Question
from models.value import Value


class Questions(Value):
    """Questions and answers to tap, by family of goods."""

    family: dict[str, tuple[Question, ...]]
    """The most valuable first."""
    options: dict[Question, dict[str, tuple[str, ...]]]


@cache
def load_questions() -> Questions:
    """Return the questions. Raises PresetError."""
    return read_preset(HERE / "questions.toml", Questions)
