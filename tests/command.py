"""The command line as a process of its own, with settings of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

RUN_SECONDS = 600
"""Within which any run of these tests ends on any machine; one that takes longer hangs."""
ETALASE = str(Path(sys.executable).with_name("etalase"))
"""The command as it is installed beside this Python."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return this process's environment without settings of its own, with ``home`` and ``more`` set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ETALASE_", "PREFECT_"))}
    return {**kept, "ETALASE_HOME": str(home), "ETALASE_WORKERS": "2", "ETALASE_LANGUAGE": "id", **more}


def run_etalase(folder: Path, variables: Mapping[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the command to its end in ``folder`` and return what it said."""
    return subprocess.run(
        [ETALASE, *arguments],
        cwd=folder,
        env=dict(variables),
        capture_output=True,
        text=True,
        timeout=RUN_SECONDS,
        check=False,
    )
