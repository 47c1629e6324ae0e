"""Masks for photos that have none, by the network itself.

A photo is seen in several views; where they agree, their mean becomes its mask, and training goes on with it under
every distortion of :mod:`lab.matte.augmentation`.
"""

import shutil
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

from lab.matte.evaluation import overlap
from lab.matte.network import MatteNetwork

SIDES = (192, 288)
AGREEING = 0.93
"""The least overlap of any view with the mean of all."""
AREA = (0.05, 0.85)
"""Shares of the frame between which a product is believable."""
UNSURE = 0.1
"""The most of the product's area that may be neither clearly inside nor clearly outside."""


@torch.no_grad()
def label(network: MatteNetwork, pixels: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    """Return the alpha (H, W) that all views of a photo (H, W, 3) agree on, or ``None``."""
    photo = torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255.0
    views = []
    for side in SIDES:
        seen = functional.interpolate(photo, size=(side, side), mode="bilinear", antialias=True)
        views += [_alpha(network, seen, pixels.shape), _alpha(network, seen.flip(3), pixels.shape).flip(1)]
    mean = torch.stack(views).mean(0).numpy()
    inside = mean > 0.5
    unsure = np.count_nonzero((mean > 0.15) & (mean < 0.85)) / max(1, np.count_nonzero(inside))
    agreed = min(overlap(view.numpy() > 0.5, inside) for view in views)
    return mean if agreed >= AGREEING and unsure <= UNSURE and AREA[0] <= inside.mean() <= AREA[1] else None


def _alpha(network: MatteNetwork, photo: Tensor, shape: tuple[int, ...]) -> Tensor:
    logits = functional.interpolate(network(photo)[0], size=shape[:2], mode="bilinear", align_corners=False)
    return torch.sigmoid(logits)[0, 0]


def label_photos(network: MatteNetwork, photos: Path, out: Path, *, without: set[str]) -> None:
    """Write ``out/image`` and ``out/mask`` for a folder's photos whose views agree, but for some names."""
    part = out.with_name(f"{out.name}.part")
    for kind in ("image", "mask"):
        (part / kind).mkdir(parents=True, exist_ok=True)
    paths = [path for path in sorted(photos.iterdir()) if path.stem not in without]
    for path in paths:
        with Image.open(path) as image:
            alpha = label(network, np.asarray(image.convert("RGB")))
        if alpha is not None:
            shutil.copy(path, part / "image")
            Image.fromarray(np.rint(alpha * 255.0).astype(np.uint8)).save(part / "mask" / f"{path.stem}.png")
    part.replace(out)
    print(f"{len(list((out / 'mask').iterdir()))} of {len(paths)} photos labelled")
