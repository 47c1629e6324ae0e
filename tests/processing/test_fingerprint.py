"""A photo is known again after what people do to photos, and no other photo is taken for it."""

from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from models.fingerprint import Fingerprint
from models.picture import Picture, Source
from processing.decode.photo import decode
from processing.fingerprint import take_fingerprint
from processing.likeness import SAME, measure_likeness

Photo = NDArray[np.uint8]
SAMPLES = Path(__file__).parents[2] / "samples/raw"
COPIED = (
    "ibu-sari/keranjang-rotan/depan.jpg",
    "pak-asep/ukiran-jati/samping.jpg",
    "bu-euis/paket-camilan/depan.jpg",
)


def fingerprint(pixels: Photo) -> Fingerprint | None:
    source = Source(format="JPEG", width=pixels.shape[1], height=pixels.shape[0], bytes=1)
    return take_fingerprint(Picture(np.ascontiguousarray(pixels), source))


def sample(place: str) -> Photo:
    return decode((SAMPLES / place).read_bytes(), name=Path(place).name, min_side=1500).pixels


def saved(pixels: Photo, quality: int) -> Photo:
    out = BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(out))


def cropped(pixels: Photo, *sides: float) -> Photo:
    height, width = pixels.shape[:2]
    left, top, right, bottom = sides
    rows = slice(round(top * height), round((1 - bottom) * height))
    return pixels[rows, round(left * width) : round((1 - right) * width)]


def brighter(pixels: Photo, stops: float) -> Photo:
    light = np.clip((pixels / 255.0) ** 2.2 * 2**stops, 0, 1)
    return np.rint(255 * light ** (1 / 2.2)).astype(np.uint8)


COPIES = {
    "saved again": lambda pixels: saved(pixels, 50),
    "resized": lambda pixels: cv2.resize(pixels, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA),
    "cropped": lambda pixels: cropped(pixels, 0.01, 0.04, 0.04, 0.01),
    "cropped at one side": lambda pixels: cropped(pixels, 0.05, 0, 0, 0),
    "brighter": lambda pixels: brighter(pixels, 0.7),
    "all of it": lambda pixels: saved(brighter(cropped(pixels, 0.03, 0.0, 0.02, 0.04), 0.4)[::2, ::2], 70),
}


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("place", COPIED)
def test_a_copy_shares_a_mark_and_looks_the_same(place: str, name: str) -> None:
    original = sample(place)
    first, second = fingerprint(original), fingerprint(COPIES[name](original))

    assert first is not None
    assert second is not None
    assert set(first.marks) & set(second.probes)
    assert measure_likeness(first.picture, second.picture) >= SAME
    assert measure_likeness(second.picture, first.picture) >= SAME


def test_a_photo_taken_again_from_the_same_place_is_found() -> None:
    first, again = (fingerprint(sample(f"bu-euis/sambal-bawang/{name}.jpg")) for name in ("depan", "depan-lagi"))

    assert first is not None
    assert again is not None
    assert set(first.marks) & set(again.probes)
    assert measure_likeness(first.picture, again.picture) >= SAME


def test_the_samples_that_show_different_photos_do_not_look_the_same() -> None:
    places = ["bu-euis/sambal-bawang/depan-lagi.jpg", "bu-euis/keripik-singkong/depan.jpg"]
    places += ["pak-asep/ukiran-jati/depan.jpg", "pak-asep/ukiran-jati/samping.jpg"]
    taken = [found for place in places if (found := fingerprint(sample(place))) is not None]

    assert len(taken) == len(places)
    for number, one in enumerate(taken):
        for other in taken[number + 1 :]:
            assert measure_likeness(one.picture, other.picture) < SAME


def test_the_same_pixels_have_the_same_fingerprint_and_its_marks_are_among_its_probes() -> None:
    taken = [fingerprint(sample("pak-asep/ukiran-jati/depan.jpg")) for _ in range(2)]

    assert taken[0] == taken[1]
    assert taken[0] is not None
    assert set(taken[0].marks) <= set(taken[0].probes)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_photo_of_nothing_has_no_fingerprint(level: int) -> None:
    assert fingerprint(np.full((600, 800, 3), level, np.uint8)) is None
