"""Questions: what the seller is asked, the most valuable first."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from config.categories import load_categories
from config.messages import Language
from config.questions import load_questions
from models.fact import FactKind, Facts
from models.suggestion import Asked, Guess, Question
from processing.suggest.known import Known
from processing.suggest.write.feature import says

T = TypeVar("T")

MOST = 3
ASKED_FIRST = frozenset({FactKind.WEIGHT, FactKind.VOLUME})
"""Where sources disagree about these, a buyer would be told the wrong amount."""
ANSWERED_BY = {
    Question.HOW_MUCH: (FactKind.WEIGHT, FactKind.VOLUME, FactKind.COUNT),
    Question.WHICH_SIZE: (FactKind.SIZE, FactKind.DIMENSION),
    Question.WHICH_MATERIAL: (FactKind.MATERIAL,),
    Question.WHICH_FLAVOUR: (FactKind.FLAVOUR,),
}
"""The kinds of fact of which one is enough; the first is what an answer is about."""


def ask(
    known: Known, facts: Facts, guesses: tuple[Guess, ...], *, priced: bool, language: Language = "id"
) -> tuple[Asked, ...]:
    """Return at most three questions: first what a listing cannot be published without."""
    needed: list[Asked] = []
    wished: list[Asked] = []
    for asked in _open(known, facts, guesses, priced=priced, language=language):
        (needed if asked.needed else wished).append(asked)
    return tuple([*needed, *wished][:MOST])


def _open(
    known: Known, facts: Facts, guesses: tuple[Guess, ...], *, priced: bool, language: Language
) -> Iterator[Asked]:
    if known.name is None:
        yield Asked(question=Question.WHAT_IS_IT, needed=True)
    if not priced:
        prices = tuple(dict.fromkeys(fact.value for fact in facts.of(FactKind.PRICE)))
        yield Asked(question=Question.WHAT_PRICE, about=FactKind.PRICE, options=prices[:MOST], needed=True)
    if known.category is None:
        categories = load_categories()
        names = tuple(categories[guess.category].name(language) for guess in guesses)
        yield Asked(question=Question.WHICH_CATEGORY, options=names, needed=True)
    for conflict in facts.conflicts:
        if conflict.kind is not FactKind.PRICE:
            values = tuple(dict.fromkeys(fact.value for fact in conflict.facts))
            yield Asked(
                question=Question.WHICH_VALUE,
                about=conflict.kind,
                options=values,
                needed=conflict.kind in ASKED_FIRST,
            )
    yield from _by_family(known, facts)


def _by_family(known: Known, facts: Facts) -> Iterator[Asked]:
    questions = load_questions()
    doubted = {conflict.kind for conflict in facts.conflicts}
    for question in _of_goods(questions.family, known, ()):
        kinds = ANSWERED_BY[question]
        said = any(fact.evidence.source != "pixels" for kind in kinds for fact in facts.of(kind))
        options = _of_goods(questions.options.get(question, {}), known, ())
        if not said and not doubted & set(kinds) and not any(says(known.name or "", option) for option in options):
            yield Asked(question=question, about=kinds[0], options=options, needed=False)


def _of_goods(lists: Mapping[str, T], known: Known, nothing: T) -> T:
    """Return what is listed for a category, or for its family."""
    return lists.get(known.code or "", lists.get(known.family or "", nothing))
