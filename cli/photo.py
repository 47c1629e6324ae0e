"""``etalase photo``: the whole way of single photos, without store or catalog."""

from pathlib import Path
from typing import Annotated

import typer

from cli.console import FAILED, results, say_refused, settings_in_force
from cli.ready import ready_context
from cli.targets import require_distinct_names
from cli.words import words


def photo(
    files: Annotated[list[Path], typer.Argument(help=words.text("cli.photo.files"), exists=True, dir_okay=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help=words.text("cli.photo.output"), file_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Write each photo's renditions and its assessment into a folder of its own."""
    from models.rejection import PhotoRejected
    from processing.photo import process_photo

    require_distinct_names(files)
    context = ready_context(settings_in_force())
    refused = 0
    lines: list[dict[str, object]] = []
    for file in files:
        try:
            done = process_photo(
                file.read_bytes(),
                name=file.name,
                recipe=context.recipe,
                estimator=context.estimator,
                marketplaces=context.marketplaces,
                min_trust=context.min_trust,
            )
        except PhotoRejected as rejected:
            refused += 1
            lines.append({"photo": str(file), "rejected": rejected.reason, "detail": rejected.detail})
            say_refused(file, rejected)
            continue
        folder = output / file.stem
        folder.mkdir(parents=True, exist_ok=True)
        for rendition in done.renditions:
            (folder / rendition.name).write_bytes(rendition.data)
        (folder / "assessment.json").write_text(done.assessment.model_dump_json(indent=2))
        lines.append(
            {"photo": str(file), "folder": str(folder), "trust": done.trust, "score": done.assessment.score}
        )
        if not as_json:
            trust = words.text("cli.photo.trusted" if done.trusted else "cli.photo.untrusted")
            results.print(
                words.text("cli.photo.done", file=file, score=done.assessment.score, trust=trust, folder=folder)
            )
    if as_json:
        results.print_json(data=lines)
    raise typer.Exit(FAILED if refused else 0)
