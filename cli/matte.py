"""``etalase matte``: only the matte, for whoever wants to look at it or use it elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from cli.console import FAILED, results, say_refused, settings_in_force
from cli.ready import ready_estimator
from cli.targets import require_distinct_names
from cli.words import words

FULL_SIZE = 1_000_000
"""px: more than any photo's shorter side, so that nothing is reduced."""


def matte(
    files: Annotated[list[Path], typer.Argument(help=words.text("cli.photo.files"), exists=True, dir_okay=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help=words.text("cli.matte.output"), file_okay=False)],
    model: Annotated[str | None, typer.Option(help=words.text("cli.matte.model"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=words.text("cli.json"))] = False,
) -> None:
    """Write each photo's alpha as an 8-bit PNG of the upright photo's size."""
    import numpy as np
    from PIL import Image

    from models.rejection import PhotoRejected
    from processing.decode.photo import decode
    from processing.matte.refine import refine

    require_distinct_names(files)
    estimator = ready_estimator(model or settings_in_force().matte)
    output.mkdir(parents=True, exist_ok=True)
    refused = 0
    lines: list[dict[str, object]] = []
    for file in files:
        try:
            picture = decode(file.read_bytes(), name=file.name, min_side=FULL_SIZE)
        except PhotoRejected as rejected:
            refused += 1
            lines.append({"photo": str(file), "rejected": rejected.reason, "detail": rejected.detail})
            say_refused(file, rejected)
            continue
        found = estimator.estimate(picture)
        alpha = refine(found.alpha, picture.pixels)
        target = output / f"{file.stem}.png"
        Image.fromarray(np.rint(alpha * 255).astype(np.uint8)).save(target)
        lines.append({"photo": str(file), "matte": str(target), "trust": found.trust})
        if not as_json:
            results.print(words.text("cli.matte.done", file=file, percent=round(100 * found.trust), target=target))
    if as_json:
        results.print_json(data=lines)
    raise typer.Exit(FAILED if refused else 0)
