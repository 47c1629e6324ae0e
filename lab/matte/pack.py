"""Pack what training reads into one small archive, so that it travels to a machine with a GPU.

``python -m lab.matte.pack DATA OUT.zip``: the photos of ``duts_tr/`` that are trained on, with their masks, and
two of three in ``unlabelled/clothing``, each as the square that training keeps in memory; the encoder's first
weights. Unpacked, the archive is a DATA folder like the one that it was made from.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import torch
import typer
from PIL import Image
from torch import Tensor

from lab.matte.data import CALIBRATION, SIDE, for_calibration, names_in
from lab.matte.encoder_weights import PACKED, published_encoder

QUALITY = 30
"""Of AVIF: about 3 kB a photo, less than half of what DUTS-TR takes as it comes."""


def entries(data: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name in the archive and the file of everything that training reads."""
    duts, clothing = data / "duts_tr", data / "unlabelled" / "clothing"
    never = names_in(duts / "dev_product200.txt") | {path.stem for path in (data / "seller_photos").iterdir()}
    for folder in (duts / "image", duts / "mask", clothing):
        for path in sorted(folder.iterdir()):
            if path.stem in never or for_calibration(path.stem):
                continue
            if folder is not clothing or zlib.crc32(path.stem.encode()) // CALIBRATION % 3:
                yield str(path.relative_to(data)), path
    for name in ("product_like.txt", "dev_product200.txt"):
        yield f"duts_tr/{name}", duts / name


def encode(path: Path) -> bytes:
    """Return a file's bytes as they travel: photos as small squares, masks and lists as they are."""
    if path.suffix == ".txt" or path.parent.name == "mask":
        return path.read_bytes()
    with Image.open(path) as image:
        square = image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    out = io.BytesIO()
    square.save(out, "AVIF", quality=QUALITY, speed=8, max_threads=1)
    return out.getvalue()


def half(value: Tensor) -> Tensor:
    """Return floating-point numbers in half precision, others as they are."""
    return value.half() if value.is_floating_point() else value


def main(data: Path, out: Annotated[Path, typer.Argument(help="The archive to write.")]) -> None:
    """Write the archive."""
    named = list(entries(data))
    with zipfile.ZipFile(out, "w") as archive, ThreadPoolExecutor() as pool:
        for (name, _), content in zip(named, pool.map(encode, [path for _, path in named]), strict=True):
            archive.writestr(name, content)
        halves = {name: half(value) for name, value in published_encoder().items()}
        with archive.open(PACKED, "w") as file:
            torch.save(halves, file)
    print(f"{out}: {len(named)} files, {out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    typer.run(main)
