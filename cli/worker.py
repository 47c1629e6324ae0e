"""``etalase worker``: one more machine at work for a server that stands elsewhere."""

import os
from typing import Annotated
from urllib.parse import urlsplit

import typer

from cli.console import FAILED, WRONG_USE, fail, results, settings_in_force
from cli.ready import require_ready_elsewhere
from cli.words import words


def worker(
    runs: Annotated[int, typer.Option(min=1, help=words.text("cli.worker.runs"))] = 2,
) -> None:
    """Start a worker, wait until the server knows it, and stand until a signal comes."""
    from cli.standing import stand
    from flows.prefect_server import answers
    from flows.registering import register_at
    from flows.serving_host import is_loopback
    from flows.serving_worker import has_deployments, worker_service

    settings = settings_in_force()
    address = os.environ.get("PREFECT_API_URL", "")
    if not address:
        fail(words.text("cli.worker.no_server"), WRONG_USE)
    if settings.catalog.startswith("sqlite") and not is_loopback(urlsplit(address).hostname or ""):
        fail(words.text("cli.worker.own_catalog", address=address), WRONG_USE)
    if not answers(address):
        fail(words.text("cli.worker.no_answer", address=address), FAILED)
    require_ready_elsewhere(settings)

    def register() -> None:
        if not has_deployments(address):
            register_at(address, settings.home)

    stand(
        (register, worker_service(settings.home, address, runs)),
        say_ready=lambda: results.print(words.text("cli.worker.ready", address=address)),
    )
