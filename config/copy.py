"""The sentences that a listing's words are made of: ``config/copy/{id,en}.toml``."""

from functools import cache
from typing import Annotated

from annotated_types import MinLen

from config.messages import Language
from config.presets import HERE, read_preset
from models.fact import FactKind
from models.value import Value

Sentences = Annotated[tuple[str, ...], MinLen(1)]


class FamilyWords(Value):
    """The sentences of one family of goods."""

    opening: Sentences
    """Each with ``{name}``, ``{brand}`` and ``{from_}``."""
    closing: Sentences
    """What holds for all goods of the family: how to ask and to order."""
    weight: Sentences | None = None
    """Instead of the general ones."""


class CopyWords(Value):
    """All sentences of one language."""

    details: str
    brand: str
    from_: str
    and_: str
    alt: str
    alt_colour: str
    alt_amount: str
    labels: dict[FactKind, str]
    one: dict[FactKind, Sentences]
    """Where a fact has one value."""
    choices: dict[FactKind, Sentences]
    """Where it has several."""
    seen: dict[FactKind, Sentences]
    """What only a photo shows."""
    family: dict[str, FamilyWords]

    def of_family(self, family: str | None) -> FamilyWords:
        """Return a family's sentences, or those for goods of no known family."""
        return self.family.get(family or GENERAL, self.family[GENERAL])


GENERAL = "general"


@cache
def load_copy(language: Language) -> CopyWords:
    """Return the sentences of a language. Raises PresetError."""
    return read_preset(HERE / "copy" / f"{language}.toml", CopyWords)
