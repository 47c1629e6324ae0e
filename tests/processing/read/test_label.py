import cv2
import numpy as np

from processing.read.label import read_closely
from processing.read.text import read_text


def test_small_print_is_read_from_close_by_and_placed_on_the_photo() -> None:
    photo = np.full((1600, 1200, 3), 235, np.uint8)
    for text, height, size in (("SAMBAL BU TINI", 640, 1.6), ("Berat bersih 150 gram", 760, 0.8)):
        cv2.putText(photo, text, (380, height), cv2.FONT_HERSHEY_SIMPLEX, size, (20, 20, 20), 2, cv2.LINE_AA)
    afar = read_text(photo)
    close = read_closely(photo, afar)
    (weight,) = [line for line in close if "150 gram" in line.text]
    assert weight.confidence > max((line.confidence for line in afar if "150" in line.text), default=0.0)
    assert abs(weight.box.top - 740 / 1600) < 0.02 and abs(weight.box.left - 380 / 1200) < 0.02


def test_where_writing_fills_the_photo_there_is_nothing_to_come_closer_to() -> None:
    photo = np.full((448, 448, 3), 235, np.uint8)
    for height in (40, 220, 420):
        cv2.putText(photo, "KERIPIK SINGKONG", (20, height), cv2.FONT_HERSHEY_SIMPLEX, 1.3, (20, 20, 20), 3)
    afar = read_text(photo)
    assert afar and read_closely(photo, afar) is afar
    assert read_closely(photo, ()) == ()
