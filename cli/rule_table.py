"""A marketplace's rules as a person reads them at the terminal, and as a program does."""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from rich.table import Table

from cli.console import results
from cli.words import words
from config.figures import readable
from config.messages import Messages, load_messages
from models.marketplace import Marketplace
from models.rule import Certainty, Level, ListingRule, PhotoRule, PhotoTerms

Rule = PhotoRule | ListingRule


def marketplace_table(profiles: Iterable[Marketplace]) -> Table:
    """Return a table of marketplaces: how many rules each has, and its tiers."""
    table = _table("code", "name", "required", "advised", "tiers")
    for profile in profiles:
        levels = [rule.level for rule in profile.rule]
        table.add_row(
            profile.code,
            profile.name,
            str(levels.count(Level.REQUIRED)),
            str(levels.count(Level.ADVISED)),
            " → ".join(tier.name(words.language) for tier in profile.tier),
        )
    return table


def show(profile: Marketplace) -> None:
    """Print the rules, then what each tier takes, then the numbered sources of both."""
    sources = list(dict.fromkeys(rule.source for _, rule in profile.placed()))
    results.print(profile.name, style="bold")
    results.print(_rule_table(profile.rule, sources, with_level=True))
    for tier in profile.tier:
        if tier.task:
            results.print(words.text("cli.rules.tier", tier=f"{tier.name(words.language)} ({tier.code})"))
            results.print(_rule_table(tier.task, sources, with_level=False))
    results.print(", ".join(f"{grade}: {words.text(f'certainty.{grade}')}" for grade in get_args(Certainty)))
    results.print(words.text("cli.rules.sources"))
    for number, source in enumerate(sources, start=1):
        results.print(f"{number:>3}  {source}")


def _rule_table(shown: Iterable[Rule], sources: list[str], *, with_level: bool) -> Table:
    level = ("level",) if with_level else ()
    table = _table("rule", "value", *level, "grade", "source", "checked")
    for rule in shown:
        table.add_row(
            _in_words(rule, words),
            _value(rule),
            *((_level(rule),) if with_level else ()),
            rule.grade,
            str(sources.index(rule.source) + 1),
            str(rule.checked),
        )
    return table


def _table(*columns: str) -> Table:
    table = Table()
    for column in columns:
        table.add_column(words.text(f"cli.rules.column.{column}"), overflow="fold")
    return table


def _level(rule: Rule) -> str:
    notes = []
    if rule.required_from is not None and rule.level is Level.ADVISED:
        notes.append(words.text("cli.rules.required_from", day=rule.required_from))
    if isinstance(rule, PhotoTerms) and rule.cover:
        notes.append(words.text("cli.rules.cover"))
    level = words.text(f"level.{rule.level}")
    return f"{level} ({', '.join(notes)})" if notes else level


def _value(rule: Rule) -> str:
    return readable(rule.wanted)


def _in_words(rule: Rule, messages: Messages) -> str:
    return messages.text(f"verdict.{rule.rule}.words", value=readable(rule.shown))


def described(profile: Marketplace) -> dict[str, Any]:
    """Return all that a profile says, and its rules in words in both languages."""
    return {
        "code": profile.code,
        "name": profile.name,
        "rules": list(_described_rules(profile.rule)),
        "tiers": [
            {**tier.model_dump(mode="json", exclude={"task"}), "tasks": list(_described_rules(tier.task))}
            for tier in profile.tier
        ],
    }


def _described_rules(shown: Iterable[Rule]) -> Iterator[dict[str, Any]]:
    for rule in shown:
        in_words = {"id": _in_words(rule, load_messages("id")), "en": _in_words(rule, load_messages("en"))}
        yield {**rule.model_dump(mode="json"), "words": in_words}
