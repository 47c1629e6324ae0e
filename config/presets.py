"""Reading the project's own TOML files: a mistake in one is refused with the file, the line and the reason."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from config.toml_lines import Place, line_of
from models.value import Value

T = TypeVar("T", bound=Value)

HERE = Path(__file__).parent
SYNTAX_FAULT = re.compile(r"(?P<reason>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)", re.DOTALL)
"""What ``tomllib`` says."""


class PresetError(ValueError):
    """A preset file that cannot be used; the message names file, line, place and reason of each fault."""


def read_preset(path: Path, kind: type[T]) -> T:
    """Return the value that a TOML file describes.

    Raises
    ------
    PresetError
        When the file is missing, is not TOML in UTF-8, or does not describe a ``kind``.
    """
    text = _read(path)
    try:
        return kind.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        said = SYNTAX_FAULT.fullmatch(str(error))
        line = int(said["line"]) if said and said["line"] else text.count("\n") + 1
        raise PresetError(f"{path}:{line}: {said['reason'] if said else error}") from None
    except ValidationError as error:
        raise refusal(path, ((fault["loc"], fault["msg"]) for fault in error.errors())) from None


def refusal(path: Path, faults: Iterable[tuple[Place, str]]) -> PresetError:
    """Return the error that names each fault of a TOML file, one on a line: ``FILE:LINE: PLACE: REASON``."""
    text = _read(path)
    lines = []
    for place, reason in faults:
        named = ".".join(map(str, place))
        lines.append(f"{path}:{line_of(text, place)}: {named + ': ' if named else ''}{reason}")
    return PresetError("\n".join(lines))


def preset_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the presets in a folder, in alphabetical order."""
    return tuple(sorted(file.stem for file in folder.glob("*.toml")))


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
        return data.decode("utf-8")
    except FileNotFoundError:
        known = ", ".join(preset_names(path.parent))
        raise PresetError(f"{path.name}: there is no such preset; known: {known}") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PresetError(f"{path}:{line}: is not text in UTF-8") from None
