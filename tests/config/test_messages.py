import re
from enum import StrEnum
from typing import get_args

import pytest

from config.known import known_recipes
from config.messages import Language, TextMissing, load_messages
from config.score import load_score_weights
from config.waits import PARTICULAR, wait_section
from models.assessment import DefectCode, Outcome
from models.audit import Act
from models.draft import DraftFailure
from models.edit import EditedField
from models.fact import Evidence
from models.listing import Hold, HoldReason
from models.matte import Doubt
from models.note import NoteProblem
from models.rejection import RejectionReason
from models.review import Refusal
from models.rule import Certainty, Level
from models.state import ListingState
from models.suggestion import Question
from models.upload import UploadRefusal
from processing.assess.unseen import NAMES
from tests.rules import rule_names

LANGUAGES: tuple[Language, ...] = ("id", "en")
MOST_WORDS = 20
"""In one sentence of advice."""
ADVISED: dict[str, type[StrEnum]] = {
    "rejection": RejectionReason,
    "doubt": Doubt,
    "defect": DefectCode,
    "wait": HoldReason,
    "note": NoteProblem,
    "question": Question,
}
RULES = rule_names()


def keys_of(language: Language) -> set[str]:
    return set(load_messages(language).texts)


def test_both_languages_say_the_same_things() -> None:
    assert keys_of("id") == keys_of("en")


def test_both_languages_need_the_same_values() -> None:
    indonesian, english = load_messages("id"), load_messages("en")
    differing = {key for key in keys_of("id") if indonesian.placeholders(key) != english.placeholders(key)}
    assert differing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_carries_spaces_at_its_ends(language: Language) -> None:
    texts = load_messages(language).texts
    assert {key for key, text in texts.items() if not text or text != text.strip()} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_its_text(language: Language) -> None:
    expected = {
        f"{section}.{code}.{part}"
        for section, codes in ADVISED.items()
        for code in codes
        for part in ("title", "advice")
    }
    expected |= {f"verdict.{rule}.{part}" for rule in RULES for part in ("title", "words", "advice")}
    expected |= {f"level.{level}" for level in Level} | {f"certainty.{grade}" for grade in get_args(Certainty)}
    expected |= {f"outcome.{outcome}" for outcome in Outcome} | {f"states.{state}" for state in ListingState}
    expected |= {f"report.state.{state}" for state in ListingState}
    expected |= {f"cli.audit.act.{act}" for act in Act} | {f"cli.review_refused.{why}" for why in Refusal}
    expected |= {f"model_failed.{failure}" for failure in DraftFailure}
    expected |= {f"edited_field.{field}" for field in EditedField}
    expected |= {f"source.{source}" for source in get_args(Evidence.model_fields["source"].annotation)}
    expected |= {f"console.sellers.refused.{refusal}" for refusal in UploadRefusal}
    expected |= {f"console.recipes.name.{recipe}" for recipe in known_recipes()}
    expected |= {f"part.{part}" for part in load_score_weights().parts} | {f"unseen.{name}" for name in NAMES}
    assert expected - keys_of(language) == set()


@pytest.mark.parametrize("section", [*ADVISED, "verdict", "outcome", "states", "part"])
def test_no_text_is_left_for_a_code_that_is_gone(section: str) -> None:
    known = {str(code) for code in ADVISED.get(section, ())}
    known |= {"verdict": set(RULES), "outcome": set(Outcome), "states": set(ListingState)}.get(section, set())
    known |= set(load_score_weights().parts) if section == "part" else set()
    assert {key.split(".")[1] for key in keys_of("id") if key.startswith(f"{section}.")} == known


@pytest.mark.parametrize("language", LANGUAGES)
def test_advice_is_one_short_sentence_with_one_thing_to_do(language: Language) -> None:
    for key, text in load_messages(language).texts.items():
        if not key.endswith(".advice"):
            continue
        assert text.endswith("."), key
        assert len(re.findall(r"[.!?](?:\s|$)", text)) == 1, key
        assert len(text.split()) <= MOST_WORDS, key
        assert not re.search(r"\b(?:lalu|kemudian|setelah itu|and then|then)\b", text), key


@pytest.mark.parametrize(("language", "way"), [("id", ("galeri", "dokumen")), ("en", ("gallery", "document"))])
def test_of_a_photo_that_is_too_small_she_is_told_where_the_large_one_is(
    language: Language, way: tuple[str, ...]
) -> None:
    messages = load_messages(language)
    for rule in ("min_width", "min_height", "min_side", "min_longest_side"):
        assert all(word in messages.text(f"verdict.{rule}.advice") for word in way)


def test_titles_are_sentences_and_no_text_uses_an_engineers_word() -> None:
    for key, text in load_messages("id").texts.items():
        if key.split(".")[0] in ADVISED and key.endswith(".title"):
            assert text.endswith((".", "?")), key
        if key.split(".")[0] in {*ADVISED, "report"}:
            assert not re.search(r"\b(?:alpha|matte|render|pixel|piksel|upload|error)\b", text, re.IGNORECASE), key


def test_values_take_their_places() -> None:
    messages = load_messages("id")
    assert messages.text("report.score_of", score=82) == "82 dari 100"


def test_a_value_is_never_read_as_a_template() -> None:
    assert "{score}" in load_messages("id").text("report.words_at", marketplace="{score}")


def test_a_missing_text_or_value_is_refused_by_name() -> None:
    messages = load_messages("en")
    with pytest.raises(TextMissing, match=r"defect\.underexposed\.adviec"):
        messages.text("defect.underexposed.adviec")
    with pytest.raises(TextMissing, match="score"):
        messages.text("report.score_of")


@pytest.mark.parametrize("reason", HoldReason)
def test_every_reason_to_wait_leads_to_a_title_and_advice(reason: HoldReason) -> None:
    sections = {**ADVISED, "verdict": RULES}
    codes = list(sections[PARTICULAR[reason]]) if reason in PARTICULAR else [""]
    for code in codes:
        section = wait_section(Hold(reason=reason, detail=code))
        assert load_messages("id").text(f"{section}.title")
        assert load_messages("id").text(f"{section}.advice")
