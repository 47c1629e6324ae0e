"""Answers: what the seller says when she is asked becomes a fact, and settles what was in doubt."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from config.categories import load_categories
from models.fact import Conflict, Evidence, Fact, FactKind, Facts
from models.note import SellerNote
from models.suggestion import Question
from processing.suggest.claims import plain
from processing.suggest.facts.note import read_note_facts

IN_WORDS = {Question.WHICH_MATERIAL: FactKind.MATERIAL, Question.WHICH_FLAVOUR: FactKind.FLAVOUR}
MARKERS = {FactKind.MATERIAL: "bahan", FactKind.FLAVOUR: "rasa"}
"""By what a note says that a name of the kind follows."""
NOTHING = re.compile(
    r"\b(?:tidak|tdk|tak|e?n?gg?ak?|belum|blm|lupa|bukan|entah|gatau|mungkin|kayaknya|sepertinya)\b"
)
"""She does not know, or there is none."""
AROUND = re.compile(
    r"^(?:(?:(?:[0-9]+|dua|tiga|empat|lima) )?(?:rasa|bahan|macam|varian)(?:nya)?\b\s*:?\s*"
    r"|(?:terbuat |dibuat )?dari\b\s*|(?:pakai|ada|tersedia|ini|yang)\b\s*)+"
    r"|(?:(?:^|\s+)(?:aja|saja|bu|pak|kak|mbak|mas|ya|sih|kok|juga|ada))+$"
)
"""What is said around a name."""
PARTED = re.compile(r"\s*(?:[,/&+]|\b(?:dan|atau|sama|serta|tapi|tetapi)\b)\s*")
MOST_WORDS = 3
"""Of a name in her own words."""
SENTENCE = re.compile(
    r"[:?]|\b(?:saya|aku|kami|kita|dia|ini|itu|yang|sendiri|ada|pakai|beli|jual|buat|bikin|dibuat|dibikin|terbuat"
    r"|dari|anyam|jahit|untuk|karena|supaya|biar|sudah|bisa|mau|nanti|campur(?:an)?(?= ))\b"
)
"""A word that no name has: what she says is a sentence."""
AMOUNTS = (FactKind.WEIGHT, FactKind.VOLUME, FactKind.COUNT)
SIZES = (FactKind.SIZE, FactKind.DIMENSION)
SURE = 1.0


@dataclass(frozen=True, slots=True)
class Answered:
    """All that is known, with her answers."""

    facts: Facts
    """Without what an answer has overruled."""
    name: str | None
    """What she says that it is."""
    category: str | None
    """The code of the category that she has chosen."""


def take_answers(facts: Facts, answers: Mapping[Question, str]) -> Answered:
    """Return what is known after her answers; one that cannot be understood leaves its question open."""
    told = [fact for question, answer in answers.items() for fact in _facts_of(question, answer, facts.conflicts)]
    settled = {fact.kind for fact in told}
    kept = tuple(fact for fact in facts.facts if fact.kind not in settled)
    return Answered(
        facts=facts.model_copy(
            update={
                "facts": (*kept, *told),
                "conflicts": tuple(conflict for conflict in facts.conflicts if conflict.kind not in settled),
                "unclear": tuple(kind for kind in facts.unclear if kind not in settled),
            }
        ),
        name=answers.get(Question.WHAT_IS_IT, "").strip() or None,
        category=_category(answers.get(Question.WHICH_CATEGORY, "")),
    )


def _facts_of(question: Question, answer: str, conflicts: tuple[Conflict, ...]) -> Iterable[Fact]:
    match question:
        case Question.WHAT_PRICE:
            return _price(answer)
        case Question.WHICH_VALUE:
            return [fact for line in answer.splitlines() for fact in _chosen(line, conflicts)]
        case Question.HOW_MUCH:
            return _read(answer, AMOUNTS)
        case Question.WHICH_SIZE:
            return _read(answer, SIZES) or _read(f"ukuran {answer}", SIZES)
        case Question.WHICH_MATERIAL | Question.WHICH_FLAVOUR:
            return _named(IN_WORDS[question], answer)
    return ()


def _read(answer: str, kinds: tuple[FactKind, ...]) -> list[Fact]:
    """Return the facts of some kinds in an answer, read as a note is."""
    found = read_note_facts(SellerNote(words=answer)).facts
    return [_of_answer(fact, answer) for fact in found if fact.kind in kinds]


def _named(kind: FactKind, answer: str) -> list[Fact]:
    """Return what an answer names, one by one: in her own words, or of a sentence what a note of it would tell."""
    said = plain(answer)
    doubted = NOTHING.search(said) is not None
    values: list[str] = []
    for part in PARTED.split(said):
        name = AROUND.sub("", part).strip()
        if not name or NOTHING.search(name):
            continue
        if doubted or len(name.split()) > MOST_WORDS or SENTENCE.search(name):
            values += [fact.value for fact in _read(f"{MARKERS[kind]} {name}", (kind,))]
        else:
            values.append(name)
    return [_fact(kind, value, answer) for value in dict.fromkeys(values)]


def _price(answer: str) -> list[Fact]:
    """Return the one price of an answer; a bare figure is one here, but for ``15``, which may mean thousands."""
    found = _read(answer, (FactKind.PRICE,)) or _read(f"harga {answer}", (FactKind.PRICE,))
    return found if len({fact.value for fact in found}) == 1 else []


def _chosen(answer: str, conflicts: tuple[Conflict, ...]) -> list[Fact]:
    """Return the fact that she chooses, or another value of a kind that is in doubt."""
    for conflict in conflicts:
        for fact in conflict.facts:
            if plain(fact.value) == plain(answer):
                return [_of_answer(fact, answer)]
    return _read(answer, tuple(conflict.kind for conflict in conflicts))


def _of_answer(fact: Fact, answer: str) -> Fact:
    return fact.model_copy(
        update={"evidence": Evidence(source="answer", quote=answer.strip()), "confidence": SURE}
    )


def _fact(kind: FactKind, value: str, answer: str) -> Fact:
    return Fact(kind=kind, value=value, evidence=Evidence(source="answer", quote=answer.strip()), confidence=SURE)


def _category(answer: str) -> str | None:
    """Return the code of a category by its code or its name in either language."""
    said = plain(answer)
    for code, category in load_categories().items():
        if said in {code, plain(category.id), plain(category.en)}:
            return code
    return None
