"""The house's rules: imports go down only, and each outside library has its one room."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAY_IMPORT = {
    "models": set(),
    "config": {"models"},
    "processing": {"models", "config"},
    "storage": {"models", "config"},
    "publishing": {"models", "config"},
    "drafting": {"models", "config"},
    "flows": {"models", "config", "processing", "storage", "publishing", "drafting"},
    "web": {"models", "config", "processing", "storage", "publishing", "drafting", "flows"},
    "cli": {"models", "config", "processing", "storage", "publishing", "drafting", "flows", "web"},
}

ONLY_IN = {
    "prefect": "flows",
    "prefect_dask": "flows",
    "prefect_ray": "flows",
    "ray": "flows",
    "boto3": "storage",
    "botocore": "storage",
    "sqlalchemy": "storage",
    "alembic": "storage",
    "fastapi": "web",
    "argon2": "web",
    "rembg": "processing/matte",
    "httpx": ("processing/matte", "publishing"),  # matte: asks whether a network's weights can be fetched at all
    "openpyxl": "publishing",
    "pydantic_ai": "drafting",
    "onnxruntime": ("processing/matte", "processing/read"),
    "pyclipper": "processing/read",
    "prometheus_client": "web",
    "reportlab": "web",
    "segno": "web",
    "typer": "cli",
    "rich": "cli",
}


def imports_of(file: Path) -> set[str]:
    """Return the dotted names that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
        elif isinstance(node, ast.ImportFrom):
            raise AssertionError(f"{file.relative_to(ROOT)}: relative imports hide which room is meant")
    return names


def files_of(room: str) -> list[Path]:
    """Return a room's Python files."""
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_rooms_above_it(room: str) -> None:
    assert files_of(room), f"the room {room} is empty"
    for file in files_of(room):
        rooms = {name.split(".")[0] for name in imports_of(file)} & MAY_IMPORT.keys()
        wrong = rooms - MAY_IMPORT[room] - {room}
        assert not wrong, f"{file.relative_to(ROOT)} imports {', '.join(sorted(wrong))}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_in_its_own_room_alone(library: str) -> None:
    rooms = ONLY_IN[library]
    homes = [ROOT / room for room in ([rooms] if isinstance(rooms, str) else rooms)]
    for room in MAY_IMPORT:
        for file in files_of(room):
            if library in {name.split(".")[0] for name in imports_of(file)}:
                assert any(map(file.is_relative_to, homes)), f"{file.relative_to(ROOT)} imports {library}"


@pytest.mark.parametrize("room", ["models", "processing"])
def test_rooms_of_pure_functions_open_no_files_and_no_connections(room: str) -> None:
    forbidden = {"socket", "requests", "urllib.request", "subprocess", "shutil", "tempfile", "sqlite3"}
    for file in files_of(room):
        assert not imports_of(file) & forbidden, f"{file.relative_to(ROOT)} does input or output"


def test_every_package_is_listed_for_installation() -> None:
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    found = {
        str(file.parent.relative_to(ROOT)).replace("/", ".")
        for room in MAY_IMPORT
        for file in files_of(room)
        if file.name == "__init__.py"
    }
    assert listed == found
