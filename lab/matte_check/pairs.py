"""Photos and their true outlines, read from a folder with ``image/`` and ``mask/``."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from models.picture import Picture, Source


@dataclass(frozen=True, slots=True)
class Pair:
    """A photo and which of its pixels are the product."""

    name: str
    picture: Picture
    truth: NDArray[np.bool_]


def names_in(file: Path) -> set[str]:
    """Return the photos' names, without extension, that a list holds one to a line."""
    return {line.strip().removesuffix(".jpg") for line in file.read_text().splitlines() if line.strip()}


def read_pairs(folder: Path, only: set[str] | None, without: set[str]) -> Iterator[Pair]:
    """Yield the folder's pairs in the order of their names."""
    masks = {path.stem: path for path in (folder / "mask").iterdir()}
    for path in sorted((folder / "image").iterdir()):
        if path.stem in without or (only is not None and path.stem not in only):
            continue
        with Image.open(path) as image, Image.open(masks[path.stem]) as mask:
            pixels = np.array(image.convert("RGB"))
            truth = np.array(mask.convert("L").resize(image.size)) > 127
        height, width = truth.shape
        source = Source(format=str(image.format), width=width, height=height, bytes=path.stat().st_size)
        yield Pair(path.stem, Picture(pixels, source), truth)
