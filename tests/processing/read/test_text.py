import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from processing.read.text import read_text


def written(*lines: tuple[str, tuple[int, int], int], size: tuple[int, int] = (800, 600)) -> NDArray[np.uint8]:
    """A grey photo with lines of text: what, where, and how high in px."""
    photo = Image.new("RGB", size, (150, 140, 130))
    draw = ImageDraw.Draw(photo)
    for text, place, height in lines:
        draw.text(place, text, font=ImageFont.load_default(height), fill="white")
    return np.asarray(photo)


def test_lines_are_read_where_they_are() -> None:
    first, second = read_text(written(("Keripik Singkong", (100, 90), 48), ("WA 0812-3456-7890", (300, 450), 32)))
    assert first.text.replace(" ", "") == "KeripikSingkong"
    assert "0812-3456-7890" in second.text
    assert first.box.left == pytest.approx(100 / 800, abs=0.02)
    assert first.box.top == pytest.approx(90 / 600, abs=0.04)
    assert second.box.bottom == pytest.approx(490 / 600, abs=0.04)
    assert min(first.confidence, second.confidence) > 0.9


def test_there_is_nothing_to_read_on_a_plain_photo() -> None:
    assert read_text(written()) == ()


def test_places_are_shares_of_a_photo_of_any_size() -> None:
    (line,) = read_text(written(("DISKON", (1600, 1200), 160), size=(3200, 2400)))
    assert line.box.left == pytest.approx(0.5, abs=0.02)
    assert line.box.top == pytest.approx(0.51, abs=0.04)


def test_the_reader_is_loaded_by_the_first_reading_alone_and_fetches_nothing() -> None:
    program = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise AssertionError('a connection')\n"
        "socket.socket.connect = refuse\n"
        "import numpy as np\n"
        "from processing.assess.measures import MEASURES\n"
        "from processing.read.text import read_text\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "read_text(np.zeros((64, 64, 3), np.uint8))\n"
        "assert 'onnxruntime' in sys.modules and 'rapidocr' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
