"""``etalase up``: everything that a centre needs, on one machine, until somebody stops it."""

import os
from typing import Annotated

import typer

from cli.console import WRONG_USE, fail, news, results, settings_in_force
from cli.ready import first_link_elsewhere, require_ready_elsewhere
from cli.words import words

LOCAL = "127.0.0.1"
RUNS = 2
"""Flow runs at once, each with a pool of its own: more would not fit beside a browser into 4 GB."""


def up(
    host: Annotated[str, typer.Option(help=words.text("cli.up.host"))] = LOCAL,
    port: Annotated[int, typer.Option(help=words.text("cli.up.port"))] = 4200,
    web_host: Annotated[str, typer.Option(help=words.text("cli.up.web_host"))] = "",
    web_port: Annotated[int, typer.Option(help=words.text("cli.up.web_port"))] = 8000,
) -> None:
    """Start server, worker and pages, wait until they are healthy, and stand until a signal comes."""
    from cli.standing import stand
    from flows.registering import register_at
    from flows.serving_host import is_free, is_loopback, reached_at
    from flows.serving_server import api_address, server_service
    from flows.serving_web import web_service
    from flows.serving_worker import worker_service

    settings = settings_in_force()
    if os.environ.get("PREFECT_API_URL"):
        fail(words.text("cli.up.standing_server"), WRONG_USE)
    if not is_loopback(host) and not os.environ.get("PREFECT_SERVER_API_AUTH_STRING"):
        fail(words.text("cli.up.open_to_all"), WRONG_USE)
    web_host = web_host or host
    for option, where, wanted in (("--port", host, port), ("--web-port", web_host, web_port)):
        if not is_free(where, wanted):
            fail(words.text("cli.up.port_taken", host=where, port=wanted, option=option), WRONG_USE)
    if password := os.environ.get("PREFECT_SERVER_API_AUTH_STRING"):
        os.environ.setdefault("PREFECT_API_AUTH_STRING", password)
    require_ready_elsewhere(settings)
    address, pages = api_address(host, port), f"http://{reached_at(web_host)}:{web_port}"

    def register() -> None:
        with news.status(words.text("cli.up.registering")):
            register_at(address, settings.home)

    def say_ready() -> None:
        results.print(words.text("cli.up.ready", runs=f"http://{host}:{port}", web=pages))
        results.print(words.text("cli.up.elsewhere", address=address))
        if link := first_link_elsewhere(settings, pages):
            results.print(words.text("cli.up.first_link"))
            results.print(link)
        results.print(words.text("cli.up.stop"))

    server = server_service(settings.home, host, port)
    worker = worker_service(settings.home, address, RUNS)
    stand((server, register, worker, web_service(settings.home, web_host, web_port, address)), say_ready=say_ready)
