import pytest

from models.fact import Conflict, Fact, FactKind, Facts
from models.note import SellerNote
from models.suggestion import Asked, Question
from processing.suggest.facts.gather import gather_facts
from processing.suggest.suggest import suggest, suggest_from
from tests.processing.suggest.known_things import fact


def asked(words: str) -> dict[Question, Asked]:
    return {one.question: one for one in suggest(SellerNote(words=words)).questions}


def disagreeing(words: str, kind: FactKind, *others: Fact) -> Facts:
    facts = gather_facts(SellerNote(words=words))
    conflict = Conflict(kind=kind, facts=(*facts.of(kind), *others))
    return facts.model_copy(update={"facts": (*facts.facts, *others), "conflicts": (conflict,)})


def test_what_publication_cannot_do_without_comes_first_and_never_more_than_three() -> None:
    questions = suggest(SellerNote(words="🔥")).questions
    assert [one.question for one in questions] == [
        Question.WHAT_IS_IT,
        Question.WHAT_PRICE,
        Question.WHICH_CATEGORY,
    ]
    assert all(one.needed for one in questions)


@pytest.mark.parametrize(
    ("words", "wished"),
    [
        ("keripik singkong 15rb", [Question.HOW_MUCH, Question.WHICH_FLAVOUR]),
        ("keripik singkong balado 250gr 15rb", []),
        ("gamis 150rb", [Question.WHICH_SIZE, Question.WHICH_MATERIAL]),
        ("beras 60rb", [Question.HOW_MUCH]),
        ("sandal kulit 90rb", [Question.WHICH_SIZE]),
    ],
)
def test_each_family_is_asked_what_its_buyers_ask(words: str, wished: list[Question]) -> None:
    questions = asked(words)
    assert list(questions) == wished
    assert not any(one.needed for one in questions.values())


def test_answers_can_be_tapped() -> None:
    assert "250 g" in asked("keripik singkong 15rb")[Question.HOW_MUCH].options
    assert "38-42" in asked("sandal kulit 90rb")[Question.WHICH_SIZE].options
    assert asked("keripik singkong 250gr 15rb, 28rb")[Question.WHAT_PRICE].options == ("15000", "28000")


def test_two_amounts_that_contradict_are_asked_about_and_neither_is_told() -> None:
    note = SellerNote(words="keripik singkong balado 250gr 15rb")
    label = fact(FactKind.WEIGHT, "200 g", "label", amount=200)
    suggestion = suggest_from(note, disagreeing(note.words, FactKind.WEIGHT, label))
    (question,) = suggestion.questions
    assert (question.question, question.about, question.needed) == (
        Question.WHICH_VALUE,
        FactKind.WEIGHT,
        True,
    )
    assert question.options == ("250 g", "200 g")
    words = suggestion.model_dump_json(include={"title", "description", "english", "keywords", "alt_text"})
    assert "200 g" not in words and suggestion.title and suggestion.title.value == "Keripik Singkong Balado"


def test_prices_that_contradict_are_asked_for_as_the_price() -> None:
    facts = disagreeing("keripik singkong 250gr 15rb", FactKind.PRICE, fact(FactKind.PRICE, "18000", "label"))
    suggestion = suggest_from(SellerNote(words="keripik singkong 250gr 15rb"), facts)
    assert suggestion.price is None
    assert suggestion.questions[0] == Asked(
        question=Question.WHAT_PRICE, about=FactKind.PRICE, options=("15000", "18000"), needed=True
    )
