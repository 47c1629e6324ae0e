"""A listing's words from the seller's note. It reads from top to bottom."""

from typing import Literal

from config.categories import load_categories
from config.messages import load_messages
from models.note import SellerNote
from models.suggestion import Evidence, Question, Suggested, Suggestion
from processing.suggest.category import Named, find_categories
from processing.suggest.charge import find_charges
from processing.suggest.chatter import find_chatter
from processing.suggest.contact import find_contacts
from processing.suggest.count import find_counts
from processing.suggest.description import describe
from processing.suggest.dimension import find_dimensions
from processing.suggest.mention import Mention, blank
from processing.suggest.price import HIGHEST, LOWEST, Price, find_prices
from processing.suggest.size import find_sizes
from processing.suggest.title import add_measures, name_product
from processing.suggest.volume import find_volumes
from processing.suggest.weight import find_weights
from processing.suggest.words import split_sentences

MEASURES = {
    "weight": find_weights,
    "volume": find_volumes,
    "dimension": find_dimensions,
    "size": find_sizes,
    "count": find_counts,
}
"""Each kind of measure with what finds it, in the order in which a title tells them."""

# How sure we are: an order of the ways in which a fact was found, not yet measured on notes.
PRICE_APART, PRICE_MARKED, PRICE_BARE = 1.0, 0.95, 0.7
CATEGORY_LEADING, CATEGORY_FURTHER_ON = 0.9, 0.4
TITLE_WITH_CATEGORY, TITLE_ALONE = 0.8, 0.5


def suggest(note: SellerNote, language: Literal["id", "en"]) -> Suggestion:
    """Return title, category, price and description as far as the note says them, and questions for the rest.

    The title is made of the seller's own words in either language; the description is written in ``language``.
    """
    text = blank(note.words, find_contacts(note.words))
    text = blank(text, find_charges(text))
    measures: dict[str, tuple[Mention[str], ...]] = {}
    for kind, find in MEASURES.items():
        measures[kind] = find(text)
        text = blank(text, measures[kind])
    prices = find_prices(text)
    text = blank(text, prices)
    sentences = split_sentences(blank(text, find_chatter(text)))
    categories = find_categories(sentences)
    name = name_product(sentences, around=categories[0].start if categories else None)

    price = _price(note, prices)
    measures = {kind: _of_this_price(note.words, found, prices, price) for kind, found in measures.items()}
    title = _title(note.words, name, measures, categories)
    category = _category(note.words, categories)
    return Suggestion(
        title=title,
        category=category,
        price=price,
        description=_description(note.words, name, measures, title, category, language),
        questions=_questions(title, category, price),
    )


def _of_this_price(
    words: str,
    measures: tuple[Mention[str], ...],
    prices: tuple[Mention[Price], ...],
    price: Suggested[int] | None,
) -> tuple[Mention[str], ...]:
    """Leave out what belongs to another offer: the two jars of ``2 toples 45rb`` where one costs 25,000."""
    if price is None:
        return measures
    others = [mention.start for mention in prices if mention.value.rupiah != price.value]
    return tuple(
        measure
        for measure in measures
        if not any(measure.end <= start and not words[measure.end : start].strip() for start in others)
    )


def _title(
    words: str,
    name: Mention[str] | None,
    measures: dict[str, tuple[Mention[str], ...]],
    categories: tuple[Mention[Named], ...],
) -> Suggested[str] | None:
    if name is None:
        return None
    # Several weights or sizes are variants to choose from: they do not name this product.
    single = {kind: found for kind, found in measures.items() if len(_values(found)) == 1}
    return Suggested[str](
        value=add_measures(name.value, tuple(found[0].value for found in single.values())),
        evidence=(name.evidence(words), *(found[0].evidence(words) for found in single.values())),
        confidence=TITLE_WITH_CATEGORY if _is_certain(categories) else TITLE_ALONE,
    )


def _category(words: str, categories: tuple[Mention[Named], ...]) -> Suggested[str] | None:
    if len(categories) != 1:
        return None
    return Suggested[str](
        value=categories[0].value.code,
        evidence=(categories[0].evidence(words),),
        confidence=CATEGORY_LEADING if _is_certain(categories) else CATEGORY_FURTHER_ON,
    )


def _price(note: SellerNote, prices: tuple[Mention[Price], ...]) -> Suggested[int] | None:
    if note.price is not None:
        if not LOWEST <= note.price <= HIGHEST:
            return None
        evidence = Evidence(source="note", quote=str(note.price))
        return Suggested[int](value=note.price, evidence=(evidence,), confidence=PRICE_APART)
    values = {mention.value.rupiah for mention in prices}
    value = values.pop() if len(values) == 1 else None
    if value is None:
        return None
    return Suggested[int](
        value=value,
        evidence=tuple(mention.evidence(note.words) for mention in prices),
        confidence=PRICE_MARKED if any(mention.value.marked for mention in prices) else PRICE_BARE,
    )


def _description(
    words: str,
    name: Mention[str] | None,
    measures: dict[str, tuple[Mention[str], ...]],
    title: Suggested[str] | None,
    category: Suggested[str] | None,
    language: Literal["id", "en"],
) -> Suggested[str] | None:
    certain = category if category is not None and category.confidence >= CATEGORY_LEADING else None
    text = describe(
        None if name is None else name.value,
        None if certain is None else load_categories()[certain.value].name(language),
        {kind: _values(found) for kind, found in measures.items()},
        load_messages(language),
    )
    if text is None or title is None:
        return None
    found = [mention for mentions in measures.values() for mention in mentions]
    evidence = (
        *title.evidence,
        *(certain.evidence if certain else ()),
        *(mention.evidence(words) for mention in found),
    )
    return Suggested[str](value=text, evidence=tuple(dict.fromkeys(evidence)), confidence=title.confidence)


def _questions(
    title: Suggested[str] | None, category: Suggested[str] | None, price: Suggested[int] | None
) -> tuple[Question, ...]:
    asked = (
        (Question.WHAT_IS_IT, title is None),
        (Question.WHICH_CATEGORY, category is None or category.confidence < CATEGORY_LEADING),
        (Question.WHAT_PRICE, price is None),
    )
    return tuple(question for question, open_ in asked if open_)


def _is_certain(categories: tuple[Mention[Named], ...]) -> bool:
    return len(categories) == 1 and categories[0].value.leading


def _values(mentions: tuple[Mention[str], ...]) -> tuple[str, ...]:
    """Return the different values, in the text's order."""
    return tuple(dict.fromkeys(mention.value for mention in mentions))
