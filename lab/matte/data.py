"""Photos and their masks, held in memory as squares."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import AvifImagePlugin, Image
from torch import Tensor

SIDE = 288
"""px: every photo is kept as a square of this side, whatever its proportions; the network sees it so as well."""


DISHES = Path(__file__).parent / "dishes.tsv"
"""Photos of food in or on a dish, each ``served`` or ``bare``: whether its mask has the dish, told by eye."""
CALIBRATION = 16
"""One photo in so many is kept from the network, so that its trust is learnt on photos it has not seen."""


@dataclass(frozen=True, slots=True)
class Photos:
    """Pixels (N, 3, S, S) and alpha (N, 1, S, S) of photos, both uint8, and how often each is drawn (N,)."""

    pixels: Tensor
    alpha: Tensor
    weights: Tensor

    def to(self, device: torch.device) -> "Photos":
        """Return the same photos in the memory of a device; what is drawn is decided on the CPU everywhere."""
        return Photos(self.pixels.to(device), self.alpha.to(device), self.weights)

    def draw(self, count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        """Return pixels and alpha of some photos, each as often as its weight says."""
        index = torch.multinomial(self.weights, count, generator=generator).to(
            self.pixels.device, non_blocking=True
        )
        return self.pixels[index], self.alpha[index]

    def drawn(self, weight: float) -> "Photos":
        """Return the same photos, together drawn as often as one of this weight."""
        return Photos(self.pixels, self.alpha, self.weights * (weight / float(self.weights.sum())))

    def __add__(self, other: "Photos") -> "Photos":
        """Return both sets as one."""
        return Photos(
            torch.cat([self.pixels, other.pixels]),
            torch.cat([self.alpha, other.alpha]),
            torch.cat([self.weights, other.weights]),
        )


def names_in(file: Path) -> set[str]:
    """Return the names, without extension, that a list holds one to a line."""
    return {Path(line.strip()).stem for line in file.read_text().splitlines() if line.strip()}


def for_calibration(name: str) -> bool:
    """Tell whether the photo of this name is kept from training."""
    return zlib.crc32(name.encode()) % CALIBRATION == 0


def half_of(name: str) -> int:
    """Return which half, 0 or 1, a photo belongs to where one network judges what the other has not seen."""
    return zlib.crc32(name.encode()) // CALIBRATION % 2


def read_photos(
    folder: Path,
    weights: Mapping[str, float] = MappingProxyType({}),
    without: Iterable[str] = (),
    wanted: Callable[[str], bool] = lambda name: True,
) -> Photos:
    """Read ``folder/image`` with ``folder/mask``, each drawn as often as its weight says, or once.

    Some names are left out, and so are photos without a mask, those for calibration and those whose name is not
    wanted.
    """
    excluded = set(without)
    masks = {path.stem: path for path in (folder / "mask").iterdir()}
    paths = [
        path
        for path in sorted((folder / "image").iterdir())
        if path.stem in masks
        and path.stem not in excluded
        and not for_calibration(path.stem)
        and wanted(path.stem)
    ]
    pixels = np.empty((len(paths), 3, SIDE, SIDE), dtype=np.uint8)
    alpha = np.empty((len(paths), SIDE, SIDE), dtype=np.uint8)

    def read(index: int) -> None:
        pixels[index] = _square(paths[index], "RGB").transpose(2, 0, 1)
        alpha[index] = _square(masks[paths[index].stem], "L")

    with ThreadPoolExecutor() as pool:
        list(pool.map(read, range(len(paths))))
    often = torch.tensor([weights.get(path.stem, 1.0) for path in paths])
    return Photos(torch.from_numpy(pixels), torch.from_numpy(alpha)[:, None], often)


def read_duts(folder: Path, half: int | None = None) -> Photos:
    """Read DUTS-TR, or a half of it, but for its development test.

    Photos of products are drawn twice as often as others, those of dishes whose mask has the plate or bowl four
    times; where the mask cuts food out of its dish, the photo is left out.
    """
    product_like, never = names_in(folder / "product_like.txt"), names_in(folder / "dev_product200.txt")
    often = dict.fromkeys(product_like, 2.0) | dict.fromkeys(dishes("served"), 4.0)
    return read_photos(
        folder, weights=often, without=never | dishes("bare"), wanted=lambda name: half in {None, half_of(name)}
    )


def dishes(mask: str) -> set[str]:
    """Return the names of dishes whose mask has the plate or bowl, ``served``, or leaves it out, ``bare``."""
    told = dict(line.split("\t") for line in DISHES.read_text().splitlines())
    return {name for name, kind in told.items() if kind == mask}


def read_squares(folder: Path, never: Path) -> Tensor:
    """Return the photos (N, 3, S, S), uint8, of a folder, but for those that have a name in the folder ``never``.

    What was packed to travel has left them out already, and that folder with them.
    """
    names = {path.stem for path in never.iterdir()} if never.exists() else set()
    paths = [
        path for path in sorted(folder.iterdir()) if path.stem not in names and not for_calibration(path.stem)
    ]
    with ThreadPoolExecutor() as pool:
        squares = list(pool.map(lambda path: _square(path, "RGB").transpose(2, 0, 1), paths))
    return torch.from_numpy(np.stack(squares))


def _square(path: Path, mode: str) -> NDArray[np.uint8]:
    with Image.open(path) as image:
        return np.asarray(image.convert(mode).resize((SIDE, SIDE), Image.Resampling.BILINEAR))


# Photos are decoded side by side already.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
