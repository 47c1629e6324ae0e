"""The head by which the bundled network tells things strewn about, and how it is written into the network."""

import io

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import helper
from torch import Tensor, nn
from torch.nn import functional

from lab.matte.export import OPSET
from processing.matte.bundled import LONG, SHORT
from processing.matte.named import WEIGHTS

ALPHA = "alpha"
FINE = "/encoder/stages.2/stages.2.2/Add_output_0"
NEAR = "/encoder/stages.4/stages.4.3/Add_output_0"
FAR = "/encoder/stages.6/stages.6.0/body/body.2/Conv_output_0"
"""What the head reads of the network: the matte, and the encoder's levels at an eighth, a sixteenth and a
thirty-second of the size."""
WIDTHS = (40, 112, 320)
"""Channels of the three levels."""
READ = (ALPHA, FINE, NEAR, FAR)
CELL = 16
"""px, the side of what one log-odds tells of."""
HIDDEN = 48
AROUND = 5
"""Cells that each cell's surroundings span."""
DROPPED = 0.1
"""Share of the hidden channels that is left out of a photo in training."""
OUTPUT, OURS = "strewn", "strewn/"


class Head(nn.Module):
    """What each cell shows, what is around it, and from both whether it is one of several things strewn about."""

    def __init__(self) -> None:
        super().__init__()
        fine, near, far = WIDTHS
        self.alpha = nn.Conv2d(1, HIDDEN, 1, bias=False)
        self.fine = nn.Sequential(nn.BatchNorm2d(fine, affine=False), nn.Conv2d(fine, HIDDEN, 2, 2, bias=False))
        self.near = nn.Sequential(nn.BatchNorm2d(near, affine=False), nn.Conv2d(near, HIDDEN, 1))
        self.far = nn.Sequential(nn.BatchNorm2d(far, affine=False), nn.Conv2d(far, HIDDEN, 1, bias=False))
        self.around = nn.Sequential(
            nn.Conv2d(HIDDEN, HIDDEN, AROUND, padding=AROUND // 2, groups=HIDDEN), nn.Conv2d(HIDDEN, HIDDEN, 1)
        )
        self.tell = nn.Sequential(nn.Dropout2d(DROPPED), nn.Conv2d(HIDDEN, 1, 1))

    def forward(self, alpha: Tensor, fine: Tensor, near: Tensor, far: Tensor) -> Tensor:
        """Return log-odds (N, H/16, W/16) of alpha (N, H, W) and the encoder's levels."""
        product = self.alpha(functional.avg_pool2d(alpha[:, None], CELL))
        coarse = functional.interpolate(self.far(far), scale_factor=2)
        shown = functional.relu(product + self.fine(fine) + self.near(near) + coarse)
        return self.tell(shown + functional.relu(self.around(shown)))[:, 0]


def write(head: Head) -> None:
    """Write a head into the network, in place of one that is there.

    Raises
    ------
    ValueError
        The network's alpha would differ; nothing is written.
    """
    model = onnx.load(str(WEIGHTS))
    before = _alpha(model.SerializeToString())
    for field in (model.graph.node, model.graph.initializer, model.graph.output):
        for one in [one for one in field if one.name == OUTPUT or one.name.startswith(OURS)]:
            field.remove(one)
    graph = _exported(head).graph
    for node in graph.node:
        node.name = OURS + node.name
        for names in (node.input, node.output):
            names[:] = [name if name in {"", OUTPUT, *READ} else OURS + name for name in names]
    for weight in graph.initializer:
        weight.name = OURS + weight.name
    model.graph.node.extend(graph.node)
    model.graph.initializer.extend(graph.initializer)
    shape = ["photos", "rows", "columns"]
    model.graph.output.append(helper.make_tensor_value_info(OUTPUT, onnx.TensorProto.FLOAT, shape))
    onnx.checker.check_model(model)
    data = model.SerializeToString()
    if not np.array_equal(before, _alpha(data)):
        raise ValueError("the network's alpha would differ")
    WEIGHTS.write_bytes(data)


def _exported(head: Head) -> onnx.ModelProto:
    levels = [
        torch.zeros(1, width, SHORT // smaller, LONG // smaller)
        for width, smaller in zip(WIDTHS, (8, 16, 32), strict=True)
    ]
    file = io.BytesIO()
    torch.onnx.export(
        head.eval(),
        (torch.zeros(1, SHORT, LONG), *levels),
        file,
        input_names=list(READ),
        output_names=[OUTPUT],
        dynamic_axes={name: {0: "photos"} for name in (*READ, OUTPUT)},
        opset_version=OPSET,
        dynamo=False,
    )
    return onnx.load_from_string(file.getvalue())


def _alpha(model: bytes) -> NDArray[np.float32]:
    pixels = np.random.default_rng(0).integers(0, 256, (2, SHORT, LONG, 3), np.uint8)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(["alpha"], {"pixels": pixels})[0], np.float32)
