"""``etalase suggest --batch``: a line of JSON for each note, whatever is wrong with the others."""

from pathlib import Path
from typing import Annotated

from annotated_types import Ge
from pydantic import ValidationError

from cli.console import results, settings_in_force
from cli.suggesting import Suggester
from cli.words import words
from models.note import NoteUnreadable
from models.proposal import BatchFault, BatchLine
from models.rejection import PhotoRejected
from models.value import Value
from processing.suggest.proposal import propose_to_programs


class NoteLine(Value):
    """One line that comes in."""

    note: str
    price: Annotated[int, Ge(0)] | None = None
    photo: Path | None = None
    """Seen from the folder in which the command is given."""
    id: str | int | None = None
    """Comes back with the answer."""


def suggest_batch(file: Path) -> bool:
    """Print an answer to each line of a file as soon as it is there; return whether all of them were right."""
    suggester = Suggester(settings_in_force())
    right = True
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                answer = _answer(suggester, number, line)
                right &= answer.error is None
                results.out(answer.model_dump_json(), highlight=False)
    return right


def _answer(suggester: Suggester, number: int, line: bytes) -> BatchLine:
    asked = None
    try:
        asked = NoteLine.model_validate_json(line)
        made = suggester.suggest(asked.note, price=asked.price, photo=asked.photo)
    except ValidationError as wrong:
        broken = any(fault["type"] == "json_invalid" for fault in wrong.errors())
        return _fault(number, None, "not_json" if broken else "wrong_fields")
    except NoteUnreadable as fault:
        return _fault(number, asked, fault.problem, f"note.{fault.problem}.title")
    except PhotoRejected as rejected:
        return _fault(number, asked, rejected.reason, f"rejection.{rejected.reason}.title")
    except OSError:
        return _fault(number, asked, "no_photo")
    return BatchLine(line=number, id=asked.id, proposal=propose_to_programs(made))


def _fault(number: int, asked: NoteLine | None, code: str, text: str = "") -> BatchLine:
    fault = BatchFault(code=code, words=words.text(text or f"cli.suggest.fault.{code}"))
    return BatchLine(line=number, id=asked.id if asked else None, error=fault)
