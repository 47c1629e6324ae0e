import pickle
import struct
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from models.picture import Picture
from models.rejection import PhotoRejected, RejectionReason
from processing.decode import DecodeLimits, decode
from tests.corrupt_files import corrupt_files
from tests.photo_files import FORMATS, HEIC_TRANSPARENT, HEIC_TURNED, scene, textured, valid_file, written

CORRUPT = corrupt_files()
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")
MOST_SECONDS = 5.0


@contextmanager
def soon() -> Iterator[None]:
    """Fail where the block takes too long of a processor, whatever else the machine does meanwhile."""
    start = time.process_time()
    yield
    assert time.process_time() - start < MOST_SECONDS


@pytest.mark.parametrize("kind", CORRUPT)
def test_a_corrupt_file_is_rejected_with_its_reason_and_soon(kind: str) -> None:
    file = CORRUPT[kind]
    with soon(), pytest.raises(PhotoRejected) as rejection:
        decode(file.data, name=file.name, min_side=64)
    assert rejection.value.reason in file.reasons
    assert rejection.value.detail
    assert str(pickle.loads(pickle.dumps(rejection.value))) == str(rejection.value)


def test_there_are_many_kinds_of_corrupt_files() -> None:
    assert len(CORRUPT) >= 45


@pytest.mark.parametrize("file_format", FORMATS)
def test_wherever_a_file_is_cut_it_is_no_crash_and_never_called_corrupt(file_format: str) -> None:
    data = valid_file(file_format)
    allowed = {RejectionReason.TRUNCATED, RejectionReason.NOT_AN_IMAGE, RejectionReason.EMPTY}
    whole = decode(data, name="foto", min_side=64).pixels
    for length in range(0, len(data), max(1, len(data) // 300)):
        try:
            picture = decode(data[:length], name="foto", min_side=64)
        except PhotoRejected as rejection:
            assert rejection.reason in allowed
        else:
            assert length > 0.9 * len(data)
            assert np.array_equal(picture.pixels, whole)


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("scale", [1, 8])
def test_a_jpeg_that_was_mended_after_a_cut_is_truncated(scale: int, progressive: bool) -> None:
    data = written(textured(640, 640), "JPEG", quality=85, progressive=progressive, restart_marker_rows=4)
    start = data.index(b"\xff\xda")
    # In a progressive file the first scan alone decides; the later ones only make it finer.
    end = data.index(b"\xff\xc4", start) if progressive else len(data)
    for share in (5, 35, 65, 90):
        cut = data[: start + 20 + (end - start - 20) * share // 100].rstrip(b"\xff")
        with pytest.raises(PhotoRejected) as rejection:
            decode(cut + b"\xff\xd9", name="foto.jpg", min_side=640 // scale)
        assert rejection.value.reason is RejectionReason.TRUNCATED


def test_no_pixel_is_decoded_before_the_limits_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    monkeypatch.setattr(ImageFile.ImageFile, "load", loaded.append)
    for file_format in FORMATS:
        with pytest.raises(PhotoRejected) as rejection:
            decode(valid_file(file_format), name="a", min_side=64, limits=DecodeLimits(max_pixels=6911))
        assert rejection.value.reason is RejectionReason.TOO_MANY_PIXELS
    assert not loaded


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_photo_at_the_limits_is_taken_and_one_beyond_is_not(file_format: str) -> None:
    data = valid_file(file_format)
    at_limits = DecodeLimits(max_bytes=len(data), max_pixels=96 * 72, min_side=72)
    assert decode(data, name="foto", min_side=72, limits=at_limits).pixels.shape == (72, 96, 3)
    for change, reason in (
        ({"max_bytes": len(data) - 1}, RejectionReason.TOO_MANY_BYTES),
        ({"max_pixels": 96 * 72 - 1}, RejectionReason.TOO_MANY_PIXELS),
        ({"min_side": 73}, RejectionReason.TOO_FEW_PIXELS),
    ):
        with pytest.raises(PhotoRejected) as rejection:
            decode(data, name="foto", min_side=72, limits=at_limits.model_copy(update=change))
        assert rejection.value.reason is reason


def test_a_long_narrow_photo_is_taken() -> None:
    assert decode(written(scene(64, 6400), "JPEG"), name="a.jpg", min_side=64).pixels.shape == (6400, 64, 3)


def test_no_limit_of_pillows_own_speaks_up() -> None:
    large = Image.new("1", (9500, 9500))
    limits = DecodeLimits(max_pixels=100_000_000)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = decode(written(large, "PNG"), name="besar.png", min_side=500, limits=limits)
    assert picture.source.width == 9500


def test_threads_do_not_disturb_each_other() -> None:
    files = [(name, valid_file(file_format)) for file_format, name in FORMATS.items()] * 8
    before = (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES, warnings.filters[:])
    alone = [decode(data, name="foto" + name, min_side=64).pixels for name, data in files]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda file: decode(file[1], name="foto" + file[0], min_side=64).pixels, files))
    assert all(np.array_equal(one, other) for one, other in zip(alone, together, strict=True))
    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES, warnings.filters[:])


SEEDS = [
    *(valid_file(file_format) for file_format in FORMATS),
    HEIC_TURNED,
    HEIC_TRANSPARENT,
    written(textured(96, 96), "JPEG", progressive=True),
    written(textured(96, 96).convert("CMYK"), "JPEG"),
    written(textured(96, 96).convert("P"), "PNG", transparency=3),
    written(textured(96, 96).convert("I;16"), "PNG"),
    written(textured(96, 96), "TIFF", compression="tiff_lzw"),
    written(textured(96, 96), "TIFF", compression="jpeg"),
    written(textured(96, 96), "WEBP", lossless=True),
    written(textured(96, 96), "GIF", save_all=True, append_images=[scene(96, 96)]),
]
INTERESTING = [
    b"\x00",
    b"\x01",
    b"\x7f",
    b"\x80",
    b"\xff",
    b"\xff\xd9",
    b"\xff\xff\xff\xff",
    struct.pack(">I", 2**31),
]


@given(data=st.data(), seed=st.sampled_from(SEEDS))
@settings(max_examples=300, suppress_health_check=[HealthCheck.data_too_large])
def test_a_file_changed_at_random_is_decoded_or_rejected(data: st.DataObject, seed: bytes) -> None:
    changed = bytearray(seed)
    # Half of the changes among the first bytes, where the headers are.
    places = st.integers(0, len(seed) - 1) | st.integers(0, min(len(seed), 200) - 1)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(places)
        match data.draw(st.sampled_from(["overwrite", "overwrite", "flip", "insert", "remove", "repeat", "cut"])):
            case "overwrite":
                patch = data.draw(st.sampled_from(INTERESTING) | st.binary(min_size=1, max_size=8))
                changed[at : at + len(patch)] = patch
            case "flip" if at < len(changed):
                changed[at] ^= 1 << data.draw(st.integers(0, 7))
            case "insert":
                changed[at:at] = data.draw(st.binary(max_size=40))
            case "remove":
                del changed[at : at + data.draw(st.integers(1, 40))]
            case "repeat":
                changed[at:at] = changed[at : at + data.draw(st.integers(1, 60))]
            case "cut":
                del changed[at:]
    min_side = data.draw(st.integers(16, 100))
    limits = DecodeLimits(max_pixels=4_000_000)
    try:
        with soon():
            picture = decode(bytes(changed), name="foto", min_side=min_side, limits=limits)
    except PhotoRejected as rejection:
        assert rejection.reason not in {
            RejectionReason.MISSING,
            RejectionReason.CRASHED,
            RejectionReason.UNEXPECTED,
        }
    else:
        assert_is_sound(picture, min_side)


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_bytes_at_random_are_rejected(junk: bytes) -> None:
    with soon(), pytest.raises(PhotoRejected):
        decode(junk, name="foto", min_side=64)


def assert_is_sound(picture: Picture, min_side: int) -> None:
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.ndim == 3
    assert picture.pixels.shape[2] == 3
    assert picture.pixels.flags.c_contiguous
    assert min(picture.width, picture.height) >= min(min_side, picture.source.width, picture.source.height)
    assert min(picture.source.width, picture.source.height) >= 64
    assert picture.source.orientation in range(1, 9)
