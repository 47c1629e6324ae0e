from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from models.assessment import DefectCode
from processing.assess.exposure import find_misexposure, measure_exposure
from processing.assess.subject import Subject

Pixels = NDArray[np.uint8]
Alpha = NDArray[np.float32]


def exposed(pixels: Pixels, stops: float) -> Pixels:
    """The same scene in more or less light."""
    light = (pixels / 255) ** 2.2 * 2**stops
    return np.rint(255 * np.clip(light, 0, 1) ** (1 / 2.2)).astype(np.uint8)


def found(subject: Subject) -> dict[DefectCode, float]:
    return {defect.code: defect.severity for defect in find_misexposure(measure_exposure(subject))}


def test_a_well_exposed_photo_has_no_defect(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    assert found(subject_of(pixels, alpha)) == {}


@pytest.mark.parametrize("stops", [-3.0, -4.0])
def test_a_photo_without_light_is_too_dark(
    stops: float, pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    assert found(subject_of(exposed(pixels, stops), alpha))[DefectCode.UNDEREXPOSED] > 0.3


def test_a_washed_out_product_is_too_bright(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    assert found(subject_of(exposed(pixels, 3), alpha))[DefectCode.OVEREXPOSED] > 0.3


def test_less_light_is_graver(pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]) -> None:
    grave = [
        found(subject_of(exposed(pixels, -stops), alpha)).get(DefectCode.UNDEREXPOSED, 0) for stops in range(5)
    ]
    assert grave == sorted(grave)
    assert grave[-1] > grave[0]


def test_a_product_that_has_sunk_into_black_is_too_dark_before_a_lit_wall_as_well(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    pixels[alpha > 0] = 2
    assert set(found(subject_of(pixels, alpha))) == {DefectCode.UNDEREXPOSED}


@pytest.mark.parametrize("colour", [(15, 15, 18), (225, 225, 225), (190, 10, 10), (10, 20, 90)])
def test_a_products_own_colour_is_no_fault_of_the_light(
    colour: tuple[int, int, int], alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    pixels = np.where(alpha[:, :, None] > 0, np.array(colour), 205).astype(np.uint8)
    assert found(subject_of(pixels, alpha)) == {}


def test_only_the_products_clipping_counts(
    pixels: Pixels, alpha: Alpha, subject_of: Callable[..., Subject]
) -> None:
    pixels[alpha == 0] = 255
    assert found(subject_of(pixels, alpha)) == {}
