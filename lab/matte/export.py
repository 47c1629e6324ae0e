"""Write the network out for the product: ``python -m lab.matte.export STATE FILE.onnx``.

The graph takes photos as they are, uint8 (N, side, side, 3), and gives alpha, float32 (N, side, side): what
prepares pixels is part of the network, so that nobody can prepare them differently. Weights are stored in half
precision and computed with in single, at half the bytes.
"""

from pathlib import Path
from typing import Annotated

import numpy as np
import onnx
import onnxruntime
import torch
import typer
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from lab.matte.network import MatteNetwork
from lab.matte.state import read_average

OPSET = 17
SMALL = 64
"""Tensors of fewer values stay in single precision; they weigh nothing."""
SAME = 1e-4
"""How far the written network's alpha may be from PyTorch's anywhere, before its weights are halved."""
CLOSE = 1e-3
"""How far it may be on average afterwards."""


class Deployed(nn.Module):
    """The network from bytes to alpha."""

    def __init__(self, network: MatteNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> Tensor:
        """Return alpha (N, side, side) of uint8 pixels (N, side, side, 3)."""
        photos = pixels.permute(0, 3, 1, 2).float() / 255.0
        return torch.sigmoid(self.network(photos)[0])[:, 0]


def export(network: MatteNetwork, side: int, path: Path) -> tuple[float, float]:
    """Write the network; return the largest difference of its alpha from PyTorch's, and the mean one once halved.

    Raises
    ------
    ValueError
        It differs by more than ``SAME`` or ``CLOSE``; nothing is left at ``path``.
    """
    deployed = Deployed(network).eval()
    draw = torch.Generator().manual_seed(0)
    coarse = torch.randint(0, 256, (4, 3, 9, 9), generator=draw).float()
    pixels = functional.interpolate(coarse, size=(side, side), mode="bicubic").clamp(0.0, 255.0)
    pixels = pixels.permute(0, 2, 3, 1).byte()
    with torch.no_grad():
        expected = deployed(pixels).numpy()
        torch.onnx.export(
            deployed,
            (pixels,),
            str(path),
            input_names=["pixels"],
            output_names=["alpha"],
            dynamic_axes={"pixels": {0: "photos"}, "alpha": {0: "photos"}},
            opset_version=OPSET,
            dynamo=False,
        )
    largest = float(np.abs(_run(path, pixels) - expected).max())
    onnx.save(halve_weights(onnx.load(str(path))), str(path))
    mean = float(np.abs(_run(path, pixels) - expected).mean())
    if largest > SAME or mean > CLOSE:
        path.unlink()
        raise ValueError(f"the written network differs by {largest:.5f}, on average by {mean:.5f} once halved")
    return largest, mean


def _run(path: Path, pixels: Tensor) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"pixels": pixels.numpy()})[0], dtype=np.float32)


def halve_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the model with large weights stored as float16, each made float32 again when it is loaded."""
    casts = []
    for weight in model.graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < SMALL:
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    for number, cast in enumerate(casts):
        model.graph.node.insert(number, cast)
    onnx.checker.check_model(model)
    return model


def main(
    state: Path, path: Path, side: Annotated[int, typer.Option(help="px of the network's square.")] = 256
) -> None:
    """Write the averaged network of a training state."""
    path.parent.mkdir(parents=True, exist_ok=True)
    largest, mean = export(read_average(state), side, path)
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")
    print(f"alpha within {largest:.1e} of PyTorch's; once halved, {mean:.1e} away on average")


if __name__ == "__main__":
    typer.run(main)
