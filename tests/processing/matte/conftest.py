from collections.abc import Callable, Iterable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.picture import Picture, Source

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@pytest.fixture(scope="session")
def as_picture() -> Callable[[Pixels], Picture]:
    def wrap(pixels: Pixels) -> Picture:
        height, width = pixels.shape[:2]
        return Picture(np.ascontiguousarray(pixels), Source(format="JPEG", width=width, height=height, bytes=1))

    return wrap


def _disc(canvas: NDArray[np.uint8]) -> None:
    cv2.circle(canvas, (400, 300), 170, 255, -1)


def _box(canvas: NDArray[np.uint8]) -> None:
    cv2.rectangle(canvas, (230, 140), (590, 470), 255, -1)


def _star(canvas: NDArray[np.uint8]) -> None:
    angles = np.arange(10) * np.pi / 5
    radii = np.where(np.arange(10) % 2 == 0, 230, 130)
    corners = np.stack([400 + radii * np.sin(angles), 310 - radii * np.cos(angles)], axis=1)
    cv2.fillPoly(canvas, [corners.astype(np.int32)], 255)


def _ring(canvas: NDArray[np.uint8]) -> None:
    cv2.circle(canvas, (400, 300), 210, 255, -1)
    cv2.circle(canvas, (400, 300), 110, 0, -1)


def _mug_with_handle(canvas: NDArray[np.uint8]) -> None:
    cv2.ellipse(canvas, (540, 300), (110, 105), 0, 0, 360, 255, 38)
    cv2.rectangle(canvas, (230, 130), (510, 480), 255, -1)


def _bag_with_handle(canvas: NDArray[np.uint8]) -> None:
    cv2.ellipse(canvas, (400, 260), (120, 150), 0, 180, 360, 255, 34)
    cv2.rectangle(canvas, (220, 255), (580, 520), 255, -1)


SHAPES = {shape.__name__[1:]: shape for shape in (_disc, _box, _star, _ring, _mug_with_handle, _bag_with_handle)}


@pytest.fixture(scope="session", params=sorted(SHAPES))
def plain_product(request: pytest.FixtureRequest) -> tuple[Pixels, Mask]:
    """Return a photo (600, 800, 3) of one product on an unevenly lit plain background, and the product's mask."""
    draw = np.random.default_rng(sorted(SHAPES).index(request.param))
    canvas = np.zeros((600, 800), np.uint8)
    SHAPES[request.param](canvas)
    cover = cv2.GaussianBlur(canvas, (0, 0), 0.8).astype(np.float32)[..., None] / 255
    rows, columns = np.mgrid[-1:1:600j, -1:1:800j]
    light = (1.0 + 0.06 * rows - 0.08 * columns)[..., None]
    background = np.array([214, 206, 190]) * light
    weave = 12 * np.sin(rows * 60)[..., None] * np.sin(columns * 70)[..., None]
    product = (np.array([150, 62, 48]) + weave) * light
    photo = product * cover + background * (1 - cover) + draw.normal(0, 4, (600, 800, 3))
    return np.clip(np.rint(photo), 0, 255).astype(np.uint8), canvas > 127


@pytest.fixture
def empty_weights_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that rembg now takes for its home."""
    monkeypatch.delenv("U2NET_HOME", raising=False)
    monkeypatch.setenv("REMBG_HOME", str(tmp_path / "rembg"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "rembg"


@pytest.fixture
def random_u2netp(empty_weights_folder: Path) -> Path:
    """Return the path, where rembg looks, of a network of U2-Net-p's inputs and outputs with random weights."""
    path = empty_weights_folder / "models" / "u2netp" / "u2netp.onnx"
    path.parent.mkdir(parents=True)
    path.write_bytes(_random_network(np.random.default_rng(2)))
    return path


# The onnx package is not needed for this much: a field of a protocol buffer is its number, its kind and its value.


def _number(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + _number(rest) if rest else bytes([low])


def _integer(field: int, value: int) -> bytes:
    return _number(field << 3) + _number(value)


def _text(field: int, value: str | bytes) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _number(field << 3 | 2) + _number(len(data)) + data


def _tensor_info(name: str, shape: Iterable[int]) -> bytes:
    dimensions = b"".join(_text(1, _integer(1, size)) for size in shape)
    return _text(1, name) + _text(2, _text(1, _integer(1, 1) + _text(2, dimensions)))


def _node(kind: str, inputs: list[str], output: str, attribute: bytes = b"") -> bytes:
    return b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(4, kind) + attribute


def _random_network(draw: np.random.Generator) -> bytes:
    """Return an ONNX model: seven side outputs of one channel, each a random 3x3 convolution and a sigmoid."""
    pads = _text(5, _text(1, "pads") + b"".join(_integer(8, 1) for _ in range(4)) + _integer(20, 7))
    graph = _text(2, "u2netp")
    for side in range(7):
        weight = draw.normal(0, 1, (1, 3, 3, 3)).astype("<f4")
        dimensions = b"".join(_integer(1, size) for size in weight.shape)
        graph += _text(1, _node("Conv", ["input.1", f"w{side}"], f"c{side}", pads))
        graph += _text(1, _node("Sigmoid", [f"c{side}"], f"d{side}"))
        graph += _text(5, dimensions + _integer(2, 1) + _text(8, f"w{side}") + _text(9, weight.tobytes()))
        graph += _text(12, _tensor_info(f"d{side}", (1, 1, 320, 320)))
    graph += _text(11, _tensor_info("input.1", (1, 3, 320, 320)))
    return _integer(1, 8) + _text(7, graph) + _text(8, _text(1, "") + _integer(2, 17))
