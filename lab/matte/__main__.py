"""From photos to weights that the product can use.

``python -m lab.matte train DATA`` (``make train-matte DATA=...``) begins with nothing but the encoder's published
weights, and goes on where it was stopped:

1. Two networks learn from a half of DUTS-TR each.
2. Where both agree about photos without masks, those have masks.
3. The network that ships learns from all of it.

``python -m lab.matte go-on DATA --runs 2`` begins twice with the network that lies beside this file, and takes the
mean of both, which is better than each (arXiv:2203.05482). DATA holds ``duts_tr/``,
``unlabelled/clothing/`` and ``seller_photos/`` (what has the name of one of these is never learnt from), or is
what :mod:`lab.matte.pack` made of it. A large GPU takes seven minutes, a CPU a day.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import onnx
import torch
import typer
from torch import Tensor

from lab.matte.data import Photos, read_duts, read_photos, read_squares
from lab.matte.encoder_weights import first_encoder
from lab.matte.export import export
from lab.matte.heads import keep_heads
from lab.matte.network import MatteNetwork
from lab.matte.self_training import label_photos
from lab.matte.state import State, average_states, read_average, read_state, write_state
from lab.matte.training import RATE, SEED, Phase
from lab.matte.training import train as train_through
from processing.matte.named import WEIGHTS

TAUGHT_SIDE = 256
"""px. In use the network is asked at somewhat more, which does it good (arXiv:1906.06423)."""
RENDERED = 0.15
"""How often a rendered photo is drawn for each other photo."""
STATE = Path(__file__).parent / "state.pt"
CACHE = Path(__file__).parent / ".cache"
Data = Annotated[Path, typer.Argument(help="Folder with duts_tr/, unlabelled/ and seller_photos/.")]
Out = Annotated[Path, typer.Option(help="Where this run keeps its states.")]
Steps = Annotated[int, typer.Option(help="Of the network that ships.")]
Batch = Annotated[int, typer.Option(help="Photos to a step.")]
app = typer.Typer(add_completion=False, help=__doc__)


@app.command()
def train(
    data: Data,
    out: Out = CACHE / "train",
    half_steps: Annotated[int, typer.Option(help="Of the network of each half.")] = 700,
    steps: Steps = 4300,
    batch: Batch = 128,
) -> None:
    """Learn from halves, label the photos without masks, learn from everything, write the network."""
    first = first_encoder(data)
    halves = [read_duts(data / "duts_tr", half) for half in (0, 1)]
    for half, photos in enumerate(halves):
        _learn(_fresh(first), photos, Phase(TAUGHT_SIDE, batch, half_steps), out / f"half-{half}")
    judges = [read_average(out / f"half-{half}" / "state.pt") for half in (0, 1)]
    photos = halves[0] + halves[1] + _label(judges, data)
    _learn(_fresh(first), photos, Phase(TAUGHT_SIDE, batch, steps), out / "whole")
    _adopt(out / "whole" / "state.pt")


@app.command()
def go_on(
    data: Data,
    out: Out = CACHE / "go-on",
    steps: Steps = 2000,
    batch: Batch = 128,
    rate: Annotated[float, typer.Option(help="The highest, for batches of 16.")] = RATE,
    unlabelled: Annotated[int | None, typer.Option(help="At most so many of the photos without masks.")] = None,
    decoder_only: Annotated[bool, typer.Option(help="Leave the encoder as it is: a quarter of the time.")] = False,
    rendered: Annotated[Path | None, typer.Option(help="Folder that lab.render.lessons made.")] = None,
    runs: Annotated[int, typer.Option(help="So many, of other batches each; their mean is taken.")] = 1,
) -> None:
    """Train the network that lies here for more steps, on labels that it makes anew, and on rendered photos."""
    start = State(read_state(STATE).average, 0)
    photos = read_duts(data / "duts_tr") + _label([read_average(STATE)], data, unlabelled)
    if rendered is not None:
        photos += read_photos(rendered).drawn(RENDERED * float(photos.weights.sum()))
    states = [out / f"run-{number}" / "state.pt" for number in range(runs)]
    for number, state in enumerate(states):
        if not state.exists():
            write_state(start, state)
        network = read_average(state)
        network.encoder.requires_grad_(not decoder_only)
        _learn(network, photos, Phase(TAUGHT_SIDE, batch, steps, rate, SEED + number * steps), state.parent)
    mean = out / "mean.pt"
    write_state(average_states([read_state(state) for state in states]), mean)
    _adopt(mean)


def _fresh(encoder: dict[str, Tensor]) -> MatteNetwork:
    """Return the network before training, the same each time."""
    torch.manual_seed(SEED)
    network = MatteNetwork()
    network.encoder.read(encoder)
    network.freeze_encoder()
    return network


def _learn(network: MatteNetwork, photos: Photos, phase: Phase, out: Path) -> None:
    train_through(network, photos, [phase], of=[phase], out=out, device=_device())


def _label(judges: Sequence[MatteNetwork], data: Path, most: int | None = None) -> Photos:
    unlabelled = read_squares(data / "unlabelled" / "clothing", never=data / "seller_photos")
    return label_photos(judges, unlabelled[:most], _device())


def _device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _adopt(state: Path) -> None:
    """Put a run's network in the product's place; ``make bench-matte`` tells whether it should stay there."""
    before = onnx.load(str(WEIGHTS))
    shutil.copy(state, STATE)
    export(read_average(STATE), WEIGHTS)
    if not keep_heads(before, WEIGHTS):
        print("the head for strewn things is to be fitted again: python -m lab.quality.strewn_head")


if __name__ == "__main__":
    app()
