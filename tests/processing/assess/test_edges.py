import cv2
import numpy as np
import pytest

from processing.assess.edges import find_edges


def step(angle: float, sigma: float, height: float = 80) -> np.ndarray:
    """Half light, half dark, the border turned by ``angle`` degrees, blurred by ``sigma`` px."""
    down, across = np.mgrid[:200, :200] - 100.0
    side = across * np.cos(np.radians(angle)) + down * np.sin(np.radians(angle))
    return cv2.GaussianBlur(100 + height * np.clip(side + 0.5, 0, 1), (0, 0), max(sigma, 0.01)).astype(np.uint8)


EVERYWHERE = np.ones((200, 200), np.bool_)


@pytest.mark.parametrize("sigma", [1.5, 2.0, 3.0])
@pytest.mark.parametrize("angle", [0, 30, 90, 135])
def test_the_blur_of_a_step_and_its_direction_are_measured(angle: float, sigma: float) -> None:
    edges = find_edges(step(angle, sigma), EVERYWHERE)
    assert len(edges.variance) > 100
    assert np.sqrt(np.median(edges.variance)) == pytest.approx(sigma, rel=0.15)
    turned = np.degrees(edges.direction)
    assert np.median(np.abs((turned - angle + 90) % 180 - 90)) < 5


@pytest.mark.parametrize("height", [20, 60, 120])
def test_a_blur_is_measured_alike_on_faint_and_on_strong_steps(height: float) -> None:
    edges = find_edges(step(20, 2.0, height), EVERYWHERE)
    assert np.sqrt(np.median(edges.variance)) == pytest.approx(2.0, rel=0.25)


def test_stripes_are_no_steps() -> None:
    across = np.arange(200)
    stripes = np.broadcast_to(128 + 60 * np.sin(across * 2 * np.pi / 9), (200, 200)).astype(np.uint8)
    inner = np.zeros((200, 200), np.bool_)
    inner[20:-20, 20:-20] = True
    assert len(find_edges(stripes, inner).variance) < 20


def test_only_edges_where_it_is_told_to_look_are_found() -> None:
    assert len(find_edges(step(0, 1.0), np.zeros((200, 200), np.bool_)).variance) == 0
