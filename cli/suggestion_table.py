"""A suggestion as a person reads it at the terminal."""

from typing import TYPE_CHECKING

from rich.table import Table

from cli.console import results
from cli.words import words
from config.categories import load_categories
from config.copy import load_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.fact import Evidence
    from models.suggestion import Suggestion

Row = tuple[str, str, str, str]


def show(suggestion: "Suggestion") -> None:
    """Print fields and facts with what they rest on, then what to ask, then what was left out and why."""
    table = Table(show_lines=True)
    for column in ("field", "value", "evidence", "confidence"):
        table.add_column(words.text(f"cli.suggest.column.{column}"), overflow="fold")
    for name, value, evidence, confidence in (*_fields(suggestion), *_facts(suggestion)):
        table.add_row(name, value, evidence, confidence)
    results.print(table)
    for asked in suggestion.questions:
        options = f" ({' / '.join(asked.options)})" if asked.options else ""
        question = words.text(f"question.{asked.question}.title")
        results.print(words.text("cli.suggest.asks", question=question, options=options, code=asked.question))
    for removed in suggestion.removed:
        results.print(words.text("cli.suggest.removed", claim=removed.claim))
    if suggestion.model_failed:
        results.print(words.text(f"model_failed.{suggestion.model_failed}"))


def _fields(suggestion: "Suggestion") -> "Iterator[Row]":
    unknown = words.text("report.unknown")
    for name in ("title", "category", "price", "description"):
        found = getattr(suggestion, name)
        if found is None:
            yield _named(suggestion, name), unknown, "", ""
        else:
            yield (
                _named(suggestion, name),
                _shown(name, found.value),
                "\n".join(dict.fromkeys(map(_quoted, found.evidence))),
                f"{found.confidence:.2f}",
            )
    plain = {"keywords": ", ".join(suggestion.keywords), "alt_text": suggestion.alt_text or ""}
    if suggestion.english is not None:
        copy = suggestion.english
        plain |= {
            "english.title": copy.title,
            "english.description": copy.description,
            "english.keywords": ", ".join(copy.keywords),
            "english.alt_text": copy.alt_text,
        }
    for name, value in plain.items():
        if value:
            yield _named(suggestion, name), value, "", ""


def _facts(suggestion: "Suggestion") -> "Iterator[Row]":
    labels = load_copy(words.language).labels
    for fact in suggestion.facts:
        yield labels[fact.kind], fact.value, _quoted(fact.evidence), f"{fact.confidence:.2f}"


def _named(suggestion: "Suggestion", field: str) -> str:
    name = words.text(f"edited_field.{field}")
    return f"{name} ({words.text('cli.suggest.edited')})" if field in suggestion.edited else name


def _shown(field: str, value: object) -> str:
    known = load_categories()
    if field == "category" and value in known:
        return f"{known[str(value)].name(words.language)} ({value})"
    if field == "price":
        return words.text("report.rupiah", price=f"{value:,}".replace(",", "."))
    return str(value)


def _quoted(evidence: "Evidence") -> str:
    source = words.text(f"source.{evidence.source}")
    return f"{source}: {evidence.quote}" if evidence.quote else source
