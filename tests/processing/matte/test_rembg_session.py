from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.picture import Picture, Source
from processing.matte.bundled import BundledEstimator
from processing.resizing import enlarge

pytestmark = pytest.mark.heavy  # rembg's first import compiles pymatting

PHOTO = Path(__file__).parents[3] / "samples/raw/ibu-sari/sandal-pandan/depan.jpg"


def test_rembg_removes_the_background_with_our_network() -> None:
    from rembg import remove  # noqa: PLC0415 - only these tests pay for it

    from processing.matte.rembg_session import EtalaseSession  # noqa: PLC0415

    with Image.open(PHOTO) as image:
        photo = image.convert("RGB")
    cut = remove(photo, session=EtalaseSession.open())
    assert isinstance(cut, Image.Image)
    assert cut.mode == "RGBA"
    assert cut.size == photo.size
    pixels = np.asarray(photo)
    ours = BundledEstimator().estimate(
        Picture(pixels, Source(format="JPEG", width=photo.width, height=photo.height, bytes=1))
    )
    difference = np.asarray(cut)[..., 3] / 255.0 - enlarge(ours.alpha, photo.size)
    assert np.abs(difference).mean() < 0.005
