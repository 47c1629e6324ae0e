"""The two networks that read: PaddleOCR's, as RapidOCR ships them in its package.

The package itself is not imported: it takes a second and 60 MB for what reading needs no part of.
"""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_LEVELS = ((np.arange(256, dtype=np.float32) * (1 / 255.0)).astype(np.float64) - 0.5) / 0.5
LEVELS: NDArray[np.float32] = _LEVELS.astype(np.float32)
"""What both networks are shown for each level of 0 to 255: from -1 to 1."""


def show(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return pixels, shape (H, W, 3), as both networks see them: plane by plane, shape (3, H, W)."""
    planes = np.concatenate(cv2.split(pixels))
    return np.asarray(cv2.LUT(planes, LEVELS), dtype=np.float32).reshape(3, *pixels.shape[:2])


def open_network(task: Literal["det", "rec"]) -> "InferenceSession":
    """Return a session with one thread, of the network that finds lines of text or of the one that reads them."""
    import onnxruntime  # noqa: PLC0415 - a program without photos need not wait for it

    found = find_spec("rapidocr")
    assert found is not None and found.origin is not None
    (path,) = Path(found.origin).parent.glob(f"models/*_{task}_*.onnx")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Photos and lines are of many sizes: memory that is kept for each of them would be kept for nothing.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
