"""Text on a photo: where it is, and what it says.

The networks are PaddleOCR's, as RapidOCR ships them in its package. They know Latin and Chinese letters.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from models.reading import Point, TextLine
from processing.resizing import fit, shrink

if TYPE_CHECKING:
    from rapidocr import RapidOCR

READING_SIDE = 448
"""px, the longer side of what is read: looking for text costs 0.15 s of CPU at this size, at 640 px 0.35 s."""

MIN_CONFIDENCE = 0.5
"""Under it the letters are mostly made of folds and weave."""


def read_text(pixels: NDArray[np.uint8]) -> tuple[TextLine, ...]:
    """Return the lines of text on a photo, from top to bottom.

    Parameters
    ----------
    pixels
        sRGB, shape (H, W, 3). It is read at a longer side of :data:`READING_SIDE`; to read small print, give the
        part of the photo that holds it.
    """
    height, width = pixels.shape[:2]
    size = fit(width, height, READING_SIDE)
    shown = shrink(pixels, size)
    from rapidocr.utils.output import RapidOCROutput  # noqa: PLC0415 - as below

    found = _reader()(cv2.cvtColor(shown, cv2.COLOR_RGB2BGR))
    if not isinstance(found, RapidOCROutput) or found.boxes is None or not found.txts or not found.scores:
        return ()
    return tuple(
        TextLine(text=text, corners=_corners(quad, size), confidence=float(confidence))
        for quad, text, confidence in zip(found.boxes, found.txts, found.scores, strict=True)
    )


def _corners(quad: NDArray[np.float32], size: tuple[int, int]) -> tuple[Point, Point, Point, Point]:
    first, second, third, fourth = ((float(x) / size[0], float(y) / size[1]) for x, y in quad)
    return first, second, third, fourth


@cache
def _reader() -> "RapidOCR":
    """Return this process's reader, with one thread; its networks are named, or it would fetch what it misses."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - most photos have no text, and need not wait for it

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": MIN_CONFIDENCE,
            "Global.use_cls": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.model_path": _network("det"),
            "Det.limit_type": "max",
            "Det.limit_side_len": READING_SIDE,
            "Rec.model_path": _network("rec"),
        }
    )


def _network(task: str) -> str:
    (path,) = Path(str(files("rapidocr"))).glob(f"models/*_{task}_*.onnx")
    return str(path)
