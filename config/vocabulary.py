"""Words that any listing may use: ``config/vocabulary.toml``."""

from functools import cache

from config.presets import HERE, read_preset
from models.value import Value


class Vocabulary(Value):
    """The words of each language, parted by spaces."""

    id: str
    en: str

    @property
    def words(self) -> frozenset[str]:
        """The words of both languages, in lower case."""
        return frozenset(f"{self.id} {self.en}".split())


@cache
def load_vocabulary() -> Vocabulary:
    """Return the words. Raises PresetError."""
    return read_preset(HERE / "vocabulary.toml", Vocabulary)
