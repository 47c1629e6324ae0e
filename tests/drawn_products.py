"""Good photos of products that measures are easily wrong about, drawn: plain, patterned, and see-through ones."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

Drawn = tuple[NDArray[np.uint8], NDArray[np.float32]]
"""The photo, sRGB (H, W, 3), and the product's alpha (H, W) in [0, 1]."""

WIDTH, HEIGHT = 1600, 1200
LENS = 0.7
"""px; softness of a sharp phone photo."""
GRAIN = 1.5
"""Levels; noise of a phone photo in good light."""


def finished(light: NDArray[np.float64], alpha: NDArray[np.float64]) -> Drawn:
    """Return a drawing in levels as a phone's photo: its lens, a fall of light across it, a little noise."""
    fall = (
        np.linspace(1.04, 0.92, light.shape[1])[None, :, None]
        * np.linspace(0.97, 1.03, light.shape[0])[:, None, None]
    )
    seen = cv2.GaussianBlur(light * fall, (0, 0), LENS)
    seen = seen + np.random.default_rng(11).normal(0, GRAIN, seen.shape)
    return np.clip(np.rint(seen), 0, 255).astype(np.uint8), cv2.GaussianBlur(alpha, (0, 0), LENS).astype(
        np.float32
    )


def ground(colour: tuple[int, int, int]) -> NDArray[np.float64]:
    """Return an empty table."""
    return np.full((HEIGHT, WIDTH, 3), colour, np.float64)


def laid(table: NDArray[np.float64], alpha: NDArray[np.float64], cloth: NDArray[np.float64]) -> Drawn:
    """Return a photo of a thing on a table, with a soft shadow beside it."""
    shadow = np.roll(cv2.GaussianBlur(alpha, (0, 0), 22), (14, 20), (0, 1))
    table = table * (1 - 0.35 * shadow[:, :, None])
    return finished(table * (1 - alpha[:, :, None]) + cloth * alpha[:, :, None], alpha)


def disc(radius: int) -> NDArray[np.float64]:
    alpha = np.zeros((HEIGHT, WIDTH))
    cv2.circle(alpha, (WIDTH // 2, HEIGHT // 2), radius, 1.0, -1, cv2.LINE_AA)
    return alpha


def shirt_outline() -> NDArray[np.float64]:
    alpha = np.zeros((HEIGHT, WIDTH))
    outline = [(620, 220), (720, 260), (880, 260), (980, 220), (1220, 380), (1140, 520), (1020, 460), (1020, 1040)]
    outline += [(580, 1040), (580, 460), (460, 520), (380, 380)]
    cv2.fillPoly(alpha, [np.array(outline, np.int32)], 1.0, cv2.LINE_AA)
    return alpha


def white_plate() -> Drawn:
    """A white plate on a pale cloth: a rim, and next to no edges."""
    down, across = np.mgrid[:HEIGHT, :WIDTH]
    distance = np.hypot(across - WIDTH / 2, down - HEIGHT / 2)
    plate = 232 - 9 * np.exp(-(((distance - 300) / 26) ** 2)) - 14 * np.clip((distance - 380) / 40, 0, 1)
    return laid(ground((206, 203, 196)), disc(420), np.repeat(plate[:, :, None], 3, axis=2))


def black_shirt() -> Drawn:
    """A black shirt on a grey wall, with folds that hardly show."""
    down, across = np.mgrid[:HEIGHT, :WIDTH]
    folds = 24 + 7 * np.sin(across / 47.0 + np.sin(down / 90.0)) + 4 * np.sin(across / 23.0 - down / 110.0)
    return laid(ground((176, 176, 174)), shirt_outline(), np.repeat(folds[:, :, None], 3, axis=2))


def batik() -> Drawn:
    """A cloth with fine curled motifs and dots in three colours."""
    chance = np.random.default_rng(3)
    cloth = np.full((HEIGHT, WIDTH, 3), (226, 205, 160), np.uint8)
    for _ in range(900):
        middle = (int(chance.integers(300, 1300)), int(chance.integers(150, 1050)))
        colour = ((84, 47, 24), (30, 52, 92), (150, 84, 36))[chance.integers(3)]
        axes = (int(chance.integers(8, 34)), int(chance.integers(4, 12)))
        turn = int(chance.integers(0, 360))
        cv2.ellipse(cloth, middle, axes, turn, 0, int(chance.integers(180, 360)), colour, 3, cv2.LINE_AA)
        cv2.circle(cloth, middle, 3, colour, -1, cv2.LINE_AA)
    alpha = np.zeros((HEIGHT, WIDTH))
    alpha[150:1050, 300:1300] = 1
    return laid(ground((150, 152, 150)), alpha, cloth.astype(np.float64))


def lace() -> Drawn:
    """A white lace cloth on dark wood: holes of a few px all over it."""
    down, across = np.mgrid[:HEIGHT, :WIDTH]
    mesh = (np.sin(across / 3.2) * np.sin(down / 3.2) > -0.15).astype(np.float64)
    flowers = (np.sin(across / 60.0) * np.sin(down / 60.0) > 0.55).astype(np.float64)
    thread = np.maximum(mesh, flowers)
    alpha = disc(430)
    wood = ground((96, 66, 44))
    cloth = wood * (1 - thread[:, :, None]) + 228 * thread[:, :, None]
    return laid(wood, alpha, cloth)


def see_through_bag() -> Drawn:
    """Chips in a bag of clear film: soft gloss over them, and its own faint outline."""
    chance = np.random.default_rng(5)
    chips = np.full((HEIGHT, WIDTH, 3), (196, 150, 92), np.uint8)
    for _ in range(260):
        middle = (int(chance.integers(480, 1120)), int(chance.integers(330, 1020)))
        level = int(chance.integers(-45, 45))
        colour = (212 + level // 2, 160 + level, 84 + level)
        axes = (int(chance.integers(30, 60)), int(chance.integers(20, 44)))
        cv2.ellipse(chips, middle, axes, int(chance.integers(180)), 0, 360, colour, -1, cv2.LINE_AA)
        cv2.ellipse(chips, middle, axes, 0, 0, 360, (126, 84, 44), 1, cv2.LINE_AA)
    alpha = np.zeros((HEIGHT, WIDTH))
    cv2.rectangle(alpha, (470, 220), (1130, 1040), 1.0, -1)
    gloss = np.zeros((HEIGHT, WIDTH))
    for left, top, wide in ((560, 300, 26), (760, 420, 40), (980, 350, 30)):
        cv2.ellipse(gloss, (left, top + 250), (wide, 240), 8, 0, 360, 1.0, -1, cv2.LINE_AA)
    gloss = 0.5 * cv2.GaussianBlur(gloss, (0, 0), 9)[:, :, None]
    film = chips * (1 - gloss) + 250 * gloss
    film[220:330, 470:1130] = (214, 214, 210)
    return laid(ground((188, 192, 198)), alpha, film)


PRODUCTS: dict[str, Callable[[], Drawn]] = {
    "white plate": white_plate,
    "black shirt": black_shirt,
    "batik": batik,
    "lace": lace,
    "see-through bag": see_through_bag,
}
