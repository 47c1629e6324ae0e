"""Write the network out for the product: ``python -m lab.matte.export STATE FILE.onnx``.

The graph takes photos as they are, uint8 (N, H, W, 3), both sides multiples of 32, and gives alpha, float32
(N, H, W): what prepares pixels is part of the network, so that nobody can prepare them differently. Weights are
stored in half precision and computed with in single, at half the bytes. Padding is made a part of the convolution
that it is for, which PyTorch's export cannot say and which saves an eighth of the time.
"""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
import typer
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from lab.matte.network import MIDDLE, SPREAD, MatteNetwork
from lab.matte.state import read_average
from processing.matte.bundled import LONG, SHORT

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
        """Return alpha (N, H, W) of uint8 pixels (N, H, W, 3)."""
        levels = (pixels.permute(0, 3, 1, 2).float() - MIDDLE) / SPREAD
        return torch.sigmoid(self.network.see(levels)[0])[:, 0]


def export(network: MatteNetwork, path: Path) -> tuple[float, float]:
    """Write the network; return the largest difference of its alpha from PyTorch's, and the mean one once halved.

    Raises
    ------
    ValueError
        It differs by more than ``SAME`` or ``CLOSE``; nothing is left at ``path``.
    """
    deployed = Deployed(network).eval()
    lying, upright = _colours((SHORT, LONG)), _colours((LONG, SHORT))
    with torch.no_grad():
        expected = [deployed(lying).numpy(), deployed(upright).numpy()]
        torch.onnx.export(
            deployed,
            (lying,),
            str(path),
            input_names=["pixels"],
            output_names=["alpha"],
            dynamic_axes={name: {0: "photos", 1: "height", 2: "width"} for name in ("pixels", "alpha")},
            opset_version=OPSET,
            dynamo=False,
        )
    found = [_run(path, lying), _run(path, upright)]
    largest = max(float(np.abs(one - other).max()) for one, other in zip(found, expected, strict=True))
    onnx.save(halve_weights(join_padding(onnx.load(str(path)))), str(path))
    found = [_run(path, lying), _run(path, upright)]
    mean = max(float(np.abs(one - other).mean()) for one, other in zip(found, expected, strict=True))
    if largest > SAME or mean > CLOSE:
        path.unlink()
        raise ValueError(f"the written network differs by {largest:.5f}, on average by {mean:.5f} once halved")
    return largest, mean


def _colours(size: tuple[int, int]) -> Tensor:
    """Return four pictures of soft colours, uint8 (4, H, W, 3)."""
    coarse = torch.randint(0, 256, (4, 3, 9, 9), generator=torch.Generator().manual_seed(0)).float()
    pixels = functional.interpolate(coarse, size=size, mode="bicubic").clamp(0.0, 255.0)
    return pixels.permute(0, 2, 3, 1).byte()


def _run(path: Path, pixels: Tensor) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"pixels": pixels.numpy()})[0], dtype=np.float32)


def join_padding(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the model with each padding made an attribute of the convolution that alone reads it.

    Every padding is :class:`lab.matte.network.ConvNorm`'s, so its extent follows from kernel and stride.
    """
    graph = model.graph
    readers = {name: node for node in graph.node for name in node.input}
    for pad in [node for node in graph.node if node.op_type == "Pad"]:
        convolution = readers[pad.output[0]]
        given = {attribute.name: attribute.ints for attribute in convolution.attribute}
        around = given["kernel_shape"][0] - given["strides"][0]
        given["pads"][:] = [around // 2] * 2 + [around - around // 2] * 2
        convolution.input[0] = pad.input[0]
        graph.node.remove(pad)
    return model


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


def main(state: Path, path: Path) -> None:
    """Write the averaged network of a training state."""
    path.parent.mkdir(parents=True, exist_ok=True)
    largest, mean = export(read_average(state), path)
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB")
    print(f"alpha within {largest:.1e} of PyTorch's; once halved, {mean:.1e} away on average")


if __name__ == "__main__":
    typer.run(main)
