"""The command ``etalase``: one file for each of its commands, whose heavy imports wait until it is called."""

import typer

from cli.answer import answer
from cli.approve import approve
from cli.audit import audit
from cli.deliveries import deliveries
from cli.demo import demo
from cli.edit import edit
from cli.edits import edits
from cli.faults import faults_in_words
from cli.forget import forget
from cli.invite import invite
from cli.lesson import lesson
from cli.matte import matte
from cli.onboard import onboard
from cli.photo import photo
from cli.process import process
from cli.publish import publish
from cli.report import report
from cli.rules import rules
from cli.score import score
from cli.send_back import send_back
from cli.settings import settings
from cli.status import status
from cli.suggest import suggest
from cli.up import up
from cli.waiting import waiting
from cli.words import words
from cli.worker import worker

app = typer.Typer(
    help=words.text("cli.help"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    demo,
    process,
    onboard,
    waiting,
    approve,
    send_back,
    suggest,
    edit,
    answer,
    edits,
    publish,
    deliveries,
    status,
    report,
    lesson,
    rules,
    score,
    photo,
    matte,
    up,
    worker,
    invite,
    audit,
    forget,
    settings,
):
    app.command(help=words.text(f"cli.{command.__name__}.help"))(faults_in_words(command))


def main() -> None:
    """Run the command line."""
    app()
