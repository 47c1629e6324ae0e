"""``etalase score``: what single photos are worth, what is wrong with them, and what to do first."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.console import FAILED, results, settings_in_force
from cli.ready import ready_context
from cli.words import words

if TYPE_CHECKING:
    from concurrent.futures import Future

    from flows.photo_work import PhotoContext
    from models.assessment import Assessment, Defect
    from models.matte import Matte
    from models.rejection import PhotoRejected


def score(
    files: Annotated[list[Path], typer.Argument(help=words.text("cli.photo.files"), exists=True, dir_okay=False)],
    fail_under: Annotated[int, typer.Option(help=words.text("cli.score.fail_under"), min=0, max=100)] = 0,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.score.json"))] = False,
) -> None:
    """Print a table with a row for each photo, or a JSON object in a line for each."""
    from concurrent.futures import ThreadPoolExecutor

    from rich.table import Table

    from models.rejection import PhotoRejected
    from processing.assess.unseen import say_left_open
    from processing.read.text import open_reader

    context = ready_context(settings_in_force())
    reader = ThreadPoolExecutor(1).submit(open_reader)  # while the first photo is decoded and cut out
    columns = ("photo", "score", "defects", "next")
    table = Table(*(words.text(f"cli.score.column.{name}") for name in columns), show_lines=True)
    unseen: dict[str, None] = {}
    failed = False
    for file in files:
        try:
            assessment, matte = _assess(file, context, reader)
        except PhotoRejected as rejected:
            failed = True
            line, row = _refused(file, rejected)
        else:
            failed |= assessment.score < fail_under
            unseen[say_left_open(assessment, words)] = None
            line, row = _assessed(file, assessment, matte, trusted=matte.is_trusted(context.min_trust))
        if as_json:
            results.print(json.dumps(line, ensure_ascii=False))
        else:
            table.add_row(*row)
    if not as_json:
        results.print(table)
        for told in unseen:
            results.print(told)
    raise typer.Exit(FAILED if failed else 0)


def _assess(file: Path, context: "PhotoContext", reader: "Future[None]") -> "tuple[Assessment, Matte]":
    """Return what is found out about a photo, and its product cut out. Raises PhotoRejected.

    Nothing is read before ``reader`` is there.
    """
    from processing.assess.assess import assess
    from processing.decode.photo import decode

    picture = decode(file.read_bytes(), name=file.name, min_side=context.recipe.decode_side)
    matte = context.estimator.estimate(picture)
    reader.result()
    assessment = assess(picture, matte, context.marketplaces, min_trust=context.min_trust, recipe=context.recipe)
    return assessment, matte


def _refused(file: Path, rejected: "PhotoRejected") -> tuple[dict[str, object], tuple[str, ...]]:
    section = f"rejection.{rejected.reason}"
    line: dict[str, object] = {"photo": str(file), "rejected": rejected.reason, "detail": rejected.detail}
    return line, (str(file), "-", words.text(f"{section}.title"), words.text(f"{section}.advice"))


def _assessed(
    file: Path, assessment: "Assessment", matte: "Matte", *, trusted: bool
) -> tuple[dict[str, object], tuple[str, ...]]:
    from config.score import load_score_weights
    from processing.advise import find_advice, first_action

    weights = load_score_weights()
    found = find_advice(assessment.defects, matte.doubts, weights, trusted=trusted)
    first = first_action(assessment.defects, weights, trusted=trusted)
    line: dict[str, object] = {
        "photo": str(file),
        "score": assessment.score,
        "parts": assessment.parts,
        "measurements": [one.model_dump(mode="json") for one in assessment.measurements],
        "defects": [_described(defect, trusted=trusted) for defect in assessment.defects],
        "first_action": first.code if first else None,
        "trust": matte.trust,
        "trusted": trusted,
        "doubts": list(matte.doubts),
        "verdicts": [verdict.model_dump(mode="json") for verdict in assessment.verdicts],
    }
    titles = "\n".join(words.text(f"{one.section}.title") for one in found)
    hers = next((f"{one.section}.advice" for one in found if not one.ours), None)
    advice = hers or f"cli.score.{'ours' if found else 'good'}"
    return line, (str(file), str(assessment.score), titles, words.text(advice))


def _described(defect: "Defect", *, trusted: bool) -> dict[str, object]:
    from processing.repair import predict_remedy

    return {
        "name": defect.code,
        "severity": defect.severity,
        "box": defect.box.model_dump(mode="json") if defect.box else None,
        "remedy": predict_remedy(defect, trusted=trusted),
    }
