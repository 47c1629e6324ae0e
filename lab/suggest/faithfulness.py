"""How often a claim that nothing bears out reaches a listing: ``python -m lab.suggest.faithfulness``.

Each case has a note of true parts, of which some are missing or contradict the label, and claims that are planted
in it, on a label, or in what a language model has written. The judge is not the guard: the case knows what it
planted, and looks for it in everything that a buyer would read, spelt in any way that a reader would understand.
What is honest in a model's draft is counted too: how much of it was taken out. ``planted.toml`` is what the guard
was made with; ``--claims unseen`` takes claims that it was not made with.
"""

import argparse
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from config.marketplaces import load_marketplace
from config.messages import Language
from config.presets import read_preset
from models.fact import Conflict, Evidence, Fact, FactKind, Facts
from models.marketplace import Marketplace
from models.note import SellerNote
from models.suggestion import Copy, Suggestion
from models.value import Value
from processing.suggest.facts.gather import gather_facts
from processing.suggest.suggest import suggest_from

CASES, SEED = 500, 20261126
SHOWN = 10
LANGUAGES: tuple[Language, ...] = ("id", "en")


class Goods(Value):
    """Something for sale, with what is true of it."""

    name: str
    measure: str
    flavour: str
    origin: str
    price: str
    other_measures: tuple[str, ...]
    """What it does not weigh, hold or measure."""


class Material(Value):
    """What cases are made of."""

    around: tuple[str, ...]
    """What a claim may stand in."""
    honest: tuple[str, ...]
    """What may be said of any goods."""
    goods: tuple[Goods, ...]
    planted: dict[str, tuple[str, ...]]
    """Claims that are true of none of the goods, by kind."""


def load_material(name: str) -> Material:
    """Return what a file beside this one holds."""
    return read_preset(Path(__file__).parent / f"{name}.toml", Material)


NO_WORD_OF_HERS = ("superlative", "health", "certificate", "guarantee", "offer", "contact", "instruction")
"""Kinds for which nobody's word is evidence: of the others, such as a place, her note is."""
LOOKALIKES = str.maketrans("aeiouc", "\u0430\u0435\u0456\u043e\u057d\u0441")
FOLD = {ord(other): plain for plain, other in zip("aeiouc", "\u0430\u0435\u0456\u043e\u057d\u0441", strict=True)}
LEET = str.maketrans("4310@5", "aeioas")


@dataclass(frozen=True, slots=True)
class Case:
    """One adversarial listing."""

    kind: str
    note: SellerNote
    label: tuple[Fact, ...]
    draft: dict[Language, Copy]
    claims: tuple[str, ...]
    honest: tuple[str, ...] = field(default=())
    """Sentences of the draft that are true."""


def make_cases(material: Material, count: int, seed: int) -> Iterator[Case]:
    """Yield cases, the same for the same seed."""
    chance = random.Random(seed)
    makers = (_in_note, _in_draft, _in_draft, _in_label, _in_conflict)
    for number in range(count):
        yield makers[number % len(makers)](material, chance)


def leaks(case: Case, suggestion: Suggestion) -> tuple[str, ...]:
    """Return the planted claims that a buyer would read."""
    shown = _readable(suggestion)
    return tuple(claim for claim in case.claims if _is_in(claim, shown))


def _in_note(material: Material, chance: random.Random) -> Case:
    goods = chance.choice(material.goods)
    claims = tuple(
        chance.choice(material.planted[kind]) for kind in chance.sample(NO_WORD_OF_HERS, chance.randint(1, 2))
    )
    parts = [f"{goods.name} {goods.flavour}", *_some(chance, (goods.measure, f"dari {goods.origin}", goods.price))]
    words = chance.choice((", ", ". ", "\n", " "))
    lead = chance.random() < 1 / 2
    note = words.join([*claims, *parts] if lead else [*parts, *claims])
    return Case("note", SellerNote(words=note), (), {}, claims)


def _in_draft(material: Material, chance: random.Random) -> Case:
    goods = chance.choice(material.goods)
    claims = _claims(material, chance, goods)
    values = {"name": goods.name, "measure": goods.measure, "origin": goods.origin}
    honest = tuple(each.format(**values) for each in chance.sample(material.honest, 3))
    planted = [
        _disguise(chance, chance.choice(material.around).format(claim=claim, name=goods.name), claim)
        for claim in claims
    ]
    sentences = [*honest, *planted]
    chance.shuffle(sentences)
    copy = Copy(
        title=f"{goods.name.title()} {chance.choice(claims)}",
        description=chance.choice((" ", "\n", "\n\n")).join(sentences),
        keywords=(goods.name, *claims),
        alt_text=f"{goods.name} {claims[0]}.",
    )
    note = f"{goods.name} {goods.flavour} {goods.measure} dari {goods.origin} {goods.price}"
    return Case("draft", SellerNote(words=note), (), {chance.choice(LANGUAGES): copy}, claims, honest)


def _in_label(material: Material, chance: random.Random) -> Case:
    goods = chance.choice(material.goods)
    claim = chance.choice(material.planted[chance.choice(NO_WORD_OF_HERS)])
    label = _fact(chance.choice((FactKind.BRAND, FactKind.FLAVOUR, FactKind.MATERIAL)), claim, "label")
    return Case("label", SellerNote(words=f"{goods.name} {goods.measure} {goods.price}"), (label,), {}, (claim,))


def _in_conflict(material: Material, chance: random.Random) -> Case:
    """Her note and the label disagree; a draft takes sides, and so neither may be told."""
    goods = chance.choice([one for one in material.goods if one.measure.endswith(" g")])
    other = chance.choice(("175 g", "900 g", "75 g"))
    label = _fact(FactKind.WEIGHT, other, "label")
    copy = Copy(
        title=f"{goods.name.title()} {other}",
        description=f"Isi satu kemasan {other}. Kami menjual {goods.name}. Beratnya {goods.measure}.",
        keywords=(f"{goods.name} {other}",),
        alt_text=f"{goods.name}, {other}.",
    )
    words = f"{goods.name} {goods.measure} {goods.price}"
    return Case("conflict", SellerNote(words=words), (label,), {"id": copy}, (other, goods.measure))


def _claims(material: Material, chance: random.Random, goods: Goods) -> tuple[str, ...]:
    kinds = chance.sample([*material.planted, "measure"], chance.randint(1, 3))
    true = (goods.flavour, goods.origin)
    claims = (
        chance.choice(goods.other_measures if kind == "measure" else material.planted[kind]) for kind in kinds
    )
    return tuple(
        claim for claim in claims if not any(word and word.casefold() in claim.casefold() for word in true)
    )


def _some(chance: random.Random, parts: tuple[str, ...]) -> list[str]:
    return [part for part in parts if chance.random() < 2 / 3]


def _disguise(chance: random.Random, sentence: str, claim: str) -> str:
    """Return a sentence with its claim spelt so that a reader still understands it."""
    ways = (
        claim, claim, claim, claim.upper(), " ".join(claim), claim.replace("a", "4").replace("i", "1"),
        claim.translate(LOOKALIKES), "\u200b".join(claim), claim.replace(" ", "-"), f"*{claim}*", claim.title(),
    )  # fmt: skip
    return sentence.replace(claim, chance.choice(ways))


def _fact(kind: FactKind, value: str, source: str) -> Fact:
    figure = re.fullmatch(r"(\d+) g", value)
    return Fact.model_validate(
        {
            "kind": kind,
            "value": value,
            "amount": float(figure[1]) if figure else None,
            "unit": "g" if figure else None,
            "evidence": Evidence.model_validate({"source": source, "quote": value}),
            "confidence": 0.9,
        }
    )


def _readable(suggestion: Suggestion) -> str:
    """Return everything that a buyer would read, folded: no spaces, signs, look-alikes or figures for letters."""
    parts = [suggestion.title.value if suggestion.title else "", *suggestion.keywords, suggestion.alt_text or ""]
    parts.append(suggestion.description.value if suggestion.description else "")
    if suggestion.english is not None:
        english = suggestion.english
        parts += [english.title, english.description, english.alt_text, *english.keywords]
    for copy in suggestion.marketplaces:
        parts += [copy.title, copy.description, *copy.attributes.values()]
    return "\n".join(parts)


def _is_in(claim: str, shown: str) -> bool:
    if re.search(r"\d", claim):
        figure = r"\s*".join(map(re.escape, re.sub(r"\s", "", _fold(claim))))
        return re.search(rf"(?<![\d.,]){figure}(?!\w)", _fold(shown)) is not None
    bare = re.sub(r"[\W_]", "", _fold(claim).translate(LEET))
    return bare in re.sub(r"[\W_]", "", _fold(shown).translate(LEET))


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text).casefold().translate(FOLD)
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Cf")


def _suggest(case: Case, marketplaces: tuple[Marketplace, ...]) -> Suggestion:
    """Return a case's suggestion, with the label's facts beside those of the note."""
    gathered = gather_facts(case.note)
    facts = with_label(gathered, case.label)
    return suggest_from(case.note, facts, marketplaces, draft=case.draft)


def with_label(facts: Facts, label: tuple[Fact, ...]) -> Facts:
    """Return facts with a label's, and a conflict where the two say different amounts."""
    conflicts = [
        Conflict(kind=fact.kind, facts=(*facts.of(fact.kind), fact))
        for fact in label
        if any(other.amount is not None and other.amount != fact.amount for other in facts.of(fact.kind))
    ]
    return facts.model_copy(update={"facts": (*facts.facts, *label), "conflicts": (*facts.conflicts, *conflicts)})


def main() -> None:
    """Print how many planted claims a buyer would read, and how much honest copy was taken out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--claims", default="planted", help="the file beside this one that has the claims")
    asked = parser.parse_args()
    markets = tuple(load_marketplace(code) for code in ("tokopedia", "shopee", "etsy"))
    planted = leaked = honest = lost = shown = 0
    for case in make_cases(load_material(asked.claims), asked.cases, asked.seed):
        suggestion = _suggest(case, markets)
        found = leaks(case, suggestion)
        planted += len(case.claims)
        leaked += len(found)
        removed = {removed.claim for removed in suggestion.removed}
        honest += len(case.honest)
        lost += sum(sentence in removed for sentence in case.honest)
        if found and shown < SHOWN:
            shown += 1
            print(f"{case.kind}: {case.note.words!r} {[f.value for f in case.label]}: {found}")
    print(f"{asked.cases} cases, {planted} planted claims: {leaked} stay in the output")
    print(f"{honest} honest sentences in drafts: {lost} taken out")


if __name__ == "__main__":
    main()
