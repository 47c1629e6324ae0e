"""Training: phases of growing size, going on from wherever the last run was stopped."""

import json
import math
import time
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from lab.matte.augmentation import augment
from lab.matte.data import Photos
from lab.matte.losses import matte_loss
from lab.matte.network import MatteNetwork
from lab.matte.precision import half
from lab.matte.state import State, read_state, write_state

SEED = 20261124
EMA = 0.999
WARM_UP = 200
"""Steps over which the rate rises, also after a resumption, since Adam's averages are not kept."""
RATE, BATCH = 1e-3, 16
"""The highest rate from nothing, at batches of this size; it grows with the root of the batch."""
SAVED_EVERY = 100
"""Steps between two states on disk."""
ENCODER_RATE = 0.15
"""Relative to the decoder, which begins from nothing."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A number of steps at one size, the highest rate for batches of 16, and what its batches are drawn by."""

    side: int
    batch: int
    steps: int
    rate: float = RATE
    seed: int = SEED


def train(
    network: MatteNetwork,
    photos: Photos,
    phases: Sequence[Phase],
    *,
    of: Sequence[Phase],
    out: Path,
    device: torch.device,
) -> None:
    """Train through the phases, which begin the whole plan ``of``, and leave the network in ``out/state.pt``.

    The state is written every ``SAVED_EVERY`` steps, and gone on from where there is one. Equal seeds give equal
    batches on every device; sums differ in their last bits.
    """
    photos = photos.to(device)
    path = out / "state.pt"
    first = 0
    if path.exists():
        saved = read_state(path)
        network.load_state_dict(saved.average)
        first = saved.step
    network.to(device, memory_format=torch.channels_last).train()
    average = deepcopy(network).requires_grad_(False)
    optimiser = torch.optim.AdamW(
        [
            {"params": network.encoder.parameters(), "share": ENCODER_RATE},
            {
                "params": [p for name, p in network.named_parameters() if not name.startswith("encoder.")],
                "share": 1.0,
            },
        ],
        weight_decay=1e-2,
        fused=True,
    )
    plan = [phase for phase in phases for _ in range(phase.steps)]
    whole = sum(phase.steps for phase in of)
    losses: list[Tensor] = []
    seen, since = 0, time.monotonic()
    for step in range(first, len(plan)):
        phase = plan[step]
        draw = torch.Generator().manual_seed(phase.seed + step)
        pixels, alpha = augment(*photos.draw(phase.batch, draw), phase.side, draw)
        for group in optimiser.param_groups:
            group["lr"] = phase.rate * math.sqrt(phase.batch / BATCH) * group["share"] * _rate(step, first, whole)
        with half(device):
            logits = network(pixels.contiguous(memory_format=torch.channels_last))
        loss = matte_loss(logits, alpha)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        _follow(average, network, min(EMA, (step + 1) / (step + 10)))
        losses.append(loss.detach())
        seen += phase.batch
        if (step + 1) % SAVED_EVERY == 0 or step + 1 == len(plan):
            rate = seen / (time.monotonic() - since)
            line = {
                "step": step + 1,
                "side": phase.side,
                "loss": float(torch.stack(losses).mean()),
                "photos/s": round(rate, 1),
            }
            print(json.dumps(line), flush=True)
            write_state(State(average.state_dict(), step + 1), path)
            losses, seen, since = [], 0, time.monotonic()


def _rate(step: int, first: int, last: int) -> float:
    """Return the share of the learning rate at a step: a short rise, then half a cosine to a hundredth."""
    return min(1.0, (step - first + 1) / WARM_UP) * (0.01 + 0.495 * (1.0 + math.cos(math.pi * step / last)))


@torch.no_grad()
def _follow(average: nn.Module, network: nn.Module, keep: float) -> None:
    """Move the average towards the network, statistics included."""
    mine, other = average.state_dict(), network.state_dict()
    names = [name for name, value in mine.items() if value.dtype.is_floating_point]
    torch._foreach_lerp_([mine[name] for name in names], [other[name] for name in names], 1.0 - keep)
