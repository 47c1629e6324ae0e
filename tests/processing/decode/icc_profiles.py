"""ICC profiles of displays, written by hand from their primaries (ICC.1:2001-04, the matrix model)."""

import struct

import numpy as np
from numpy.typing import NDArray

Points = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]
Matrix = NDArray[np.float64]

D65 = (0.3127, 0.3290)
D50_XYZ = np.array([0.9642, 1.0, 0.8249])
SRGB: Points = ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
DISPLAY_P3: Points = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
ADOBE_RGB: Points = ((0.640, 0.330), (0.210, 0.710), (0.150, 0.060))
ADOBE_GAMMA = 563 / 256
BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])


def srgb_to_linear(encoded: Matrix) -> Matrix:
    """Return light in [0, 1] (IEC 61966-2-1)."""
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)


def linear_to_srgb(light: Matrix) -> Matrix:
    """Return the encoded value in [0, 1] (IEC 61966-2-1)."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055)


def to_xyz(primaries: Points) -> Matrix:
    """Return the matrix from linear RGB to XYZ with the white D65."""
    columns = np.array([[x / y, 1, (1 - x - y) / y] for x, y in primaries]).T
    white = np.array([D65[0] / D65[1], 1, (1 - sum(D65)) / D65[1]])
    return np.asarray(columns * np.linalg.solve(columns, white))


def matrix_profile(description: str, primaries: Points, curve: Matrix) -> bytes:
    """Return a display profile with the white D65; ``curve`` samples light in [0, 1] over the encoded values."""
    white = to_xyz(primaries) @ np.ones(3)
    adapt = np.linalg.inv(BRADFORD) @ np.diag((BRADFORD @ D50_XYZ) / (BRADFORD @ white)) @ BRADFORD
    red, green, blue = (adapt @ to_xyz(primaries)).T
    trc = b"curv" + bytes(4) + struct.pack(">I", len(curve)) + np.round(curve * 65535).astype(">u2").tobytes()
    tags = {
        b"desc": _description(description),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": _xyz(D50_XYZ),
        b"rXYZ": _xyz(red),
        b"gXYZ": _xyz(green),
        b"bXYZ": _xyz(blue),
        b"rTRC": trc,
        b"gTRC": trc,
        b"bTRC": trc,
    }
    return _profile(b"RGB ", tags)


def grey_profile(gamma: float) -> bytes:
    """Return a profile of grey levels."""
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256))
    tags = {b"desc": _description("grey"), b"cprt": b"text" + bytes(4) + b"none\0", b"wtpt": _xyz(D50_XYZ)}
    return _profile(b"GRAY", {**tags, b"kTRC": curve})


def _profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", start + len(body), len(value))
        body += value + bytes(-len(value) % 4)
    size = 128 + len(table) + len(body)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", space, b"XYZ ")
    head += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _xyz(D50_XYZ)[8:]
    return head.ljust(128, b"\0") + table + body


def _xyz(value: Matrix) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(float(part) * 65536) for part in value))


def _description(text: str) -> bytes:
    plain = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(plain)) + plain + bytes(78)
