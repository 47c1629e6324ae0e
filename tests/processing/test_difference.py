import numpy as np
import pytest
from skimage.color import deltaE_ciede2000, rgb2lab

from processing.difference import ciede2000, to_lab

PUBLISHED = (
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
    ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
)
"""From the supplementary test data of Sharma, Wu and Dalal: where the hue turns over, and where there is none."""


@pytest.mark.parametrize(("one", "other", "difference"), PUBLISHED)
def test_published_colours_differ_as_published(
    one: tuple[float, ...], other: tuple[float, ...], difference: float
) -> None:
    assert float(ciede2000(np.array(one), np.array(other))) == pytest.approx(difference, abs=5e-5)
    assert float(ciede2000(np.array(other), np.array(one))) == pytest.approx(difference, abs=5e-5)


def test_any_colours_differ_as_elsewhere() -> None:
    levels = np.random.default_rng(0).integers(0, 256, (2, 20_000, 3)).astype(np.uint8)
    levels[0, :200] = levels[0, :200, :1]
    levels[1, 100:300] = levels[0, 100:300]
    one, other = to_lab(levels)
    assert np.abs(to_lab(levels) - rgb2lab(levels)).max() < 1e-9
    assert np.abs(ciede2000(one, other) - deltaE_ciede2000(one, other)).max() < 1e-9
