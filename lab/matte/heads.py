"""What else the written network tells, by heads that read its encoder and are fitted apart from it."""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

HEADS = ("strewn", "warmth")
"""Outputs; what belongs to one begins with its name."""
ENCODER = "/encoder/"
"""How the names of its steps begin."""


def keep_heads(before: onnx.ModelProto, path: Path) -> bool:
    """Put the heads of the network that was there before into the one at ``path``, where they still fit.

    They do while the encoder has the same weights. Returns whether they did; otherwise nothing is written.
    """
    after = onnx.load(str(path))
    pairs = zip(_encoder(before), _encoder(after), strict=True)
    if not all(np.array_equal(mine, other) for mine, other in pairs):
        return False
    for kept, own in (
        (before.graph.node, after.graph.node),
        (before.graph.initializer, after.graph.initializer),
        (before.graph.output, after.graph.output),
    ):
        own.extend(one for one in kept if one.name.startswith(HEADS))
    onnx.checker.check_model(after)
    onnx.save(after, str(path))
    return True


def _encoder(model: onnx.ModelProto) -> list[NDArray[np.generic]]:
    """Return the values that the encoder's steps read, in their order."""
    values = {weight.name: numpy_helper.to_array(weight) for weight in model.graph.initializer}
    halved = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "Cast"}
    read = [
        halved.get(name, name) for node in model.graph.node if node.name.startswith(ENCODER) for name in node.input
    ]
    return [values[name] for name in read if name in values]
