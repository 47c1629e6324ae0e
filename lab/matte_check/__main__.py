"""Measure an estimator, or learn anew how far the bundled one is to be trusted.

``python -m lab.matte_check table FOLDER...`` prints one line for each folder with ``image/`` and ``mask/``.
``python -m lab.matte_check fit FOLDER`` prints the lines to put into ``processing/matte/trust.py``.
"""

from pathlib import Path
from typing import Annotated

import cv2
import typer

from lab.matte_check.fit import print_weights
from lab.matte_check.table import print_table

Names = Annotated[Path | None, typer.Option(help="List of the photos to use, one name to a line.")]
app = typer.Typer(add_completion=False, help=__doc__)


@app.command()
def table(folders: list[Path], model: str = "bundled", only: Names = None) -> None:
    """Print accuracy and trust for each folder."""
    print_table(folders, model, only)


@app.command()
def fit(folder: Path, only: Names = None, without: Names = None, every: int = 1) -> None:
    """Fit the trust of the bundled estimator to the true outlines of a folder's photos."""
    print_weights(folder, only, without, every)


cv2.setNumThreads(1)
app()
