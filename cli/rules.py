"""``etalase rules``: what each marketplace asks for, and where we have that from."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from cli.console import WRONG_USE, fail, results
from cli.words import words
from config.figures import readable
from config.marketplaces import known_marketplaces, load_marketplace
from config.messages import Messages, load_messages
from config.presets import PresetError
from models.marketplace import Marketplace
from models.rule import Certainty, Level, ListingRule, PhotoRule, PhotoTerms

if TYPE_CHECKING:
    from rich.table import Table

Rule = PhotoRule | ListingRule


def rules(
    marketplace: Annotated[str | None, typer.Argument(help=words.text("cli.rules.marketplace"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Show one marketplace's rules in words, or all marketplaces."""
    known = known_marketplaces()
    if marketplace is not None and marketplace not in known:
        fail(words.text("cli.rules.unknown", name=marketplace, known=", ".join(known)), WRONG_USE)
    try:
        profiles = [load_marketplace(code) for code in ([marketplace] if marketplace else known)]
    except PresetError as fault:
        fail(str(fault), WRONG_USE)
    if as_json:
        described = [_described(profile) for profile in profiles]
        results.print_json(data=described[0] if marketplace else described)
    elif marketplace:
        _show(profiles[0])
    else:
        results.print(_marketplace_table(profiles))
        results.print(words.text("cli.rules.more", name="shopee"))


def _marketplace_table(profiles: Iterable[Marketplace]) -> "Table":
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


def _show(profile: Marketplace) -> None:
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


def _rule_table(shown: Iterable[Rule], sources: list[str], *, with_level: bool) -> "Table":
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


def _table(*columns: str) -> "Table":
    from rich.table import Table

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


def _described(profile: Marketplace) -> dict[str, Any]:
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
