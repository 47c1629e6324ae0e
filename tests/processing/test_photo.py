"""One photo's whole way, with a matte that is given."""

import io

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from config.marketplaces import load_marketplace
from config.recipes import load_recipe
from models.assessment import Outcome
from models.matte import Matte
from models.picture import Picture
from models.strokes import Mark, Stroke
from processing.photo import ProcessedPhoto, process_photo
from processing.read.text import read_text
from tests.photo_files import written

MARKETPLACES = tuple(load_marketplace(code) for code in ("tokopedia", "shopee", "amazon"))


class Given:
    """An estimator that always finds the same."""

    identity = "given"

    def __init__(self, side: float, trust: float) -> None:
        self._side = side
        self._trust = trust

    def estimate(self, picture: Picture) -> Matte:
        """Return a square in the middle that spans this share of the photo's height."""
        alpha = np.zeros((240, 320), np.float32)
        half = round(self._side * 120)
        alpha[120 - half : 120 + half, 160 - half : 160 + half] = 1
        return Matte(alpha, self._trust)


def photo_of(size: tuple[int, int]) -> bytes:
    """Return a JPEG of a square product on a grey table."""
    pixels = np.full((size[1], size[0], 3), 150, np.uint8)
    noise = np.random.default_rng(1).integers(40, 220, pixels.shape, np.uint8)
    quarter = size[1] // 4
    middle = slice(quarter, 3 * quarter), slice(size[0] // 2 - quarter, size[0] // 2 + quarter)
    pixels[middle] = noise[middle]
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=90)
    return out.getvalue()


def processed(size: tuple[int, int] = (2400, 1800), trust: float = 0.9) -> ProcessedPhoto:
    return process(photo_of(size), trust)


def process(data: bytes, trust: float = 0.9) -> ProcessedPhoto:
    return process_photo(
        data,
        name="depan.jpg",
        recipe=load_recipe("white-square"),
        estimator=Given(0.5, trust),
        marketplaces=MARKETPLACES,
        min_trust=0.5,
    )


def outcomes(photo: ProcessedPhoto, marketplace: str, rendition: str) -> dict[tuple[str, str], Outcome]:
    return {
        (one.rule, one.wanted): one.outcome
        for one in photo.verdicts
        if (one.marketplace, one.rendition) == (marketplace, rendition)
    }


@pytest.mark.parametrize(
    ("trust", "files"), [(0.9, {"main.jpg", "thumbnail.jpg", "cutout.webp"}), (0.1, {"main.jpg", "thumbnail.jpg"})]
)
def test_each_file_for_buyers_is_judged_and_no_other(trust: float, files: set[str]) -> None:
    photo = processed(trust=trust)
    assert {one.rendition for one in photo.verdicts} == files
    assert {one.rendition for one in photo.assessment.verdicts} == {""}


def test_the_pipeline_mends_what_a_marketplace_would_refuse_in_the_raw_photo() -> None:
    photo = processed()
    raw = {one.rule: one.outcome for one in photo.assessment.verdicts if one.marketplace == "shopee"}
    assert raw["aspect"] is Outcome.FAIL
    assert set(outcomes(photo, "shopee", "main.jpg").values()) == {Outcome.PASS}
    amazon = outcomes(photo, "amazon", "main.jpg")
    assert amazon["min_whiteness", ">= 255"] is Outcome.PASS


def test_a_file_that_is_not_meant_for_a_marketplace_is_judged_as_it_is() -> None:
    photo = processed()
    assert outcomes(photo, "tokopedia", "thumbnail.jpg")["min_width", ">= 301 px"] is Outcome.FAIL
    assert outcomes(photo, "tokopedia", "cutout.webp")["formats", "JPEG, PNG"] is Outcome.FAIL


def test_of_a_photo_that_is_not_cut_out_its_ground_cannot_be_checked() -> None:
    assert outcomes(processed(trust=0.1), "amazon", "main.jpg")["min_whiteness", ">= 255"] is Outcome.CANNOT_CHECK


@pytest.mark.parametrize(
    ("size", "outcome"),
    [((2400, 1800), Outcome.CANNOT_CHECK), ((1800, 1800), Outcome.PASS)],
    ids=["4:3", "square"],
)
def test_whether_what_fills_a_photo_up_that_is_not_cut_out_passes_for_a_border_cannot_be_told(
    size: tuple[int, int], outcome: Outcome
) -> None:
    table = np.random.default_rng(2).integers(90, 160, (size[1], size[0], 3), np.uint8)
    photo = process(written(Image.fromarray(table), "JPEG", quality=90), trust=0.1)
    raw = {one.rule: one.outcome for one in photo.assessment.verdicts if one.marketplace == "amazon"}
    assert raw["no_border"] is Outcome.PASS
    assert outcomes(photo, "amazon", "main.jpg")["no_border", ""] is outcome


def test_a_border_that_was_sent_is_one_still() -> None:
    framed = Image.open(io.BytesIO(photo_of((2400, 1800))))
    framed.paste("black", (0, 0, 2400, 200))
    framed.paste("black", (0, 1600, 2400, 1800))
    photo = process(written(framed, "JPEG", quality=90), trust=0.1)
    assert outcomes(photo, "amazon", "main.jpg")["no_border", ""] is Outcome.FAIL


@pytest.mark.parametrize(("size", "by_recipe"), [((2400, 1800), True), ((400, 300), False)])
def test_a_small_product_is_the_photos_doing_and_a_margin_the_recipes(
    size: tuple[int, int], by_recipe: bool
) -> None:
    fill = [one for one in processed(size).verdicts if one.rule == "min_fill" and one.rendition == "main.jpg"]
    assert {one.by_recipe for one in fill} == {by_recipe}


def test_a_corrected_matte_is_trusted_on_a_persons_word_and_what_was_measured_stays_told() -> None:
    word = Stroke(mark=Mark.REMOVE, width=0.02, points=((0.5, 0.3), (0.5, 0.7)))
    photo = process_photo(
        photo_of((1200, 900)),
        name="depan.jpg",
        recipe=load_recipe("white-square"),
        estimator=Given(0.5, 0.1),
        marketplaces=MARKETPLACES,
        min_trust=0.5,
        strokes=(word,),
    )
    assert (photo.trust, photo.trusted, photo.doubts) == (0.1, True, ())
    assert "cutout.webp" in {one.name for one in photo.renditions}


def test_small_print_is_read_from_close_by() -> None:
    pixels = np.full((1600, 1200, 3), 235, np.uint8)
    for text, height, size in (("SAMBAL BU TINI", 640, 1.6), ("Berat bersih 150 gram", 760, 0.8)):
        cv2.putText(pixels, text, (380, height), cv2.FONT_HERSHEY_SIMPLEX, size, (20, 20, 20), 2, cv2.LINE_AA)
    photo = process(written(Image.fromarray(pixels), "JPEG", quality=95))
    afar = {line.text: line.confidence for line in read_text(pixels)}
    (weight,) = (line for line in photo.assessment.reading if "150 gram" in line.text)
    assert weight.confidence > afar.get(weight.text, 0.0)


class Shown:
    """An estimator that finds what it is told."""

    identity = "shown"

    def __init__(self, alpha: NDArray[np.float32], trust: float = 0.9, warmth: float | None = None) -> None:
        self._matte = Matte(alpha, trust, warmth=warmth)

    def estimate(self, picture: Picture) -> Matte:
        return self._matte


def main_of(pixels: NDArray[np.uint8], estimator: Shown) -> NDArray[np.uint8]:
    """Return the finished picture of a photo."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    photo = process_photo(
        out.getvalue(),
        name="depan.png",
        recipe=load_recipe("white-square"),
        estimator=estimator,
        marketplaces=(),
        min_trust=0.5,
    )
    (main,) = [rendition for rendition in photo.renditions if rendition.name == "main.jpg"]
    return np.asarray(Image.open(io.BytesIO(main.data)))


def test_a_speck_that_nobody_sees_does_not_move_the_product() -> None:
    pixels = np.full((600, 800, 3), 200, np.uint8)
    pixels[200:400, 300:500] = (150, 60, 30)
    alpha = np.zeros((300, 400), np.float32)
    alpha[100:200, 150:250] = 1
    hazy = alpha.copy()
    hazy[3:10, 5:15] = 0.25

    assert (main_of(pixels, Shown(hazy)) == main_of(pixels, Shown(alpha))).all()


@pytest.mark.parametrize("trust", [0.1, 0.9], ids=["kept whole", "cut out"])
def test_cloth_that_leaves_a_portrait_photo_keeps_its_colour(trust: float) -> None:
    cream = (190, 182, 166)
    pixels = np.full((1600, 900, 3), 170, np.uint8)
    pixels[200:1300] = cream
    alpha = np.zeros((320, 180), np.float32)
    alpha[40:260] = 1
    if trust < 0.5:
        pixels[:] = cream

    finished = main_of(pixels, Shown(alpha, trust))

    height, width = finished.shape[:2]
    assert np.abs(finished[height // 2, width // 2].astype(int) - cream).max() <= 2
