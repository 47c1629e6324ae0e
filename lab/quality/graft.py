"""A head on the bundled network: more of what it sees, told by a second output, without changing its alpha."""

import io
from collections.abc import Mapping, Sequence

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper
from torch import Tensor, nn

from lab.matte.export import OPSET, halve_weights
from processing.matte.bundled import LONG, SHORT
from processing.matte.named import WEIGHTS


def graft(head: nn.Module, output: str, read: Mapping[str, Tensor], shape: Sequence[str]) -> None:
    """Write a head into ``processing/matte/weights/etalase.onnx``, in place of one with that output.

    Parameters
    ----------
    output
        The name of what it tells.
    read
        What it reads of the network, by the names in the graph: an example of each, for one photo.
    shape
        Names of the output's dimensions.

    Raises
    ------
    ValueError
        The network's alpha would differ; nothing is written.
    """
    model = onnx.load(str(WEIGHTS))
    before = _alpha(model.SerializeToString())
    ours = f"{output}/"
    for field in (model.graph.node, model.graph.initializer, model.graph.output):
        for one in [one for one in field if one.name == output or one.name.startswith(ours)]:
            field.remove(one)
    graph = _exported(head, output, read).graph
    for number, node in enumerate(graph.node):
        node.name = f"{ours}{number}"
        for names in (node.input, node.output):
            names[:] = [name if name in {"", output, *read} else ours + name for name in names]
    for weight in graph.initializer:
        weight.name = ours + weight.name
    model.graph.node.extend(graph.node)
    model.graph.initializer.extend(graph.initializer)
    model.graph.output.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, list(shape)))
    onnx.checker.check_model(model)
    data = model.SerializeToString()
    if not np.array_equal(before, _alpha(data)):
        raise ValueError("the network's alpha would differ")
    WEIGHTS.write_bytes(data)


def session_with(names: Sequence[str]) -> onnxruntime.InferenceSession:
    """Return the network with these of its inner levels as outputs besides, with one thread."""
    model = onnx.load(str(WEIGHTS))
    known = {one.name for one in model.graph.output}
    model.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names if name not in known
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def _exported(head: nn.Module, output: str, read: Mapping[str, Tensor]) -> onnx.ModelProto:
    file = io.BytesIO()
    torch.onnx.export(
        head.eval(),
        tuple(read.values()),
        file,
        input_names=list(read),
        output_names=[output],
        dynamic_axes={name: {0: "photos"} for name in (*read, output)},
        opset_version=OPSET,
        dynamo=False,
    )
    return halve_weights(onnx.load_from_string(file.getvalue()))


def _alpha(model: bytes) -> NDArray[np.float32]:
    pixels = np.random.default_rng(0).integers(0, 256, (2, SHORT, LONG, 3), np.uint8)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(["alpha"], {"pixels": pixels})[0], np.float32)
