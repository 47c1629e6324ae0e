"""A listing's words from what is known of it. It reads from top to bottom."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from config.messages import Language
from models.fact import Evidence, Fact, FactKind, Facts
from models.marketplace import Marketplace
from models.note import SellerNote
from models.photo import Finished
from models.suggestion import Copy, Question, Removed, Suggested, Suggestion
from processing.suggest.answers import Answered, take_answers
from processing.suggest.category import Guesses, guess_categories
from processing.suggest.chatter import find_chatter
from processing.suggest.drafts import take_draft
from processing.suggest.facts.denied import find_denied
from processing.suggest.facts.gather import gather_facts
from processing.suggest.facts.origin import find_whereabouts
from processing.suggest.guard import guard
from processing.suggest.known import Known, know
from processing.suggest.mention import blank
from processing.suggest.name import name_product
from processing.suggest.questions import ask
from processing.suggest.words import split_sentences
from processing.suggest.write.marketplace import write_for
from processing.suggest.write.write import write

LANGUAGES: tuple[Language, ...] = ("id", "en")
NO_ANSWERS: Mapping[Question, str] = MappingProxyType({})
NO_DRAFT: Mapping[Language, Copy] = MappingProxyType({})

# How sure we are: an order of the ways in which a fact was found, not yet measured on notes.
TITLE_ANSWERED, TITLE_WITH_CATEGORY, TITLE_ALONE = 1.0, 0.8, 0.5


def suggest(
    note: SellerNote,
    photos: tuple[Finished, ...] = (),
    marketplaces: tuple[Marketplace, ...] = (),
    *,
    answers: Mapping[Question, str] = NO_ANSWERS,
    draft: Mapping[Language, Copy] = NO_DRAFT,
) -> Suggestion:
    """Return a listing's words in both languages and for each marketplace, with what they rest on and what to ask.

    Parameters
    ----------
    answers
        What the seller has said to questions of an earlier suggestion.
    draft
        A language model's words, by language. They stand as far as the guard lets them through.
    """
    return suggest_from(note, gather_facts(note, photos), marketplaces, answers=answers, draft=draft)


def suggest_from(
    note: SellerNote,
    facts: Facts,
    marketplaces: tuple[Marketplace, ...] = (),
    *,
    answers: Mapping[Question, str] = NO_ANSWERS,
    draft: Mapping[Language, Copy] = NO_DRAFT,
) -> Suggestion:
    """Return what :func:`suggest` does, from facts that are gathered already."""
    answered = take_answers(facts, answers)
    words = answered.name or note.words
    rest = answered.name or answered.facts.rest
    rest = blank(rest, find_denied(rest))
    rest = blank(rest, find_whereabouts(rest))
    rest = blank(rest, find_chatter(rest))
    guesses = _of_answer(guess_categories(words, blanked=rest), answered)
    category = _category(guesses, answered)
    name = _name(words, rest, guesses, answered)
    known = what_is_known(name, category, answered.facts)
    price = _price(answered.facts)

    copies, removed, drafted = _write(known, draft)
    own = copies["id"]
    evidence = tuple(dict.fromkeys((*(name.evidence if name else ()), *(fact.evidence for fact in known.facts))))
    return Suggestion(
        facts=answered.facts.facts,
        title=name.model_copy(update={"value": own.title}) if name and own.title else None,
        category=category,
        guesses=guesses.guesses,
        price=price,
        description=_suggested(own.description, evidence, name),
        keywords=own.keywords,
        alt_text=own.alt_text or None,
        english=copies["en"] if copies["en"].title else None,
        marketplaces=tuple(
            write_for(market, known, copies[market.language] if drafted else None) for market in marketplaces
        ),
        questions=ask(known, answered.facts, guesses.guesses, priced=price is not None),
        writer="model" if drafted else "template",
        removed=removed,
    )


def what_is_known(name: Suggested[str] | None, category: Suggested[str] | None, facts: Facts) -> Known:
    """Return what the words may say: nothing that is in doubt."""
    doubted = {conflict.kind for conflict in facts.conflicts} | set(facts.unclear)
    return know(
        name.value if name else None,
        tuple(fact for fact in facts.facts if fact.kind not in doubted and not _is_one_of_prices(fact, facts)),
        category.value if category else None,
        name.evidence[0].quote if name else "",
    )


def _of_answer(guesses: Guesses, answered: Answered) -> Guesses:
    """Return guesses with her answer as their source where it is her answer that they rest on."""
    if answered.name is None:
        return guesses
    told = tuple(Evidence(source="answer", quote=one.quote, span=one.span) for one in guesses.evidence)
    return replace(guesses, evidence=told)


def _name(words: str, rest: str, guesses: Guesses, answered: Answered) -> Suggested[str] | None:
    spans = [evidence.span for evidence in guesses.evidence if evidence.span is not None and guesses.sure]
    found = name_product(split_sentences(rest), around=spans[0][0] if spans else None)
    if found is None:
        return None
    if answered.name is not None:
        said = Evidence(source="answer", quote=answered.name)
        return Suggested[str](value=found.value, evidence=(said,), confidence=TITLE_ANSWERED)
    return Suggested[str](
        value=found.value,
        evidence=(found.evidence(words),),
        confidence=TITLE_WITH_CATEGORY if guesses.sure else TITLE_ALONE,
    )


def _category(guesses: Guesses, answered: Answered) -> Suggested[str] | None:
    if answered.category is not None:
        said = Evidence(source="answer", quote=answered.category)
        return Suggested[str](value=answered.category, evidence=(said,), confidence=1.0)
    sure = guesses.sure
    if sure is None:
        return None
    return Suggested[str](value=sure.category, evidence=guesses.evidence, confidence=sure.probability)


def _price(facts: Facts) -> Suggested[int] | None:
    prices = facts.of(FactKind.PRICE)
    values = {price.value for price in prices}
    doubted = FactKind.PRICE in facts.unclear or any(each.kind is FactKind.PRICE for each in facts.conflicts)
    if doubted or len(values) != 1:
        return None
    return Suggested[int](
        value=int(values.pop()),
        evidence=tuple(price.evidence for price in prices),
        confidence=max(price.confidence for price in prices),
    )


def _write(known: Known, draft: Mapping[Language, Copy]) -> tuple[dict[Language, Copy], tuple[Removed, ...], bool]:
    """Return the words in each language, what the guard took out, and whether any of the draft stands."""
    words: dict[Language, Copy] = {}
    removed: list[Removed] = []
    drafted = False
    for language in LANGUAGES:
        words[language], gone = guard(write(known, language), known)
        removed += gone
        if language in draft:
            words[language], gone, survives = take_draft(draft[language], words[language], known)
            removed += gone
            drafted = drafted or survives
    return words, tuple(removed), drafted


def _suggested(text: str, evidence: tuple[Evidence, ...], name: Suggested[str] | None) -> Suggested[str] | None:
    return Suggested[str](value=text, evidence=evidence, confidence=name.confidence) if text and name else None


def _is_one_of_prices(fact: Fact, facts: Facts) -> bool:
    return fact.kind is FactKind.PRICE and len({price.value for price in facts.of(FactKind.PRICE)}) > 1
