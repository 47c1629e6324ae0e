"""Title: brand, product, main feature and measure, as marketplaces' search wants them."""

from config.messages import Language
from models.fact import FactKind
from processing.suggest.known import Known
from processing.suggest.write.english_name import english_name
from processing.suggest.write.feature import ALWAYS, MORE, feature, says_fact
from processing.suggest.write.limits import Lengths, shorten

GAPS: dict[Language, str] = {"id": " ", "en": ", "}


def write_title(known: Known, language: Language, lengths: Lengths) -> str:
    """Return the title: the name, and as many facts as there is room for; empty where there is no name.

    Further facts follow as long as it is shorter than the marketplace wants it.
    """
    if known.name is None:
        return ""
    title = _named(known, language, lengths.most_title)
    for kind in (*ALWAYS, *MORE):
        if kind in MORE and len(title) >= lengths.least_title:
            break
        told = feature(known, kind, language)
        longer = f"{title}{GAPS[language]}{told}" if told else title
        title = longer if len(longer) <= lengths.most_title else title
    return title


def product_name(known: Known, language: Language) -> str:
    """Return the product's name in a language; empty where there is none."""
    if known.name is None:
        return ""
    return known.name if language == "id" else english_name(known.name, known.code)


def _named(known: Known, language: Language, most: int) -> str:
    """Return the name with its brand before it, if there is room."""
    name = product_name(known, language)
    local = known.name or ""
    brands = known.of(FactKind.BRAND)
    brand = brands[0].value if len(brands) == 1 and not says_fact(known, brands[0]) else ""
    for candidate in (f"{brand} {name}".strip(), name, local):
        if len(candidate) <= most:
            return candidate
    return shorten(local, most)
