"""Products that measures are easily wrong about must be called neither soft, nor grainy, nor badly exposed."""

from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from config.recipes import load_recipe
from models.assessment import Assessment, DefectCode
from models.matte import Matte
from processing.assess.assess import assess
from processing.decode.photo import decode
from tests.drawn_products import PRODUCTS, Drawn

SAMPLES = Path(__file__).parents[3] / "samples"
WHITE = load_recipe("white-square")
SAMPLED = {
    "woven basket": "ibu-sari/keranjang-rotan/depan",
    "woven sandals": "ibu-sari/sandal-pandan/depan",
    "chips in film": "bu-euis/keripik-singkong/depan",
    "sambal in glass": "bu-euis/sambal-bawang/depan",
    "white mug": "pak-asep/cangkir-keramik/depan",
    "dark carving": "pak-asep/ukiran-jati/depan",
    "honey in glass": "kang-dadan/madu-hutan/depan",
    "batik": "kang-dadan/batik-megamendung/depan",
}
FALSE = {
    DefectCode.BLUR,
    DefectCode.MOTION_BLUR,
    DefectCode.UPSCALED,
    DefectCode.NOISE,
    DefectCode.JPEG_ARTIFACTS,
    DefectCode.TEXT_OVERLAY,
    DefectCode.WATERMARK,
    DefectCode.UNDEREXPOSED,
    DefectCode.OVEREXPOSED,
    DefectCode.LOW_CONTRAST,
    DefectCode.COLOUR_CAST,
}
"""What a good photo of any product must never be accused of."""


def seen(data: bytes, name: str, alpha: np.ndarray, trust: float) -> set[DefectCode]:
    matte = Matte(np.asarray(cv2.resize(alpha, (384, 288)), np.float32), trust)
    found: Assessment = assess(decode(data, name=name, min_side=1500), matte, (), min_trust=0.5, recipe=WHITE)
    return {defect.code for defect in found.defects}


def stored(drawn: Drawn, quality: int) -> bytes:
    out = BytesIO()
    Image.fromarray(drawn[0]).save(out, "JPEG", quality=quality)
    return out.getvalue()


@pytest.mark.parametrize("trust", [1.0, 0.0], ids=["matte", "no matte"])
@pytest.mark.parametrize("quality", [92, 75])
@pytest.mark.parametrize("product", PRODUCTS)
def test_a_good_photo_of_it_is_accused_of_nothing(product: str, quality: int, trust: float) -> None:
    drawn = PRODUCTS[product]()
    assert seen(stored(drawn, quality), "foto.jpg", drawn[1], trust) & FALSE == set()


@pytest.mark.parametrize("product", SAMPLED)
def test_a_sample_of_it_is_accused_of_nothing(product: str) -> None:
    data = (SAMPLES / "raw" / f"{SAMPLED[product]}.jpg").read_bytes()
    alpha = np.asarray(Image.open(SAMPLES / "truth" / f"{SAMPLED[product]}.png"), np.float32) / 255
    assert seen(data, "foto.jpg", alpha, 1.0) & FALSE == set()


@pytest.mark.parametrize("product", PRODUCTS)
def test_a_blurred_photo_of_it_is_told_or_cannot_be_checked_but_is_never_called_sharp(product: str) -> None:
    pixels, alpha = PRODUCTS[product]()
    soft = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 12), np.uint8)
    assert seen(stored((soft, alpha), 92), "foto.jpg", alpha, 1.0) & {DefectCode.BLUR, DefectCode.MOTION_BLUR}
