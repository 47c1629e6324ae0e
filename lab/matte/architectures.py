"""Encoders and decoders after equal, short training: ``python -m lab.matte.architectures DATA``.

The table in the network's card. Each is trained for 600 steps of 16 photos at 192 px and asked at 256 px.
"""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import torch
import typer
from numpy.typing import NDArray

from lab.matte.bench import development_tests
from lab.matte.data import read_duts
from lab.matte.encoder_weights import published_encoder
from lab.matte.evaluation import Predict, measure
from lab.matte.export import Deployed, export
from lab.matte.network import EFFICIENTNET_LITE0, EFFICIENTNET_LITE1, MatteNetwork, Stage
from lab.matte.state import read_state
from lab.matte.training import SEED, Phase, train

PLAN = (Phase(side=192, batch=16, steps=600),)
SIDE = 256
"""px, at which each is asked."""
TURNS = 15
NARROW, WIDE = (16, 32, 48, 64, 96), (24, 48, 64, 96, 128)


@dataclass(frozen=True, slots=True)
class Variant:
    """One network to try."""

    name: str
    encoder: str
    stages: Sequence[Stage]
    widths: Sequence[int] = NARROW
    published: bool = True
    """Whether the encoder begins with its published weights."""


VARIANTS = (
    Variant("lite0, six stages", "lite0", EFFICIENTNET_LITE0[:6]),
    Variant("lite0", "lite0", EFFICIENTNET_LITE0),
    Variant("lite1, six stages", "lite1", EFFICIENTNET_LITE1[:6]),
    Variant("lite1", "lite1", EFFICIENTNET_LITE1),
    Variant("lite1, wide decoder", "lite1", EFFICIENTNET_LITE1, WIDE),
    Variant("lite1 from nothing", "lite1", EFFICIENTNET_LITE1, published=False),
)


def build(variant: Variant) -> MatteNetwork:
    """Return the variant before training, the same each time."""
    torch.manual_seed(SEED)
    network = MatteNetwork(variant.stages, variant.widths)
    if variant.published:
        network.encoder.read(published_encoder(variant.encoder))
        network.freeze_encoder()
    return network


def ask(network: MatteNetwork) -> Predict:
    """Return how the network answers for a photo of any size."""

    @torch.no_grad()
    def predict(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        square = cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        alpha = Deployed(network)(torch.from_numpy(square)[None])[0].numpy()
        return np.asarray(cv2.resize(alpha, (pixels.shape[1], pixels.shape[0])), dtype=np.float32)

    return predict


def time_inference(network: MatteNetwork, folder: Path) -> float:
    """Return the median milliseconds of one inference with one thread."""
    export(network, folder / "network.onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "network.onnx"), options)
    spent = []
    for _ in range(TURNS):
        started = time.perf_counter()
        session.run(None, {"pixels": np.zeros((1, SIDE, SIDE, 3), np.uint8)})
        spent.append((time.perf_counter() - started) * 1e3)
    return float(np.median(spent))


def main(data: Path) -> None:
    """Print a line for each variant and development test."""
    photos, tests = read_duts(data / "duts_tr"), development_tests(data)
    for variant in VARIANTS:
        with tempfile.TemporaryDirectory() as folder:
            network = build(variant)
            train(network, photos, PLAN, of=PLAN, out=Path(folder), device=torch.device("cpu"))
            network.load_state_dict(read_state(Path(folder) / "state.pt").average)
            network.eval()
            spent = time_inference(network, Path(folder))
        size = sum(weight.numel() for weight in network.parameters()) / 1e6
        print(f"{variant.name}: {size:.2f} M, {spent:.1f} ms")
        for name, pairs in tests.items():
            found = measure(ask(network), pairs)
            print(
                f"    {name:<16} maxF {found.max_f:.3f}  MAE {found.mae:.3f}  IoU {found.mean_iou:.3f}"
                f"  failed {found.failures:.1%}  boundary IoU {found.boundary_iou:.3f}"
            )


if __name__ == "__main__":
    typer.run(main)
