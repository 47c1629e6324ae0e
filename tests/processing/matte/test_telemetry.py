"""Nobody is told that photos are worked on here."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("module", ["bundled", "network", "rembg_session"])
def test_loading_a_network_begins_no_session_of_onnxruntimes_telemetry(module: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ORT_")}
    here = {"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}

    subprocess.run([sys.executable, "-c", f"import processing.matte.{module}"], env=environment | here, check=True)

    # Where it is on, it leaves a file ".ses" with a number that it knows this machine by.
    assert list(tmp_path.iterdir()) == []
