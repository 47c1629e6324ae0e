"""From photos to weights that the product can use.

``python -m lab.matte train DATA`` (``make train-matte DATA=...``) begins with nothing but the encoder's
published weights, and goes on where it was stopped. ``python -m lab.matte go-on DATA`` begins with the network
that lies beside this file. DATA holds ``duts_tr/``, ``unlabelled/clothing/`` and ``seller_photos/``; what has
the name of one of the latter is never learnt from.
"""

import shutil
from pathlib import Path
from typing import Annotated

import torch
import typer

from lab.matte.data import read_duts, read_photos
from lab.matte.encoder_weights import published_encoder
from lab.matte.export import export
from lab.matte.network import MatteNetwork
from lab.matte.self_training import label_photos
from lab.matte.state import State, read_average, read_state, write_state
from lab.matte.training import SEED, Phase
from lab.matte.training import train as train_through
from processing.matte.bundled import SIDE, WEIGHTS

LEARN = (Phase(side=192, batch=16, steps=3000),)
"""On DUTS-TR alone; after it the network is good enough to label photos."""
WHOLE = (*LEARN, Phase(side=SIDE, batch=16, steps=7500))
STATE = Path(__file__).parent / "state.pt"
CACHE = Path(__file__).parent / ".cache"
Data = Annotated[Path, typer.Argument(help="Folder with duts_tr/, unlabelled/ and seller_photos/.")]
Out = Annotated[Path, typer.Option(help="Where this run keeps its state and labels.")]
app = typer.Typer(add_completion=False, help=__doc__)


@app.command()
def train(data: Data, out: Out = CACHE / "train") -> None:
    """Learn from DUTS-TR, label the photos without masks, learn from both, write the network."""
    torch.manual_seed(SEED)
    network = MatteNetwork()
    network.encoder.read(published_encoder())
    network.freeze_encoder()
    state, labels = out / "state.pt", out / "clothing"
    photos = read_duts(data / "duts_tr")
    if not labels.exists():
        train_through(network, photos, LEARN, of=WHOLE, out=out, device=_device())
        _label(data, state, labels)
    train_through(network, photos + read_photos(labels), WHOLE, of=WHOLE, out=out, device=_device())
    _adopt(state)


@app.command()
def go_on(data: Data, out: Out = CACHE / "go-on", steps: int = 10_000) -> None:
    """Train the network that lies here for more steps, on labels that it makes anew."""
    state, labels = out / "state.pt", out / "clothing"
    if not state.exists():
        write_state(State(read_state(STATE).average, 0), state)
    if not labels.exists():
        _label(data, state, labels)
    plan = (Phase(side=SIDE, batch=16, steps=steps),)
    photos = read_duts(data / "duts_tr") + read_photos(labels)
    train_through(read_average(state), photos, plan, of=plan, out=out, device=_device())
    _adopt(state)


def _device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _label(data: Path, state: Path, labels: Path) -> None:
    never = {path.stem for path in (data / "seller_photos").iterdir()}
    label_photos(read_average(state), data / "unlabelled" / "clothing", labels, without=never)


def _adopt(state: Path) -> None:
    """Put a run's network in the product's place; ``make bench-matte`` tells whether it should stay there."""
    shutil.copy(state, STATE)
    export(read_average(STATE), SIDE, WEIGHTS)


app()
