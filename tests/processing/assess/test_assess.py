from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from config.marketplaces import load_marketplace
from config.recipes import load_recipe
from models.assessment import Assessment, DefectCode
from models.matte import Matte
from models.picture import Picture
from processing.assess.assess import assess

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]
Build = Callable[[Pixels], Picture]
WHITE = load_recipe("white-square")


def assessed(picture: Picture, alpha: Alpha, trust: float = 0.9) -> Assessment:
    return assess(picture, Matte(alpha, trust), (load_marketplace("tokopedia"),), min_trust=0.5, recipe=WHITE)


def test_a_good_photo_has_all_points_and_no_defect(pixels: Pixels, alpha: Alpha, picture_of: Build) -> None:
    pixels, alpha = cv2.resize(pixels, None, fx=1.5, fy=1.5), cv2.resize(alpha, None, fx=1.5, fy=1.5)
    found = assessed(picture_of(np.asarray(pixels, np.uint8)), np.asarray(alpha, np.float32))
    assert found.defects == ()
    assert found.score == 100
    assert {one.marketplace for one in found.verdicts} == {"tokopedia"}


def test_defects_come_with_the_gravest_first(pixels: Pixels, alpha: Alpha, picture_of: Build) -> None:
    dark = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 7) // 4, np.uint8)
    alpha[180:600, :720] = 1
    found = assessed(picture_of(dark), alpha)
    assert {defect.code for defect in found.defects} >= {
        DefectCode.BLUR,
        DefectCode.UNDEREXPOSED,
        DefectCode.CUT_OFF,
    }
    severities = [defect.severity for defect in found.defects]
    assert severities == sorted(severities, reverse=True)
    assert found.score < 30


def test_each_figure_has_its_own_name(pixels: Pixels, alpha: Alpha, picture_of: Build) -> None:
    names = [one.name for one in assessed(picture_of(pixels), alpha).measurements]
    assert len(set(names)) == len(names)


def test_what_nobody_can_check_is_named_and_left_open(pixels: Pixels, alpha: Alpha, picture_of: Build) -> None:
    open_ = {one.name for one in assessed(picture_of(pixels), alpha).measurements if one.value is None}
    assert open_ >= {"hands_and_people", "mirror", "logo"}


def test_our_failed_matte_costs_the_seller_nothing(pixels: Pixels, alpha: Alpha, picture_of: Build) -> None:
    wrong = np.zeros_like(alpha)
    wrong[:30, :30] = 1
    untrusted = assessed(picture_of(pixels), wrong, trust=0.1)
    assert untrusted.score == 100
    assert untrusted.parts["framing"] is None
    assert assessed(picture_of(pixels), wrong, trust=0.9).score < 80


def test_the_same_photo_is_assessed_alike_at_every_size(pixels: Pixels, alpha: Alpha, picture_of: Build) -> None:
    blurred = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 5), np.uint8)
    larger = np.asarray(cv2.resize(blurred, (3072, 2304), interpolation=cv2.INTER_CUBIC), np.uint8)
    one, other = (assessed(picture_of(each), alpha).parts["sharpness"] for each in (blurred, larger))
    assert abs(one - other) < 0.05
