"""What is eaten and what is not, by the head of its name: ``config/goods.toml``."""

from functools import cache

from pydantic import model_validator

from config.presets import HERE, read_preset
from models.value import Value


class Goods(Value):
    """Heads of names, in lower case."""

    edible: tuple[str, ...]
    other: tuple[str, ...]
    worn: tuple[str, ...]
    """Of the others, single words for what is worn, which has sizes."""

    @model_validator(mode="after")
    def _each_is_one_of_both(self) -> "Goods":
        if both := set(self.edible) & set(self.other):
            raise ValueError(f"both edible and not: {', '.join(sorted(both))}")
        return self


@cache
def load_goods() -> Goods:
    """Return the heads. Raises PresetError."""
    return read_preset(HERE / "goods.toml", Goods)
