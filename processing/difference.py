"""How different two colours look."""

import numpy as np
from numpy.typing import NDArray

_TO_XYZ = np.array(
    [[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])
"""D65, seen under 2 degrees."""
_FAR = 25.0**7


def to_lab(colours: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return CIELAB (D65) of sRGB colours, both of shape (..., 3)."""
    xyz = _LINEAR[colours] @ _TO_XYZ.T / _WHITE
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)  # noqa: PLR2004 - as the standard has it
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def ciede2000(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIEDE2000 differences [1]_ of CIELAB colours, of shapes (..., 3) that fit together.

    References
    ----------
    .. [1] Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula: Implementation notes, supplementary test
       data, and mathematical observations", Color Research and Application 30 (2005).
    """
    (l_1, a_1, b_1), (l_2, a_2, b_2) = np.moveaxis(one, -1, 0), np.moveaxis(other, -1, 0)
    mean_chroma_7 = ((np.hypot(a_1, b_1) + np.hypot(a_2, b_2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(mean_chroma_7 / (mean_chroma_7 + _FAR))
    c_1, c_2 = np.hypot(stretch * a_1, b_1), np.hypot(stretch * a_2, b_2)
    h_1, h_2 = (np.arctan2(b, stretch * a) % (2 * np.pi) for a, b in ((a_1, b_1), (a_2, b_2)))

    turn = h_2 - h_1
    apart = np.abs(turn) > np.pi
    grey = c_1 * c_2 == 0
    turned = np.where(grey, 0.0, turn - 2 * np.pi * np.sign(turn) * apart)
    hue_sum = h_1 + h_2
    hue = np.where(grey, hue_sum, (hue_sum + 2 * np.pi * np.where(hue_sum < 2 * np.pi, 1, -1) * apart) / 2)
    lightness, chroma = (l_1 + l_2) / 2, (c_1 + c_2) / 2

    from_middle = (lightness - 50) ** 2
    by_lightness = 1 + 0.015 * from_middle / np.sqrt(20 + from_middle)
    by_chroma = 1 + 0.045 * chroma
    by_hue = 1 + 0.015 * chroma * (
        1
        - 0.17 * np.cos(hue - np.radians(30))
        + 0.24 * np.cos(2 * hue)
        + 0.32 * np.cos(3 * hue + np.radians(6))
        - 0.20 * np.cos(4 * hue - np.radians(63))
    )
    chroma_7 = chroma**7
    blue = np.exp(-(((np.degrees(hue) - 275) / 25) ** 2))
    rotation = -2 * np.sqrt(chroma_7 / (chroma_7 + _FAR)) * np.sin(np.radians(60) * blue)

    in_lightness = (l_2 - l_1) / by_lightness
    in_chroma = (c_2 - c_1) / by_chroma
    in_hue = 2 * np.sqrt(c_1 * c_2) * np.sin(turned / 2) / by_hue
    squared = np.maximum(in_lightness**2 + in_chroma**2 + in_hue**2 + rotation * in_chroma * in_hue, 0.0)
    return np.asarray(np.sqrt(squared), dtype=np.float64)


def _linear(encoded: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(encoded > 0.04045, ((encoded + 0.055) / 1.055) ** 2.4, encoded / 12.92)  # noqa: PLR2004 - as above


_LINEAR = _linear(np.arange(256) / 255)
"""Linear light of each sRGB level (IEC 61966-2-1)."""
