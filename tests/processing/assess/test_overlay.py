from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from config.approval import load_approval_rule
from models.assessment import DefectCode
from models.reading import TextLine
from processing.assess.measure import Figures
from processing.assess.overlay import find_overlay, measure_overlay
from processing.assess.subject import Subject, reduce
from processing.decode.photo import decode
from processing.matte.bundled import BundledEstimator

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]
Build = Callable[..., Subject]
RAW = Path(__file__).parents[3] / "samples" / "raw"
WIDTH, HEIGHT = 1024, 768


def photo(
    label: tuple[str, ...] = (),
    degrees: float = 3.0,
    *,
    size: tuple[int, int] = (420, 520),
    letters: int = 44,
    at: tuple[float, ...] = (WIDTH / 2,),
) -> tuple[Pixels, Alpha]:
    """Pouches on a table in light from one side, with lines of print; they stand as straight as things do."""
    wide, high = size
    print_ = Image.new("RGB", size, (206, 164, 92))
    draw = ImageDraw.Draw(print_)
    for row, line in enumerate(label):
        middle = wide / 2, 0.27 * high + 1.6 * letters * row
        draw.text(middle, line, font=ImageFont.load_default(letters), fill=(96, 40, 20), anchor="mm")
    bulge = np.sin(np.linspace(0.5, 2.6, wide))[None, :, None] * np.linspace(1.0, 0.85, high)[:, None, None]
    pouch, alpha = np.zeros((HEIGHT, WIDTH, 3)), np.zeros((HEIGHT, WIDTH), np.float32)
    for middle_at in at:
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), degrees, 1.0)
        turn[:, 2] += middle_at - wide / 2, HEIGHT / 2 - high / 2
        pouch += cv2.warpAffine(np.asarray(print_) * bulge, turn, (WIDTH, HEIGHT))
        alpha += np.asarray(cv2.warpAffine(np.ones((high, wide), np.float32), turn, (WIDTH, HEIGHT)))
    table = np.outer(np.linspace(0.8, 1.1, HEIGHT), np.linspace(1.05, 0.8, WIDTH))[..., None] * (150, 140, 128)
    lit = cv2.GaussianBlur(table * (1 - alpha[..., None]) + pouch * alpha[..., None], (0, 0), 0.7)
    seen = lit + np.random.default_rng(3).normal(0, 2, lit.shape)
    return np.clip(seen, 0, 255).astype(np.uint8), alpha


def written_over(pixels: Pixels, draw_on: Callable[[ImageDraw.ImageDraw], None], degrees: float = 0.0) -> Pixels:
    layer = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    draw_on(ImageDraw.Draw(layer))
    layer = layer.rotate(degrees, resample=Image.Resampling.BICUBIC)
    return np.asarray(Image.alpha_composite(Image.fromarray(pixels).convert("RGBA"), layer).convert("RGB"))


def found(figures: Figures) -> list[DefectCode]:
    return [defect.code for defect in find_overlay(figures)]


def in_corner(draw: ImageDraw.ImageDraw) -> None:
    draw.text((40, HEIGHT - 30), "WA 0812-3456-7890", font=ImageFont.load_default(36), fill="white", anchor="ls")


def on_sticker(draw: ImageDraw.ImageDraw) -> None:
    draw.rounded_rectangle((40, 40, 400, 120), radius=16, fill="red")
    draw.text((220, 80), "DISKON 50%", font=ImageFont.load_default(48), fill="white", anchor="mm")


def as_date(draw: ImageDraw.ImageDraw) -> None:
    face = ImageFont.load_default(34)
    draw.text((WIDTH - 40, HEIGHT - 40), "14.02.2019 09:41", font=face, fill=(255, 180, 0), anchor="rs")


def across(draw: ImageDraw.ImageDraw) -> None:
    face, veil = ImageFont.load_default(84), (255, 255, 255, 150)
    draw.text((WIDTH / 2, HEIGHT / 2), "TOKO BERKAH", font=face, fill=veil, anchor="mm")


def again_and_again(draw: ImageDraw.ImageDraw) -> None:
    face, veil = ImageFont.load_default(44), (255, 255, 255, 140)
    for row in range(-2, 12):
        for column in range(-1, 4):
            draw.text((column * 420 + row % 2 * 200, row * 130), "Rina Collection", font=face, fill=veil)


LABEL = ("DAPUR BU EUIS", "Keripik Singkong", "BALADO", "250 gram")


@pytest.mark.parametrize("writing", [in_corner, on_sticker, as_date])
@pytest.mark.parametrize("label", [(), LABEL], ids=["plain pouch", "printed pouch"])
def test_writing_laid_over_a_photo_is_found_where_it_is(
    writing: Callable[[ImageDraw.ImageDraw], None], label: tuple[str, ...], subject_of: Build
) -> None:
    pixels, alpha = photo(label)
    figures = measure_overlay(subject_of(written_over(pixels, writing), alpha))
    assert found(figures) == [DefectCode.TEXT_OVERLAY]
    written = np.any(written_over(np.zeros_like(pixels), writing) > 60, axis=2)
    down, across_ = np.nonzero(written)
    (defect,) = find_overlay(figures)
    assert defect.box is not None
    assert defect.box.left * WIDTH == pytest.approx(across_.min(), abs=60)
    assert defect.box.bottom * HEIGHT == pytest.approx(down.max(), abs=60)


@pytest.mark.parametrize(("writing", "degrees"), [(across, 30), (across, -35), (again_and_again, 30)])
def test_a_watermark_is_found(
    writing: Callable[[ImageDraw.ImageDraw], None], degrees: float, subject_of: Build
) -> None:
    pixels, alpha = photo()
    assert DefectCode.WATERMARK in found(
        measure_overlay(subject_of(written_over(pixels, writing, degrees), alpha))
    )


@pytest.mark.parametrize("degrees", [-6.0, 3.0])
@pytest.mark.parametrize("trust", [1.0, 0.0], ids=["known product", "unknown product"])
def test_print_on_the_product_is_no_overlay(degrees: float, trust: float, subject_of: Build) -> None:
    pixels, alpha = photo(LABEL, degrees)
    assert found(measure_overlay(subject_of(pixels, alpha, trust))) == []


WIDE_POUCH, JAR = (620, 620), (250, 400)
THREE = (200, 512, 824)


@pytest.mark.parametrize("degrees", [0.0, 0.6])
@pytest.mark.parametrize("label", [("KERIPIKKU",), ("DAPUREUIS", "Keripik", "BALADO")])
def test_a_brand_name_right_across_a_pouch_that_stands_straight_is_no_overlay(
    label: tuple[str, ...], degrees: float, subject_of: Build
) -> None:
    pixels, alpha = photo(label, degrees, size=WIDE_POUCH, letters=92)
    assert found(measure_overlay(subject_of(pixels, alpha))) == []


@pytest.mark.parametrize("trust", [1.0, 0.0], ids=["known product", "unknown product"])
def test_equal_labels_on_jars_side_by_side_are_no_overlay(trust: float, subject_of: Build) -> None:
    pixels, alpha = photo(("isi 150 g",), 0.0, size=(210, 400), letters=38, at=(160, 512, 864))
    assert found(measure_overlay(subject_of(pixels, alpha, trust))) == []


def test_equal_labels_so_near_to_each_other_that_they_read_as_one_line_are_no_overlay(subject_of: Build) -> None:
    pixels, alpha = photo(("Sambal Ijo", "Bu Euis"), 0.0, size=JAR, at=THREE)
    assert found(measure_overlay(subject_of(pixels, alpha))) == []


def test_a_label_from_nearby_is_no_overlay_though_it_goes_to_the_photos_side(subject_of: Build) -> None:
    label = ("KERIPIK SINGKONG", "Dapur Bu Euis", "isi 250 gram", "Komposisi: singkong", "Produksi Garut")
    pixels, alpha = photo(label, 0.0, size=(2 * WIDTH, 2 * HEIGHT), letters=140)
    middle = alpha.shape[1] // 2
    assert alpha[:, middle].all()
    assert found(measure_overlay(subject_of(pixels, alpha))) == []


@pytest.mark.parametrize("writing", [across, again_and_again])
@pytest.mark.parametrize("label", [(), LABEL], ids=["plain pouch", "printed pouch"])
def test_a_level_watermark_is_found_where_it_goes_on_beside_the_product(
    writing: Callable[[ImageDraw.ImageDraw], None], label: tuple[str, ...], subject_of: Build
) -> None:
    pixels, alpha = photo(label)
    assert DefectCode.WATERMARK in found(measure_overlay(subject_of(written_over(pixels, writing), alpha)))


def test_a_photo_without_writing_has_none(pixels: Pixels, alpha: Alpha, subject_of: Build) -> None:
    for subject in (subject_of(pixels, alpha), subject_of(*photo())):
        figures = measure_overlay(subject)
        assert [one.value for one in figures] == [0.0, 0.0]
        assert find_overlay(figures) == ()


def test_the_more_is_written_the_graver(subject_of: Build) -> None:
    pixels, alpha = photo()
    shares = []
    for height in (34, 44, 58, 76):

        def offer(draw: ImageDraw.ImageDraw, height: int = height) -> None:
            face = ImageFont.load_default(height)
            draw.text((30, HEIGHT - 24), "Hub 081234567890", font=face, fill="yellow", anchor="ls")

        shares.append(measure_overlay(subject_of(written_over(pixels, offer), alpha))[0].value or 0.0)
    assert shares[0] > 0
    assert shares == sorted(shares)


@pytest.mark.parametrize(("reach", "expected"), [(0.25, [DefectCode.WATERMARK]), (0.12, [])])
def test_what_runs_far_aslant_is_a_watermark_though_a_print_under_it_breaks_its_letters(
    reach: float, expected: list[DefectCode], subject_of: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, last = (0.5 - reach, 0.5 + reach), (0.5 + reach, 0.5 - reach)
    corners = first, last, (last[0], last[1] + 0.08), (first[0], first[1] + 0.08)
    broken = TextLine(text="DapVANS Euis", corners=corners, confidence=0.79)
    monkeypatch.setattr("processing.assess.subject.read_text", lambda _: (broken,))
    pixels, _ = photo(LABEL)
    assert found(measure_overlay(subject_of(pixels, np.ones(pixels.shape[:2], np.float32)))) == expected


@pytest.mark.parametrize(
    "name",
    [
        "bu-euis/keripik-singkong/depan.jpg",
        "bu-euis/sambal-bawang/depan.jpg",
        "bu-euis/paket-camilan/keripik.jpg",
        "kang-dadan/madu-hutan/depan.jpg",
    ],
)
def test_the_samples_labels_are_no_overlay(name: str) -> None:
    picture = decode((RAW / name).read_bytes(), name=name, min_side=1000)
    subject = reduce(picture, BundledEstimator().estimate(picture), load_approval_rule().min_trust)
    assert len(subject.lines) > 0
    assert found(measure_overlay(subject)) == []
