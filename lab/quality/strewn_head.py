"""Fit the head by which the bundled network tells things strewn about.

    lab/matte/.venv/bin/python -m lab.quality.strewn_head DATA [--epochs N]

It reads three levels of the encoder and the matte, and tells of every cell of 16 x 16 px whether it shows one of
several things. It is written into ``processing/matte/weights/etalase.onnx`` as its second output, in place of one
that is there. The network's own weights stay as they are, and its alpha the same to the bit.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import onnxruntime
import torch
import typer
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from lab.quality.graft import session_with
from lab.quality.strewn_network import ALPHA, CELL, READ, Head, write
from lab.quality.strewn_photos import FEW, Kind, Scene, scenes
from processing.assess.background import CELLS
from processing.matte.bundled import show

SEED, BATCH, RATE, DECAY = 0, 32, 2e-3, 1e-2
STREWN = 0.03
"""Share of the photo that things cover at least where it is learnt as one with things strewn about."""
WHOLE = 0.3
"""How much the whole photo counts beside each of its cells."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the network makes of a photo, in half precision, and how much of each cell things cover."""

    kind: Kind
    things: int
    read: tuple[NDArray[np.float16], ...]
    covered: NDArray[np.float32]


def main(
    data: Annotated[Path, typer.Argument(help="Folder with duts_tr/, unlabelled/ and seller_photos/.")],
    epochs: Annotated[int, typer.Option(help="How often each photo is learnt from.")] = 8,
) -> None:
    """Write the head into the network, and print how well it tells photos apart."""
    torch.manual_seed(SEED)
    learnt = [_look(scene) for scene in scenes(data, learning=True, cut=_cut)]
    print(f"{len(learnt)} photos", flush=True)
    head = Head()
    _fit(head, learnt, epochs)
    write(head)
    _print_validation(head, [_look(scene) for scene in scenes(data, learning=False, cut=_cut)])


def _cut(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    alpha = _session().run([ALPHA], {"pixels": show(pixels)[None]})[0][0]
    return np.asarray(cv2.resize(alpha, pixels.shape[1::-1]), np.float32)


def _look(scene: Scene) -> Looked:
    """Return what the head reads of a photo; one or two things beside the product are none strewn about."""
    read = _session().run(list(READ), {"pixels": show(scene.pixels)[None]})
    height, width = read[0].shape[1:]
    covered = cv2.resize(scene.covered, (width // CELL, height // CELL), interpolation=cv2.INTER_AREA)
    if scene.things < FEW:
        covered = np.zeros_like(covered)
    return Looked(scene.kind, scene.things, tuple(level[0].astype(np.float16) for level in read), covered)


def _fit(head: Head, learnt: list[Looked], epochs: int) -> None:
    chance = np.random.default_rng(SEED)
    steps = epochs * len(list(_batches(learnt, chance)))
    optimiser = torch.optim.AdamW(head.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        head.train()
        losses = []
        for batch in _batches(learnt, chance):
            loss = _loss(head(*_stacked(batch)), torch.from_numpy(np.stack([one.covered for one in batch])))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: {np.mean(losses):.4f}", flush=True)


def _batches(looked: list[Looked], chance: np.random.Generator) -> Iterator[list[Looked]]:
    """Yield all photos in another order each time, those of one shape together."""
    shapes = sorted({one.covered.shape for one in looked})
    batches = []
    for shape in shapes:
        alike = [one for one in looked if one.covered.shape == shape]
        order = [alike[place] for place in chance.permutation(len(alike))]
        batches += [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
    for place in chance.permutation(len(batches)):
        yield batches[place]


def _stacked(batch: list[Looked]) -> tuple[Tensor, ...]:
    return tuple(
        torch.from_numpy(np.stack(level)).float() for level in zip(*(one.read for one in batch), strict=True)
    )


def _loss(odds: Tensor, covered: Tensor) -> Tensor:
    """Return the cross-entropy of each cell, and that of the whole photo by its surest cells."""
    cells = functional.binary_cross_entropy_with_logits(odds, covered)
    share = covered.mean((1, 2))
    whole = functional.binary_cross_entropy_with_logits(_surest(odds), (share > STREWN).float(), reduction="none")
    return cells + WHOLE * (whole * ((share == 0) | (share > STREWN))).mean()


def _surest(odds: Tensor) -> Tensor:
    return odds.flatten(1).topk(CELLS, dim=1).values.mean(dim=1)


@torch.no_grad()
def _print_validation(head: Head, held: list[Looked]) -> None:
    head.eval()
    surest = np.array([_surest(head(*_stacked([one]))).item() for one in held])
    kinds = np.array([one.kind for one in held])
    groups = {
        "untouched": np.array([one.things == 0 for one in held]),
        "one or two": np.array([0 < one.things < FEW for one in held]),
        "strewn": np.array([float(one.covered.mean()) > STREWN for one in held]),
    }
    print("| from | " + " | ".join(f"{kind}, {group}" for kind in dict.fromkeys(kinds) for group in groups) + " |")
    ordinary = surest[groups["untouched"] & (kinds != "products")]
    for alarms in (0.03, 0.02, 0.01, 0.005):
        least = float(np.quantile(ordinary, 1 - alarms))
        shares = [
            (surest[(kinds == kind) & group] > least).mean()
            for kind in dict.fromkeys(kinds)
            for group in groups.values()
        ]
        print(f"| {least:.2f} | " + " | ".join(f"{share:.1%}" for share in shares) + " |")


@cache
def _session() -> onnxruntime.InferenceSession:
    """Return the network with what the head reads as outputs, with one thread."""
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    return session_with(READ)


if __name__ == "__main__":
    typer.run(main)
