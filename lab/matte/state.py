"""A training run's state on disk: the averaged network and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from lab.matte.network import MatteNetwork


@dataclass(frozen=True, slots=True)
class State:
    """The average's weights and the number of steps done.

    Training goes on from the average; neither the network that it follows nor Adam's averages are kept, which a
    short rise of the rate makes up for, so that a state is small enough to lie beside the code.
    """

    average: dict[str, Tensor]
    step: int


def write_state(state: State, path: Path) -> None:
    """Write in half precision beside the place and move there: a stopped run leaves the last whole state."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    halves = {
        name: value.half() if value.dtype == torch.float32 else value for name, value in state.average.items()
    }
    torch.save({"average": halves, "step": state.step}, part)
    part.replace(path)


def read_state(path: Path) -> State:
    """Return the state that was written there, in full precision."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    full = {
        name: value.float() if value.dtype == torch.float16 else value for name, value in saved["average"].items()
    }
    return State(full, saved["step"])


def read_average(path: Path) -> MatteNetwork:
    """Return the averaged network of a state, ready to be asked."""
    network = MatteNetwork()
    network.freeze_encoder()
    network.load_state_dict(read_state(path).average)
    return network.eval()


def average_states(states: Sequence[State]) -> State:
    """Return the mean of all weights, and the sum of all steps; counts are the first's."""
    mean = {}
    for name, value in states[0].average.items():
        every = torch.stack([state.average[name] for state in states])
        mean[name] = every.mean(0) if value.is_floating_point() else value
    return State(mean, sum(state.step for state in states))
