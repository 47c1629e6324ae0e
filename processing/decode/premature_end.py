"""A JPEG whose scan stops too soon, but which ends with a proper marker.

libjpeg warns of it (JWRN_HIT_MARKER), which Pillow does not pass on, and fills what is missing with mid-grey: an
upload that was mended shows a grey lower part. Such grey alone proves nothing, since a picture may be grey there;
so the scan is decoded again with other bytes put behind its own. A scan that was whole does not change by that.
"""

from io import BytesIO
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from processing.decode.jpeg_segments import JpegParts

MID_GREY: Final = frozenset({127, 128})
"""What libjpeg makes of coefficients that are all zero, in every channel; one less where Pillow inverts inks."""
NOT_ZERO: Final = bytes(range(1, 128)) * 2
"""Bytes that decode to something else than zero coefficients."""
FILLER: Final = NOT_ZERO + b"".join(bytes([0xFF, 0xD0 + number]) + NOT_ZERO for number in range(8))
"""With every restart marker, since a scan that stopped between two intervals reads on at the one that is due."""
COARSE: Final = 8
"""Decoding at an eighth looks at the mean of each block alone, which is enough and quick."""


def ends_prematurely(image: Image.Image, parts: JpegParts) -> bool:
    """Return True when the last rows of ``image``, the decoded JPEG of ``parts``, were missing from its data.

    A progressive JPEG that has nearly all of its first scan counts as whole: it is complete, but coarse.
    """
    width, height = image.size
    corner = np.asarray(image.crop((width - 1, height - 1, width, height)))
    if not MID_GREY.issuperset(corner.flat):
        return False
    end = parts.bare.find(b"\xff\xd9", parts.scan)
    filled = parts.bare[:end] + FILLER + parts.bare[end:]
    return not np.array_equal(_coarse(parts.bare), _coarse(filled))


def _coarse(jpeg: bytes) -> NDArray[np.uint8]:
    image = JpegImageFile(BytesIO(jpeg))
    width, height = image.size
    image.draft(None, (max(1, width // COARSE), max(1, height // COARSE)))
    return np.asarray(image)
