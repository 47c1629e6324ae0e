"""Other spellings of what sellers sell: ``config/spellings.toml``."""

from functools import cache
from typing import Annotated

from annotated_types import MinLen
from pydantic import model_validator

from config.presets import HERE, read_preset
from models.value import Value


class Spellings(Value):
    """The usual spelling by another one; both are one word in lower case."""

    spelling: Annotated[dict[str, str], MinLen(1)]

    @model_validator(mode="after")
    def _a_usual_spelling_has_no_other(self) -> "Spellings":
        for other, usual in self.spelling.items():
            if usual in self.spelling:
                raise ValueError(f"{usual!r}, of which {other!r} is another spelling, has another one itself")
            for word in (other, usual):
                if word != word.casefold() or len(word.split()) != 1:
                    raise ValueError(f"{word!r} is not one word in lower case")
        return self


@cache
def load_spellings() -> dict[str, str]:
    """Return the usual spelling by each other one. Raises PresetError."""
    return read_preset(HERE / "spellings.toml", Spellings).spelling


def usual_spelling(words: str) -> str:
    """Return the words in lower case, each in its usual spelling, one space between them."""
    spellings = load_spellings()
    return " ".join(spellings.get(word, word) for word in words.casefold().split())
