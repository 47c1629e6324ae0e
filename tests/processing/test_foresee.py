"""What is foreseen of a photo is what comes of it: what is called ours to mend is mended, and nothing else is."""

import io
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from config.recipes import load_recipe
from models.approval import ApprovalRule
from models.assessment import Defect, DefectCode
from models.listing import ListingKey
from models.matte import Matte
from models.note import SellerNote
from models.photo import Finished
from models.picture import Picture, Source
from models.repair import Remedy, is_mended
from models.suggestion import Suggestion
from processing import foresee
from processing.assess.subject import reduce
from processing.listing import assemble_listing
from processing.matte.bundled import BundledEstimator
from processing.photo import ProcessedPhoto, process_photo
from processing.repair import BY_LIGHT, predict_remedy, severities
from processing.tilt import measure_tilt
from processing.tone import relight
from tests.processing.test_photo import Shown

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]
WHITE = load_recipe("white-square")
SAMPLES = Path(__file__).parents[2] / "samples"
MIN_TRUST = 0.5
GREY = (190, 190, 190)
BROWN = (120, 84, 58)
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def packet(
    size: tuple[int, int] = (800, 600),
    *,
    side: float = 0.5,
    degrees: float = 0.0,
    aside: float = 0.0,
    ground: tuple[int, int, int] = GREY,
) -> tuple[Pixels, Alpha]:
    """Return a packet with a printed label on a plain ground, and its matte.

    ``side`` is its height as a share of the photo's, ``degrees`` how far it leans clockwise, ``aside`` by what
    share of the photo's width it lies to the right of the middle.
    """
    width, height = size
    tall = side * height
    turn = cv2.getRotationMatrix2D((0, 0), -degrees, 1)
    turn[:, 2] = width / 2 + aside * width, height / 2
    drawn = np.full((height, width, 3), ground, np.uint8)
    alpha = np.zeros((height, width), np.uint8)
    for across, down, colour in (
        (0.35, 0.5, (168, 96, 64)),
        (0.25, 0.3, (236, 226, 200)),
        (0.12, 0.12, (52, 70, 44)),
    ):
        corners = np.array([(-across, -down), (across, -down), (across, down), (-across, down)]) * tall
        at = np.rint(np.c_[corners, np.ones(4)] @ turn.T * 16).astype(np.int32)
        cv2.fillConvexPoly(drawn, at, colour, cv2.LINE_AA, 4)
        if down == 0.5:
            cv2.fillConvexPoly(alpha, at, 255, cv2.LINE_AA, 4)
    grain = np.random.default_rng(1).normal(0, 1, drawn.shape)
    return np.clip(np.rint(drawn + grain), 0, 255).astype(np.uint8), (alpha / 255).astype(np.float32)


def sample(name: str) -> tuple[Pixels, Alpha]:
    """Return one of the samples, and its matte."""
    photo = Image.open(SAMPLES / "raw" / f"{name}.jpg").convert("RGB").resize((1024, 768))
    matte = Image.open(SAMPLES / "truth" / f"{name}.png").resize((384, 288))
    return np.asarray(photo), np.asarray(matte, np.float32) / 255


def exposed(pixels: Pixels, stops: float) -> Pixels:
    return np.rint(255 * np.clip((pixels / 255) ** 2.2 * 2.0**stops, 0, 1) ** (1 / 2.2)).astype(np.uint8)


def under_lamp(pixels: Pixels, stops: float) -> Pixels:
    """Return a photo whose light has that many stops more red than blue, as bright as before."""
    gains = 2.0 ** (stops * np.array([1 / 3, 0.0, -2 / 3]))
    light = (pixels / 255) ** 2.2 * gains / (gains @ LUMINANCE)
    return np.rint(255 * np.clip(light, 0, 1) ** (1 / 2.2)).astype(np.uint8)


@cache
def network() -> BundledEstimator:
    return BundledEstimator()


def warmth_of(picture: Picture) -> float | None:
    """Return what the network tells of a photo's light."""
    return network().estimate(picture).warmth


def finish(pixels: Pixels, alpha: Alpha, trust: float = 0.9) -> ProcessedPhoto:
    """Take a photo the whole way, with the product where we drew it and the light as the network tells."""
    height, width = pixels.shape[:2]
    picture = Picture(pixels, Source(format="PNG", width=width, height=height, bytes=0))
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return process_photo(
        out.getvalue(),
        name="depan.png",
        recipe=WHITE,
        estimator=Shown(alpha, trust, warmth_of(picture)),
        marketplaces=(),
        min_trust=MIN_TRUST,
    )


def told(photo: ProcessedPhoto, code: DefectCode) -> Defect:
    """Return the defect, which must be told."""
    (defect,) = (one for one in photo.assessment.defects if one.code is code)
    return defect


def came_as_foreseen(photo: ProcessedPhoto, code: DefectCode) -> bool:
    """Return whether we said that we mend it, after making sure that we did just then."""
    ours = predict_remedy(told(photo, code), trusted=photo.trusted) is Remedy.REPAIR
    tried = {repair.code: repair.worked for repair in photo.repairs}
    assert tried.get(code) is (True if ours else None)
    return ours


def foreseen_right(pixels: Pixels, alpha: Alpha, trust: float, code: DefectCode) -> tuple[float, bool] | None:
    """Return how grave a defect of light is and whether we said that we mend it, ``None`` where it is not told.

    What we said is held against the whole photo in the light that it was finished in.
    """
    photo = finish(pixels, alpha, trust)
    if code not in {one.code for one in photo.assessment.defects}:
        return None
    before, ours = told(photo, code).severity, came_as_foreseen(photo, code)
    lit = Picture(relight(pixels, photo.assessment.light), photo.source)
    matte = Matte(alpha, trust, warmth=warmth_of(lit))
    after = severities(reduce(lit, matte, MIN_TRUST), BY_LIGHT)[code]
    assert ours == is_mended(before, after)
    return before, ours


@pytest.mark.parametrize("trust", [0.9, 0.1])
def test_of_dim_photos_of_every_gravity_those_are_mended_that_are_said_to_be(trust: float) -> None:
    clean, alpha = packet(ground=BROWN)
    dim = [exposed(clean, stops) for stops in np.arange(-1.75, -3.5, -0.25)]
    told_of = [foreseen_right(each, alpha, trust, DefectCode.UNDEREXPOSED) for each in dim]
    ours = dict(one for one in told_of if one is not None)

    assert len(ours) == len(dim)
    assert all(mended for severity, mended in ours.items() if severity < 0.25)
    assert not any(mended for severity, mended in ours.items() if severity > 0.5)


@pytest.mark.parametrize(
    ("name", "stops", "ours"),
    [
        ("pak-asep/cangkir-keramik/depan", 1.4, True),
        ("pak-asep/cangkir-keramik/depan", 1.8, True),
        ("pak-asep/cangkir-keramik/depan", -2.2, False),
        ("kang-dadan/madu-hutan/depan", 1.8, True),
        ("ibu-sari/sandal-pandan/kecil", -2.2, False),
        ("kang-dadan/madu-hutan/depan", -1.8, True),
        ("kang-dadan/batik-megamendung/depan", 2.2, False),
    ],
)
def test_of_photos_by_a_lamp_or_in_shade_those_are_mended_that_are_said_to_be(
    name: str, stops: float, ours: bool
) -> None:
    clean, alpha = sample(name)
    found = foreseen_right(under_lamp(clean, stops), alpha, 0.9, DefectCode.COLOUR_CAST)
    assert found is not None
    assert found[1] is ours


def test_a_cast_is_the_sellers_to_mend_where_nothing_is_known_to_be_grey() -> None:
    clean, alpha = sample("pak-asep/cangkir-keramik/depan")
    found = foreseen_right(under_lamp(clean, 1.8), alpha, 0.1, DefectCode.COLOUR_CAST)
    assert found is not None
    assert not found[1]


@pytest.mark.parametrize(
    ("degrees", "ours"), [(11.0, True), (-13.0, True), (14.5, True), (-17.0, False), (28.0, False)]
)
def test_a_leaning_packet_is_straightened_where_that_was_said(degrees: float, ours: bool) -> None:
    photo = finish(*packet(degrees=degrees))
    (cutout,) = (one for one in photo.renditions if one.name == "cutout.webp")
    alpha = np.asarray(Image.open(io.BytesIO(cutout.data)))[:, :, 3].astype(np.float32) / 255
    lean = measure_tilt(alpha, cutout.width, cutout.height)

    assert came_as_foreseen(photo, DefectCode.TILTED) is ours
    assert lean == pytest.approx(0.0 if ours else degrees, abs=0.5)


def test_a_lean_that_no_straight_edge_tells_is_left_to_the_seller() -> None:
    """Of eight real photos that lean by their symmetry alone three do not, and would be turned askew."""
    pixels, alpha = np.full((600, 800, 3), GREY, np.uint8), np.zeros((600, 800), np.uint8)
    for image, colour in ((pixels, (168, 96, 64)), (alpha, (255,))):
        cv2.ellipse(image, (400, 300), (80, 200), 14, 0, 360, colour, -1, cv2.LINE_AA)
    photo = finish(pixels, (alpha / 255).astype(np.float32))
    assert not came_as_foreseen(photo, DefectCode.TILTED)


@pytest.mark.parametrize(
    ("size", "side", "ours"),
    [((2400, 1800), 0.2, True), ((2400, 1800), 0.12, True), ((800, 600), 0.2, False), ((1600, 1200), 0.28, True)],
)
def test_a_small_product_is_enlarged_where_the_photo_has_its_pixels(
    size: tuple[int, int], side: float, ours: bool
) -> None:
    assert came_as_foreseen(finish(*packet(size, side=side)), DefectCode.SMALL_IN_FRAME) is ours


@pytest.mark.parametrize("aside", [0.16, -0.25])
def test_a_product_beside_the_middle_is_laid_there(aside: float) -> None:
    assert came_as_foreseen(finish(*packet(aside=aside)), DefectCode.OFF_CENTRE)


@pytest.mark.parametrize(("trust", "ours"), [(0.9, True), (0.1, None)])
def test_what_framing_mends_is_ours_only_where_the_product_is_known(trust: float, ours: bool | None) -> None:
    photo = finish(*packet(aside=0.25), trust)
    found = {one.code: predict_remedy(one, trusted=photo.trusted) for one in photo.assessment.defects}
    assert found.get(DefectCode.OFF_CENTRE) is (Remedy.REPAIR if ours else None)


def test_light_that_would_leave_the_photo_no_better_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    clean, alpha = packet(ground=BROWN)
    picture = finish(exposed(clean, -1.6), alpha)
    assert picture.assessment.light is not None
    monkeypatch.setattr(foresee, "relight", lambda pixels, light: pixels.copy())
    photo = finish(exposed(clean, -1.6), alpha)
    assert photo.assessment.light is None
    assert not came_as_foreseen(photo, DefectCode.UNDEREXPOSED)


def test_light_that_brings_up_more_grain_than_it_is_worth_is_not_used() -> None:
    clean, alpha = packet((1200, 900), ground=BROWN)
    dim = exposed(clean, -1.8)
    used = []
    for grain in (0, 8, 12, 20):
        noise = np.random.default_rng(2).normal(0, grain, dim.shape)
        photo = finish(np.clip(np.rint(dim + noise), 0, 255).astype(np.uint8), alpha)
        used.append(photo.assessment.light is not None)
        assert came_as_foreseen(photo, DefectCode.UNDEREXPOSED) is used[-1]
    assert used == [True, True, True, False]


def test_a_listing_whose_small_product_was_framed_well_is_not_held_up() -> None:
    pixels, alpha = packet((2400, 1800), side=0.12)
    made = finish(pixels, alpha)
    rule = ApprovalRule(min_trust=MIN_TRUST, min_score=60, max_severity=0.6)
    photo = Finished(
        file="depan.png",
        sha256="00",
        source=made.source,
        trust=made.trust,
        trusted=made.trusted,
        doubts=made.doubts,
        assessment=made.assessment.model_copy(
            update={"defects": (told(made, DefectCode.SMALL_IN_FRAME),), "score": 55}
        ),
        verdicts=(),
        renditions=(),
        repairs=made.repairs,
    )
    asked = {
        "key": ListingKey(seller="ibu-ani", listing="kopi"),
        "version": 1,
        "identity": "x",
        "note": SellerNote(),
        "suggestion": Suggestion(title=None, category=None, price=None, description=None, questions=()),
        "rule": rule,
    }
    assert told(made, DefectCode.SMALL_IN_FRAME).severity > rule.max_severity
    assert assemble_listing(photos=(photo,), **asked).publishable
    not_mended = photo.model_copy(update={"repairs": ()})
    assert not assemble_listing(photos=(not_mended,), **asked).publishable
