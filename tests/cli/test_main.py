"""What is loaded for a command: a person waits for all of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import environment

PHOTOS = {"numpy", "cv2", "onnxruntime", "PIL", "rembg", "rapidocr"}
CATALOG = {"sqlalchemy", "alembic", "psycopg"}
ELSEWHERE = {"prefect", "boto3", "fastapi", "httpx", "pydantic_ai"}
PROGRAM = """
import atexit, sys
from cli.main import main
atexit.register(lambda: print(*sys.modules, file=sys.__stderr__))
sys.argv = ["etalase", *sys.argv[1:]]
main()
"""


def _loaded_for(home: Path, *arguments: str) -> set[str]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=home,
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--help"], ["status", "--help"], ["settings"]], ids=" ".join)
def test_help_and_settings_wait_neither_for_photos_nor_for_a_catalog(tmp_path: Path, arguments: list[str]) -> None:
    loaded = _loaded_for(tmp_path, *arguments)
    assert "cli.main" in loaded
    assert loaded & (PHOTOS | CATALOG | ELSEWHERE) == set()
    assert loaded & {"models.marketplace", "models.listing", "config.publishers"} == set()


def test_status_opens_a_sqlite_catalog_and_nothing_for_photos_or_postgresql(tmp_path: Path) -> None:
    _loaded_for(tmp_path, "status")  # makes the catalog
    loaded = _loaded_for(tmp_path, "status")
    assert "sqlalchemy" in loaded
    assert loaded & (PHOTOS | ELSEWHERE | {"alembic", "psycopg"}) == set()


def test_words_for_a_note_wait_neither_for_a_catalog_nor_for_reading_photos(tmp_path: Path) -> None:
    loaded = _loaded_for(tmp_path, "suggest", "--note", "kemeja batik 85 ribu")
    assert "processing.suggest.suggest" in loaded
    assert loaded & (CATALOG | ELSEWHERE | PHOTOS - {"numpy"}) == set()
