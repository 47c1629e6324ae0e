"""Parts that stand until Ctrl-C or SIGTERM, as the person at the terminal sees them."""

import signal
from collections.abc import Callable

from cli.console import fail, news, results
from cli.words import words
from flows.supervisor import Service, ServiceFailed, Supervisor

Step = Service | Callable[[], None]
"""What is done on the way up: a part that is to stand, or something between two parts."""


def stand(steps: tuple[Step, ...], *, say_ready: Callable[[], None]) -> None:
    """Take the steps in their order, say that all is ready, and keep the parts standing until a signal ends it."""
    # In order, as with Ctrl-C. A shell's background jobs ignore that; parts that inherited it would never stop.
    for deadly in (signal.SIGINT, signal.SIGTERM):
        signal.signal(deadly, signal.default_int_handler)
    try:
        with Supervisor() as supervisor:
            try:
                for step in steps:
                    _take(step, supervisor)
                say_ready()
                supervisor.watch(lambda name: news.print(words.text("cli.up.again", part=_name(name))))
            finally:
                # A second Ctrl-C is meant for what is happening already.
                for deadly in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(deadly, signal.SIG_IGN)
                news.print(words.text("cli.up.stopping"))
    except ServiceFailed as failed:
        fail(words.text("cli.up.failed", part=_name(failed.service), fault=str(failed)))
    except KeyboardInterrupt:
        results.print(words.text("cli.up.stopped"))


def _take(step: Step, supervisor: Supervisor) -> None:
    if isinstance(step, Service):
        with news.status(words.text("cli.up.starting", part=_name(step.name))):
            supervisor.start(step)
    else:
        step()


def _name(part: str) -> str:
    return words.text(f"cli.up.part.{part}")
