import numpy as np
import pytest

from lab.quality.degradation import Degradation, Scene
from lab.quality.degradations import DEGRADATIONS
from processing.assess.measures import MEASURES
from tests.drawn_products import batik

FOUND = {code for measure in MEASURES for code in measure.defects}


@pytest.mark.parametrize("degradation", DEGRADATIONS, ids=lambda one: one.name)
def test_what_is_put_in_can_be_found_and_is_the_same_each_time(degradation: Degradation) -> None:
    pixels, alpha = batik()
    scene = Scene(
        pixels[::4, ::4].copy(), alpha[::4, ::4].copy(), trusted=True, companion=pixels[1::4, ::4].copy()
    )
    assert degradation.defect in FOUND
    assert degradation.noticed in degradation.amounts
    assert list(degradation.amounts) == sorted(set(degradation.amounts))
    mild, grave, again = (
        degradation.apply(scene, amount, np.random.default_rng(1))
        for amount in (degradation.amounts[0], degradation.amounts[-1], degradation.amounts[-1])
    )
    assert np.array_equal(grave, again)
    assert grave.dtype == np.uint8
    assert not np.array_equal(mild, grave)
