"""Registers our work pool, deployments and automation at a Prefect server.

Run as a program, ``python -m flows.registering``, with ``PREFECT_API_URL`` set: what it loads is given back when
it ends. To do it again changes nothing but what has changed in ``prefect.yaml``.
"""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from flows.prefect_server import QUIET
from flows.supervisor import ServiceFailed

DEPLOYMENTS = Path(__file__).parents[1] / "prefect.yaml"


def register_at(address: str, home: Path) -> None:
    """Run this module as a program for a server. Raises ServiceFailed."""
    folder = (home / "prefect").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "registering.log"
    environment = {**QUIET, **os.environ, "PREFECT_HOME": str(folder), "PREFECT_API_URL": address}
    program = [sys.executable, "-m", "flows.parent_death", str(os.getpid()), "flows.registering"]
    with log.open("wb") as output:
        ended = subprocess.run(program, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False)
    if ended.returncode:
        raise ServiceFailed("deployments", log)


def register() -> None:
    """Make the pool and the automation, then become Prefect's own ``deploy --all``."""
    from flows.lost_runs import watch_for_lost_runs  # noqa: PLC0415 - Prefect takes a second
    from flows.work_pool import make_work_pool  # noqa: PLC0415

    make_work_pool()
    asyncio.run(watch_for_lost_runs())
    os.chdir(DEPLOYMENTS.parent)
    deploy = ["prefect", "--no-prompt", "deploy", "--all", "--prefect-file", DEPLOYMENTS.name]
    os.execv(sys.executable, [sys.executable, "-m", *deploy])


if __name__ == "__main__":
    register()
