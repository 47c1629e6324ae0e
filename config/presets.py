"""Reading the project's own TOML files: a mistake in one is refused with the file, the place and the reason."""

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from models.value import Value

T = TypeVar("T", bound=Value)

HERE = Path(__file__).parent


class PresetError(ValueError):
    """A preset file that cannot be used; the message names file, place and reason."""


def read_preset(path: Path, kind: type[T]) -> T:
    """Return the value that a TOML file describes.

    Raises
    ------
    PresetError
        When the file is missing, is not TOML, or does not describe a ``kind``.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return kind.model_validate(content)
    except FileNotFoundError:
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.toml")))
        raise PresetError(f"{path.name}: there is no such preset; known: {known}") from None
    except tomllib.TOMLDecodeError as error:
        raise PresetError(f"{path}: {error}") from None
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise PresetError(f"{path}: {faults}") from None


def preset_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the presets in a folder, in alphabetical order."""
    return tuple(sorted(file.stem for file in folder.glob("*.toml")))
