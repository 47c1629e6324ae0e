"""What people read: the texts of ``config/messages/{id,en}.toml`` and of the files in ``{id,en}/`` beside them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any, Literal

from config.presets import HERE

Language = Literal["id", "en"]


class TextMissing(LookupError):
    """There is no text under this key, or it needs a value that was not given."""


@dataclass(frozen=True, slots=True)
class Messages:
    """All texts of one language."""

    language: Language
    texts: Mapping[str, str]
    """By key, sections joined with dots: ``defect.underexposed.advice``."""

    def text(self, key: str, **values: object) -> str:
        """Return a text with ``values`` in the place of its ``{placeholders}``. Raises TextMissing."""
        if key not in self.texts:
            raise TextMissing(f"no text {key} in {self.language}")
        missing = self.placeholders(key) - values.keys()
        if missing:
            raise TextMissing(f"text {key} in {self.language} needs {', '.join(sorted(missing))}")
        return self.texts[key].format_map(values)

    def placeholders(self, key: str) -> frozenset[str]:
        """Return the names of the values that a text needs."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.texts[key]) if name is not None)


@cache
def load_messages(language: Language) -> Messages:
    """Return the texts of a language. Raises ValueError where two files say the same key."""
    folder = HERE / "messages"
    texts: dict[str, str] = {}
    for file in (folder / f"{language}.toml", *sorted((folder / language).glob("*.toml"))):
        more = dict(_flatten(tomllib.loads(file.read_text(encoding="utf-8"))))
        if twice := texts.keys() & more.keys():
            raise ValueError(f"{file}: {', '.join(sorted(twice))} is said elsewhere already")
        texts |= more
    return Messages(language, texts)


def _flatten(section: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, content in section.items():
        if isinstance(content, str):
            yield prefix + name, content
        else:
            yield from _flatten(content, f"{prefix}{name}.")
