"""What villages sell: the categories of ``config/categories.toml``."""

from functools import cache
from typing import Annotated, Literal

from annotated_types import MinLen
from pydantic import model_validator

from config.presets import HERE, read_preset
from models.value import Value

Text = Annotated[str, MinLen(1)]


class Category(Value):
    """One kind of goods."""

    id: Text
    """Its Indonesian name."""
    en: Text
    """Its English name."""
    keywords: Annotated[tuple[Text, ...], MinLen(1)]
    """What sellers call such goods, in lower case, words separated by one space."""

    def name(self, language: Literal["id", "en"]) -> str:
        """Return the name in a language."""
        return self.id if language == "id" else self.en


class Categories(Value):
    """All categories by code."""

    category: dict[str, Category]

    @model_validator(mode="after")
    def _keywords_belong_to_one(self) -> "Categories":
        owners: dict[str, str] = {}
        for code, category in self.category.items():
            for keyword in category.keywords:
                if " ".join(keyword.casefold().split()) != keyword:
                    raise ValueError(f"keyword {keyword!r} of {code} is not in lower case with single spaces")
                if keyword in owners:
                    raise ValueError(f"keyword {keyword!r} belongs to {owners[keyword]} and to {code}")
                owners[keyword] = code
        return self


@cache
def load_categories() -> dict[str, Category]:
    """Return the categories by code. Raises PresetError."""
    return read_preset(HERE / "categories.toml", Categories).category
