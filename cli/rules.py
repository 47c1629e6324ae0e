"""``etalase rules``: what each marketplace asks for, and where we have that from."""

from typing import Annotated

import typer

from cli.console import WRONG_USE, fail, results
from cli.words import words


def rules(
    marketplace: Annotated[str | None, typer.Argument(help=words.text("cli.rules.marketplace"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Show one marketplace's rules in words, or all marketplaces."""
    from cli.rule_table import described, marketplace_table, show
    from config.known import known_marketplaces
    from config.marketplaces import load_marketplace
    from config.presets import PresetError

    known = known_marketplaces()
    if marketplace is not None and marketplace not in known:
        fail(words.text("cli.rules.unknown", name=marketplace, known=", ".join(known)), WRONG_USE)
    try:
        profiles = [load_marketplace(code) for code in ([marketplace] if marketplace else known)]
    except PresetError as fault:
        fail(str(fault), WRONG_USE)
    if as_json:
        everything = [described(profile) for profile in profiles]
        results.print_json(data=everything[0] if marketplace else everything)
    elif marketplace:
        show(profiles[0])
    else:
        results.print(marketplace_table(profiles))
        results.print(words.text("cli.rules.more", name="shopee"))
