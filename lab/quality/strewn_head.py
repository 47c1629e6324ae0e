"""Fit the head by which the bundled network tells things strewn about.

    lab/quality/.venv/bin/python -m lab.quality.strewn_head DATA [--photos N]

It is one 1x1 convolution over two levels of the encoder, so a logistic regression on every cell of 16 x 16 px.
It is written into ``processing/matte/weights/etalase.onnx`` as its second output, and takes the place of one that
is there. The network's own weights stay as they are, and its alpha the same to the bit.
"""

import zlib
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import cv2
import numpy as np
import onnx
import onnxruntime
import typer
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from scipy.optimize import minimize

from lab.quality.strewn_photos import base_photos, photograph, read_photo, strew, things_in
from processing.assess.background import surest
from processing.matte.bundled import show
from processing.matte.named import WEIGHTS

Array = NDArray[np.float32]

NEAR, FAR = "/encoder/stages.4/stages.4.3/Add_output_0", "/encoder/stages.6/stages.6.0/body/body.2/Conv_output_0"
"""The encoder's levels at a sixteenth and a thirty-second of the size."""
CHANNELS = 112
"""Of the first; the second has 320."""
OUTPUT, OURS = "strewn", "strewn/"
PRODUCTS = 3
"""One photo in so many is of DUTS-TR's products, the others are of clothes."""
PENALTY = 1e-2
"""Of the squares of the weights."""
ROUNDS = 80

Looked = tuple[Array, Array]
"""Of one photo: its features (cells, channels), and how much of each cell things cover."""


def main(
    data: Annotated[Path, typer.Argument(help="Folder with duts_tr/, unlabelled/ and seller_photos/.")],
    photos: Annotated[int, typer.Option(help="Photos that things are put into.")] = 800,
) -> None:
    """Write the head into the network, and print how well it tells photos apart."""
    learning, validation = base_photos(data)
    products, _ = things_in(data)
    chance = np.random.default_rng(11)
    clothes = [learning[place].path for place in chance.permutation(len(learning))[: photos - photos // PRODUCTS]]
    chosen = [products[place] for place in chance.permutation(len(products))[: photos // PRODUCTS]]
    paths = clothes + [data / "duts_tr" / "image" / f"{name}.avif" for name in chosen]
    with ProcessPoolExecutor(2) as pool:
        learnt = [one for both in pool.map(partial(_look, data), paths, chunksize=4) for one in both]
        held = list(pool.map(partial(_look, data), [one.path for one in validation], chunksize=4))
    weights, bias = _fit(learnt)
    write(weights, bias)
    untouched, strewn = (
        np.array([surest(cells.astype(np.float32) @ weights + bias) for cells, _ in side])
        for side in zip(*held, strict=True)
    )
    print(f"{len(paths)} photos learnt from; of {len(held)} photos of other senders, untouched and strewn:")
    for alarms in (0.02, 0.01, 0.005):
        least = float(np.quantile(untouched, 1 - alarms))
        print(f"from {least:.2f}: {(untouched > least).mean():.1%} and {(strewn > least).mean():.1%}")


def _look(data: Path, path: Path) -> tuple[Looked, Looked]:
    """Return what the network makes of a photo as it is, and with things strewn about."""
    chance = np.random.default_rng(zlib.crc32(path.name.encode()))
    pixels = read_photo(path)
    alpha = cv2.resize(_session().run(["alpha"], {"pixels": show(pixels)[None]})[0][0], pixels.shape[1::-1])
    untouched = pixels.astype(np.float32), np.zeros_like(alpha)
    strewn = strew(pixels, alpha, data, _things(data), chance)
    return _features(*photograph(*untouched, chance)), _features(*photograph(*strewn, chance))


def _features(pixels: NDArray[np.uint8], covered: Array) -> Looked:
    near, far = (level[0] for level in _session().run([NEAR, FAR], {"pixels": show(pixels)[None]}))
    both = np.concatenate([near, far.repeat(2, axis=1).repeat(2, axis=2)])
    cells = cv2.resize(covered, (both.shape[2], both.shape[1]), interpolation=cv2.INTER_AREA)
    return both.reshape(len(both), -1).T.astype(np.float16), cells.ravel()


def _fit(learnt: list[Looked]) -> tuple[Array, float]:
    """Return the weights of the channels, and the bias."""
    cells = np.concatenate([features for features, _ in learnt]).astype(np.float32)
    covered = np.concatenate([shares for _, shares in learnt])
    mean, spread = cells.mean(axis=0), cells.std(axis=0) + 1e-3
    cells -= mean
    cells /= spread
    start = np.zeros(cells.shape[1] + 1)
    options = {"maxiter": ROUNDS}
    fitted = minimize(_loss, start, (cells, covered), jac=True, method="L-BFGS-B", options=options)
    weights = (fitted.x[:-1] / spread).astype(np.float32)
    return weights, float(fitted.x[-1] - mean @ weights)


def _loss(flat: NDArray[np.float64], cells: Array, covered: Array) -> tuple[float, NDArray[np.float64]]:
    """Return the mean cross-entropy with its penalty, and its gradient."""
    weights = flat[:-1].astype(np.float32)
    odds = cells @ weights + np.float32(flat[-1])
    error = (1 / (1 + np.exp(-odds)) - covered) / len(cells)
    loss = float((np.logaddexp(0, odds) - covered * odds).mean(dtype=np.float64))
    slope = np.append(cells.T @ error + PENALTY * weights, error.sum()).astype(np.float64)
    return loss + 0.5 * PENALTY * float(weights @ weights), slope


def write(weights: Array, bias: float) -> None:
    """Write a head, one weight a channel, into the network. Raises ValueError where its alpha would differ."""
    model = onnx.load(str(WEIGHTS))
    graph = model.graph
    before = _alpha(model.SerializeToString())
    for field in (graph.node, graph.initializer):
        for one in [one for one in field if one.name.startswith(OURS)]:
            field.remove(one)
    for one in [one for one in graph.output if one.name == OUTPUT]:
        graph.output.remove(one)
    named = {
        "near": weights[None, :CHANNELS, None, None],
        "far": weights[None, CHANNELS:, None, None],
        "bias": np.array([bias], np.float32),
        "scales": np.array([1, 1, 2, 2], np.float32),
        "axis": np.array([1], np.int64),
    }
    graph.initializer.extend(numpy_helper.from_array(value, OURS + name) for name, value in named.items())
    enlarge = {"mode": "nearest", "nearest_mode": "floor", "coordinate_transformation_mode": "asymmetric"}
    for kind, inputs, output, options in (
        ("Conv", [NEAR, OURS + "near", OURS + "bias"], OURS + "fine", {}),
        ("Conv", [FAR, OURS + "far"], OURS + "coarse", {}),
        ("Resize", [OURS + "coarse", "", OURS + "scales"], OURS + "enlarged", enlarge),
        ("Add", [OURS + "fine", OURS + "enlarged"], OURS + "sum", {}),
        ("Squeeze", [OURS + "sum", OURS + "axis"], OUTPUT, {}),
    ):
        graph.node.append(helper.make_node(kind, inputs, [output], OURS + kind + output, **options))
    shape = ["photos", "rows", "columns"]
    graph.output.append(helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, shape))
    onnx.checker.check_model(model)
    data = model.SerializeToString()
    if not np.array_equal(before, _alpha(data)):
        raise ValueError("the network's alpha would differ")
    WEIGHTS.write_bytes(data)


def _alpha(model: bytes) -> Array:
    pixels = np.random.default_rng(0).integers(0, 256, (2, 256, 288, 3), np.uint8)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(["alpha"], {"pixels": pixels})[0], np.float32)


@cache
def _things(data: Path) -> list[str]:
    """Read the names once in each process."""
    return things_in(data)[1]


@cache
def _session() -> onnxruntime.InferenceSession:
    """Return the network with its encoder's two levels as outputs, with one thread."""
    cv2.setNumThreads(1)
    model = onnx.load(str(WEIGHTS))
    for name in (NEAR, FAR):
        model.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


if __name__ == "__main__":
    typer.run(main)
