import pytest

from models.fact import Conflict, FactKind
from models.note import SellerNote
from models.suggestion import Question, Suggestion
from processing.suggest.facts.gather import gather_facts
from processing.suggest.suggest import suggest, suggest_from
from tests.processing.suggest.known_things import fact


def answered(words: str, **answers: str) -> Suggestion:
    return suggest(SellerNote(words=words), answers={Question(name): value for name, value in answers.items()})


def values(suggestion: Suggestion, kind: FactKind) -> list[tuple[str, str]]:
    return [(one.value, one.evidence.source) for one in suggestion.facts if one.kind is kind]


def open_questions(suggestion: Suggestion) -> set[Question]:
    return {one.question for one in suggestion.questions}


@pytest.mark.parametrize(
    ("answer", "price"), [("15rb", 15_000), ("15.000", 15_000), ("Rp 15.000,-", 15_000), ("15000", 15_000)]
)
def test_an_answer_is_the_price(answer: str, price: int) -> None:
    suggestion = answered("keripik singkong balado 250gr", what_price=answer)
    assert suggestion.price is not None and suggestion.price.value == price
    assert suggestion.price.evidence[0].source == "answer"
    assert Question.WHAT_PRICE not in open_questions(suggestion)


@pytest.mark.parametrize("answer", ["", "tidak tahu", "10 atau 20rb 30rb"])
def test_an_answer_that_cannot_be_understood_leaves_the_question_open(answer: str) -> None:
    suggestion = answered("keripik singkong", what_price=answer)
    assert suggestion.price is None and Question.WHAT_PRICE in open_questions(suggestion)


def test_what_it_is_names_it_and_finds_its_category() -> None:
    suggestion = answered("15rb", what_is_it="keripik singkong balado")
    assert suggestion.title is not None and suggestion.title.value == "Keripik Singkong Balado"
    assert suggestion.title.evidence[0].source == "answer"
    assert suggestion.category is not None and suggestion.category.value == "cassava_chips"


@pytest.mark.parametrize("answer", ["sambal", "Sambal", "Madu", "honey"])
def test_a_category_is_chosen_by_its_name_or_code(answer: str) -> None:
    suggestion = answered("madu dan sambal 20rb", which_category=answer)
    assert suggestion.category is not None and suggestion.category.confidence == 1.0
    assert Question.WHICH_CATEGORY not in open_questions(suggestion)


@pytest.mark.parametrize(
    ("question", "answer", "kind", "value"),
    [
        ("how_much", "250 gram", FactKind.WEIGHT, "250 g"),
        ("how_much", "isi 10", FactKind.COUNT, "isi 10"),
        ("which_flavour", "Balado", FactKind.FLAVOUR, "balado"),
    ],
)
def test_an_answer_becomes_a_fact_and_re_makes_the_words(
    question: str, answer: str, kind: FactKind, value: str
) -> None:
    suggestion = answered("keripik singkong 15rb", **{question: answer})
    assert values(suggestion, kind) == [(value, "answer")]
    assert suggestion.description is not None and value in suggestion.description.value
    assert Question(question) not in open_questions(suggestion)


@pytest.mark.parametrize("answer", ["tidak tahu", "tidak ada", "ga ada rasa", "lupa bu", "nggak tau", "blm tau"])
@pytest.mark.parametrize(
    ("words", "question", "kind"),
    [
        ("keripik singkong 250gr 15rb", "which_flavour", FactKind.FLAVOUR),
        ("daster batik 50rb", "which_material", FactKind.MATERIAL),
    ],
)
def test_what_she_does_not_know_is_no_fact(answer: str, words: str, question: str, kind: FactKind) -> None:
    suggestion = answered(words, **{question: answer})
    assert values(suggestion, kind) == []
    assert suggestion.title == answered(words).title


@pytest.mark.parametrize(
    ("answer", "flavours"),
    [
        ("original/pedas/keju", ["original", "pedas", "keju"]),
        ("original atau pedas", ["original", "pedas"]),
        ("rasa balado", ["balado"]),
        ("tahu isi", ["tahu isi"]),
        ("gurih laut dan manis madu", ["gurih laut", "manis madu"]),
    ],
)
def test_flavours_are_read_as_in_a_note_or_by_her_own_words(answer: str, flavours: list[str]) -> None:
    suggestion = answered("keripik singkong 250gr 15rb", which_flavour=answer)
    assert [value for value, _ in values(suggestion, FactKind.FLAVOUR)] == flavours


@pytest.mark.parametrize("answer", ["kayu jati", "dari kayu jati", "bahan kayu jati", "Kayu Jati"])
def test_a_material_is_read_as_in_a_note(answer: str) -> None:
    assert values(answered("nampan 50rb", which_material=answer), FactKind.MATERIAL) == [("kayu jati", "answer")]


@pytest.mark.parametrize(
    ("answer", "materials"),
    [
        ("ini dibuat dari kayu jati", ["kayu jati"]),
        ("dari bambu, saya anyam sendiri", ["bambu"]),
        ("saya pakai benang wol lokal", ["wol"]),
        ("campuran bambu dan rotan supaya kuat", ["bambu", "rotan"]),
        ("kayu, tidak pakai lem", ["kayu"]),
        ("benang rayon lokal", ["benang rayon lokal"]),
        ("saya beli di pasar", []),
        ("lupa, nanti ditanya dulu", []),
    ],
)
def test_of_a_sentence_only_the_materials_are_kept(answer: str, materials: list[str]) -> None:
    suggestion = answered("nampan 50rb", which_material=answer)
    assert [value for value, _ in values(suggestion, FactKind.MATERIAL)] == materials
    assert (Question.WHICH_MATERIAL in open_questions(suggestion)) is not bool(materials)


@pytest.mark.parametrize(
    ("answer", "flavours"),
    [
        ("ada balado sama original", ["balado", "original"]),
        ("ada 3 rasa: balado, keju, asin", ["balado", "keju", "asin"]),
        ("rasa: balado", ["balado"]),
        ("tersedia coklat dan vanila ya", ["coklat", "vanila"]),
        ("ada original, balado, dan jagung bakar juga", ["original", "balado", "jagung bakar"]),
        ("asin, tidak pedas", ["asin"]),
        ("asin tapi tidak pedas", ["asin"]),
        ("anak saya yang tahu", []),
        ("ada", []),
        ("sama saja", []),
    ],
)
def test_of_a_sentence_only_the_flavours_are_kept(answer: str, flavours: list[str]) -> None:
    suggestion = answered("keripik singkong 250gr 15rb", which_flavour=answer)
    assert [value for value, _ in values(suggestion, FactKind.FLAVOUR)] == flavours
    assert (Question.WHICH_FLAVOUR in open_questions(suggestion)) is not bool(flavours)


@pytest.mark.parametrize("answer", ["L", "38-42", "ukuran M", "S, M, L"])
def test_a_size_needs_no_word_before_it(answer: str) -> None:
    assert values(answered("gamis 150rb", which_size=answer), FactKind.SIZE)


@pytest.mark.parametrize(("answer", "value"), [("200 g", "200 g"), ("225 gr", "225 g")])
def test_a_contradiction_is_settled_by_a_choice_or_another_value(answer: str, value: str) -> None:
    note = SellerNote(words="keripik singkong balado 250gr 15rb")
    facts = gather_facts(note)
    label = fact(FactKind.WEIGHT, "200 g", "label", amount=200)
    both = (*facts.of(FactKind.WEIGHT), label)
    disagreeing = facts.model_copy(
        update={"facts": (*facts.facts, label), "conflicts": (Conflict(kind=FactKind.WEIGHT, facts=both),)}
    )
    suggestion = suggest_from(note, disagreeing, answers={Question.WHICH_VALUE: answer})
    assert values(suggestion, FactKind.WEIGHT) == [(value, "answer")]
    assert suggestion.title is not None and suggestion.title.value.endswith(value)
    assert suggestion.questions == ()


def test_a_claim_in_an_answer_is_not_told() -> None:
    suggestion = answered("keripik singkong 250gr 15rb", which_flavour="balado, terbaik di dunia")
    assert suggestion.description is not None
    assert "balado" in suggestion.description.value
    assert "terbaik" not in suggestion.description.value
    assert "terbaik" not in suggestion.model_dump_json(include={"english", "marketplaces", "keywords"})
