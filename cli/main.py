"""The command ``etalase``: one file for each of its commands, whose heavy imports wait until it is called."""

import typer

from cli.demo import demo
from cli.matte import matte
from cli.photo import photo
from cli.process import process
from cli.publish import publish
from cli.report import report
from cli.settings import settings
from cli.status import status
from cli.words import words

app = typer.Typer(
    help=words.text("cli.help"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (demo, process, publish, status, report, photo, matte, settings):
    app.command(help=words.text(f"cli.{command.__name__}.help"))(command)


def main() -> None:
    """Run the command line."""
    app()
