"""Fit the head by which the bundled network tells how warm or cold a photo's light is.

    lab/matte/.venv/bin/python -m lab.quality.cast_head DATA

It reads six levels of the encoder, averaged over the product and over what lies around it, and tells the light's
stops between red and blue. Photos are learnt from as they are, and under light that is put on: most phones balance
them well. The head is written into ``processing/matte/weights/etalase.onnx``; alpha stays the same to the bit.
"""

import zlib
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import onnxruntime
import torch
import typer
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn
from torch.nn import functional

from lab.quality.degradations.light import put_under
from lab.quality.graft import graft, session_with
from lab.quality.strewn_photos import clothes_photos
from processing.matte.bundled import LONG, SHORT, show

ALPHA = "alpha"
LEVELS = {
    "/encoder/stem/Clip_output_0": (32, 2),
    "/encoder/stages.1/stages.1.2/Add_output_0": (24, 4),
    "/encoder/stages.2/stages.2.2/Add_output_0": (40, 8),
    "/encoder/stages.3/stages.3.3/Add_output_0": (80, 16),
    "/encoder/stages.4/stages.4.3/Add_output_0": (112, 16),
    "/encoder/stages.6/stages.6.0/body/body.2/Conv_output_0": (320, 32),
}
"""What is read of the encoder: the channels of each level, and px of the photo for each of its cells."""
FINE = 40
"""Channels up to which a level is of colours and edges: how far each varies over the photo is read as well."""
WIDTH = 2 * 96 + 80 + 112 + 320
"""Figures in all: a mean for each channel, and a spread for each of the three fine levels'."""
HIDDEN, DROPPED, BLUR = 24, 0.1, 0.05
SEED, EPOCHS, BATCH, RATE, DECAY = 0, 40, 256, 1e-3, 0.1
VIEWS, STRONGEST = 3, 2.6
"""Times that light is put on a photo, and how much of it at most, in stops."""
EXPOSURES = 0.12, 1.3
"""Times as bright: many photos are far too dark, and their light is told all the same."""
CLOTHES = 4.0
"""How often a photo of clothes counts: there are ten times as many of other things."""
OTHERS = 1500
"""Photos of DUTS-TR that are of no product."""
ALARMS = 0.02
HELD_STOPS = (0.0, 2.0, -2.0)


class CastHead(nn.Module):
    """From a matte and the encoder's levels to stops between red and blue."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.BatchNorm1d(WIDTH, affine=False, momentum=None)
        self.hidden = nn.Linear(WIDTH, HIDDEN)
        self.tell = nn.Linear(HIDDEN, 1)

    def forward(self, alpha: Tensor, *levels: Tensor) -> Tensor:
        """Return stops (N,) of alpha (N, H, W) and the levels (N, channels, h, w)."""
        return self.judge(pool(alpha, levels))

    def judge(self, pooled: Tensor) -> Tensor:
        """Return stops (N,) of pooled figures (N, WIDTH)."""
        figures = self.norm(pooled)
        if self.training:
            figures = figures + BLUR * torch.randn_like(figures)
        hidden = functional.dropout(functional.relu(self.hidden(figures)), DROPPED, self.training)
        return self.tell(hidden)[:, 0]


def pool(alpha: Tensor, levels: tuple[Tensor, ...]) -> Tensor:
    """Return each channel's mean, product and ground having an equal say, and the fine ones' spread (N, WIDTH)."""
    figures = []
    for level, (channels, cell) in zip(levels, LEVELS.values(), strict=True):
        product = functional.avg_pool2d(alpha[:, None], cell)
        ground = 1 - product
        means = [(level * part).sum((2, 3)) / (part.sum((2, 3)) + 1e-3) for part in (product, ground)]
        figures.append((means[0] + means[1]) / 2)
        if channels <= FINE:
            middle = level.mean((2, 3), keepdim=True)
            figures.append(((level - middle) ** 2).mean((2, 3)).sqrt())
    return torch.cat(figures, 1)


def main(
    data: Annotated[Path, typer.Argument(help="Folder with duts_tr/, unlabelled/ and seller_photos/.")],
) -> None:
    """Write the head into the network, and print how well it tells photos of other senders apart."""
    torch.manual_seed(SEED)
    clothes = [one.path for one in clothes_photos(data, learning=True)]
    held = clothes_photos(data, learning=False)
    names = _things(data)
    paths = clothes + [data / "duts_tr" / "image" / f"{name}.avif" for name in names]
    with ProcessPoolExecutor(2) as pool_of_two:
        looked = list(pool_of_two.map(_look_at_random, paths, chunksize=8))
        seen = list(pool_of_two.map(_look_held, [one.path for one in held], chunksize=8))
    counts = np.repeat([CLOTHES] * len(clothes) + [1.0] * len(names), 1 + VIEWS)
    head = CastHead()
    _fit(head, np.concatenate([one for one, _ in looked]), np.concatenate([two for _, two in looked]), counts)
    height, width = SHORT, LONG
    levels = {
        name: torch.zeros(1, channels, height // cell, width // cell) for name, (channels, cell) in LEVELS.items()
    }
    graft(head, "warmth", {ALPHA: torch.zeros(1, height, width), **levels}, ["photos"])
    told = head.judge(torch.from_numpy(np.stack(seen)).flatten(0, 1)).detach().numpy().reshape(len(seen), -1)
    lowest, highest = np.quantile(told[:, 0], (ALARMS / 2, 1 - ALARMS / 2))
    print(
        f"{len(looked)} photos learnt from; "
        f"of {len(seen)} others {ALARMS:.0%} are beyond {lowest:.2f} and {highest:.2f}"
    )
    print(f"by lamp light {(told[:, 1] > highest).mean():.1%}, in shade {(told[:, 2] < lowest).mean():.1%}")


def _things(data: Path) -> list[str]:
    """Return the names of DUTS-TR's products and of OTHERS more of its photos, none of the development test."""
    folder = data / "duts_tr"
    products, test = (
        {Path(line).stem for line in (folder / name).read_text().split()}
        for name in ("product_like.txt", "dev_product200.txt")
    )
    others = sorted({path.stem for path in (folder / "image").iterdir()} - test - products)
    chosen = np.random.default_rng(SEED).permutation(len(others))[:OTHERS]
    return sorted(products - test) + [others[place] for place in chosen]


def _look_at_random(path: Path) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the figures of a photo as it is and under other lights, as phones take it, and the lights."""
    chance = np.random.default_rng(zlib.crc32(path.name.encode()))
    stops = np.array([0.0, *chance.uniform(-STRONGEST, STRONGEST, VIEWS)], np.float32)
    pixels = _read(path)
    return np.stack([_figures(_photograph(put_under(pixels, float(one)), chance)) for one in stops]), stops


def _look_held(path: Path) -> NDArray[np.float32]:
    pixels = _read(path)
    return np.stack([_figures(put_under(pixels, stops)) for stops in HELD_STOPS])


def _photograph(pixels: NDArray[np.uint8], chance: np.random.Generator) -> NDArray[np.uint8]:
    """Return a photo as another phone would have taken it: mirrored or not, brighter or darker, as a JPEG."""
    if chance.integers(2):
        pixels = pixels[:, ::-1]
    if chance.integers(2):
        brighter = np.exp(chance.uniform(*np.log(EXPOSURES)))
        pixels = np.clip(pixels * brighter, 0, 255).astype(np.uint8)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(chance.integers(70, 95))]
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(pixels[..., ::-1]), quality)
    return np.ascontiguousarray(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[..., ::-1])


def _figures(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    alpha, *levels = _session().run([ALPHA, *LEVELS], {"pixels": show(pixels)[None]})
    return pool(torch.from_numpy(alpha), tuple(map(torch.from_numpy, levels)))[0].numpy()


def _read(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as photo:
        return np.asarray(photo.convert("RGB"))


def _fit(
    head: CastHead, figures: NDArray[np.float32], stops: NDArray[np.float32], counts: NDArray[np.float64]
) -> None:
    shown, wanted, weights = (torch.from_numpy(np.asarray(one, np.float32)) for one in (figures, stops, counts))
    head.train()
    with torch.no_grad():
        head.norm(shown)  # once, over all of them
    head.norm.eval()
    optimiser = torch.optim.AdamW(head.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, EPOCHS)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(shown)).split(BATCH):
            missed = functional.smooth_l1_loss(head.judge(shown[batch]), wanted[batch], reduction="none")
            loss = (weights[batch] * missed).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        schedule.step()
    head.eval()


@cache
def _session() -> onnxruntime.InferenceSession:
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    return session_with([ALPHA, *LEVELS])


if __name__ == "__main__":
    typer.run(main)
