"""What villages sell: the categories of ``config/categories``, a file for each family."""

from functools import cache
from typing import Annotated, Literal

from annotated_types import Gt, MinLen
from pydantic import model_validator

from config.presets import HERE, preset_names, read_preset, refusal
from config.spellings import usual_spelling
from config.toml_lines import Place
from models.value import Value

Text = Annotated[str, MinLen(1)]
FOLDER = HERE / "categories"


class Category(Value):
    """One kind of goods."""

    id: Text
    """Its Indonesian name."""
    en: Text
    """Its English name."""
    google: Annotated[int, Gt(0)]
    """The id of the nearest category of Google's product taxonomy that such goods fall into."""
    google_path: Text
    """That category's full path in English, its parts parted by `` > ``."""
    shopee: Annotated[int, Gt(0)] | None = None
    """The id of Shopee Indonesia's category, where it is known."""
    keywords: Annotated[tuple[Text, ...], MinLen(1)]
    """What sellers call such goods, in lower case, words separated by one space."""

    def name(self, language: Literal["id", "en"]) -> str:
        """Return the name in a language."""
        return self.id if language == "id" else self.en

    @model_validator(mode="after")
    def _keywords_can_match(self) -> "Category":
        for keyword in self.keywords:
            if " ".join(keyword.casefold().split()) != keyword:
                raise ValueError(f"keyword {keyword!r} is not in lower case with single spaces")
        return self


class Family(Value):
    """Categories that are described and searched for in the same way."""

    id: Text
    en: Text
    category: Annotated[dict[str, Category], MinLen(1)]
    """By code."""

    def name(self, language: Literal["id", "en"]) -> str:
        """Return the name in a language."""
        return self.id if language == "id" else self.en


@cache
def load_families() -> dict[str, Family]:
    """Return the families by code, which is their file's name.

    Raises
    ------
    PresetError
        When a file cannot be used, or a category or a keyword, whatever its spelling, belongs to two.
    """
    families = {name: read_preset(FOLDER / f"{name}.toml", Family) for name in preset_names(FOLDER)}
    owners: dict[str, str] = {}
    seen: dict[str, str] = {}
    for name, family in families.items():
        faults = list(_twice(name, family, seen, owners))
        if faults:
            raise refusal(FOLDER / f"{name}.toml", faults)
    return families


@cache
def load_categories() -> dict[str, Category]:
    """Return the categories of all families by code. Raises PresetError."""
    return {code: category for family in load_families().values() for code, category in family.category.items()}


@cache
def family_of(category: str) -> str:
    """Return the code of a category's family. Raises KeyError where there is no such category."""
    for name, family in load_families().items():
        if category in family.category:
            return name
    raise KeyError(category)


def _twice(name: str, family: Family, seen: dict[str, str], owners: dict[str, str]) -> list[tuple[Place, str]]:
    """Return a fault for what another category has too; what is new is added to ``seen`` and ``owners``."""
    faults: list[tuple[Place, str]] = []
    for code, category in family.category.items():
        if code in seen:
            faults.append((("category", code), f"is a category of {seen[code]} too"))
        seen[code] = name
        for keyword in category.keywords:
            owner = owners.setdefault(usual_spelling(keyword), code)
            if owner != code:
                faults.append((("category", code, "keywords"), f"{keyword!r} belongs to {owner} and to {code}"))
    return faults
