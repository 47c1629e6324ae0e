"""What none that does the same could save: decode at reduced scale, one inference, encode the same renditions."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from PIL import Image

import processing.photo as way
from lab.bench.peers.whole_way import open_whole_way, whole_way
from processing.encode import encode
from processing.matte.bundled import WEIGHTS, show

LABEL = "the floor: decode, inference, encode"
INTERPRETER = "ours"
THREADED = False
STARTS = False


def prepare(photos: list[Path], scratch: Path, threads: int) -> Callable[[], None]:
    """Take the photos the whole way once, to know what is to be encoded, and open the network anew."""
    context = open_whole_way()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(WEIGHTS, options, providers=["CPUExecutionProvider"])
    encoded: list[tuple[Any, ...]] = []

    def noted(*finished: Any) -> Any:  # noqa: ANN401  what is encoded, as it comes
        encoded.append(finished)
        return encode(*finished)

    work = []
    for photo in photos:
        data = photo.read_bytes()
        way.encode = noted
        whole_way(context, [(photo.name, data)])
        way.encode = encode
        work.append((data, tuple(encoded)))
        encoded.clear()

    def run() -> None:
        for data, renditions in work:
            image = Image.open(io.BytesIO(data))
            image.draft("RGB", (context.recipe.decode_side, context.recipe.decode_side))
            session.run(["alpha"], {"pixels": show(np.asarray(image.convert("RGB")))[None]})
            for rendition in renditions:
                encode(*rendition)

    return run
