import pytest
from PIL import Image

from processing.decode import decode
from tests.photo_files import HEIC_TURNED, scene, written

EXIF_IFD, GPS_IFD = 0x8769, 0x8825
WITH_EXIF = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")


def exif_block(taken_at: str | None = None, orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Kamera"
    exif[EXIF_IFD] = {} if taken_at is None else {0x9003: taken_at}
    exif[GPS_IFD] = {1: "S", 2: (7.0, 47.0, 44.9), 3: "E", 4: (110.0, 21.0, 49.0)}
    read_back = Image.Exif()
    read_back.load(exif.tobytes())
    return read_back


@pytest.mark.parametrize("file_format", WITH_EXIF)
def test_the_cameras_time_is_kept_and_the_place_is_not(file_format: str) -> None:
    data = written(scene(), file_format, exif=exif_block("2024:05:17 09:30:00"))
    picture = decode(data, name="foto", min_side=64)
    assert picture.source.taken_at == "2024:05:17 09:30:00"
    told = picture.source.model_dump_json()
    assert "110" not in told
    assert "gps" not in told.lower()


@pytest.mark.parametrize(
    "taken_at",
    [
        "",
        "kemarin",
        "    :  :     :  :  ",
        "0000:00:00 00:00:00",
        "2024:02:30 09:30:00",
        "2024:05:17 25:00:00",
        "2024-05-17 09:30:00",
        "2024:05:17 09:30:00Z",
    ],
)
def test_a_time_that_is_none_is_not_kept(taken_at: str) -> None:
    data = written(scene(), "JPEG", exif=exif_block(taken_at, orientation=6))
    picture = decode(data, name="foto", min_side=64)
    assert picture.source.taken_at is None
    assert picture.source.orientation == 6


def broken_blocks() -> dict[str, bytes]:
    whole = exif_block("2024:05:17 09:30:00", orientation=1).tobytes()
    at = whole.index(EXIF_IFD.to_bytes(2, "big"))
    return {
        "nothing": b"Exif\0\0",
        "text": b"Exif\0\0this is no TIFF at all",
        "cut": whole[: len(whole) // 2],
        "head alone": whole[:10],
        "first directory far away": whole[:10] + b"\x7f\xff\xff\xff" + whole[14:],
        "many entries": whole[:14] + b"\xff\xff" + whole[16:],
        "camera's directory far away": whole[: at + 8] + b"\x7f\xff\xff\xff" + whole[at + 12 :],
        "zeros": b"Exif\0\0" + bytes(100),
        "directory in itself": whole[: at + 8] + b"\0\0\0\x08" + whole[at + 12 :],
    }


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kind", broken_blocks())
@pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")
def test_a_broken_block_does_not_cost_the_photo(kind: str, file_format: str) -> None:
    data = written(scene(), file_format, exif=broken_blocks()[kind])
    picture = decode(data, name="foto", min_side=64)
    assert picture.pixels.shape == (72, 96, 3)
    assert picture.source.orientation == 1


@pytest.mark.parametrize("kind", broken_blocks())
@pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")
def test_a_broken_block_does_not_cost_the_avif(kind: str) -> None:
    # Pillow refuses to write most of these into an AVIF, so they are put in the place of a good one.
    data = written(scene(), "AVIF", exif=exif_block("2024:05:17 09:30:00"))
    at = data.index(b"MM\0*")
    length = len(exif_block("2024:05:17 09:30:00").tobytes()) - 6 - 12  # Pillow leaves the orientation's entry out
    broken = broken_blocks()[kind][6:][:length]
    picture = decode(data[:at] + broken + data[at + len(broken) :], name="foto", min_side=64)
    assert picture.pixels.shape == (72, 96, 3)
    assert picture.source.orientation == 1


@pytest.mark.parametrize("junk", [bytes(40), b"\xff" * 40, b"II*\0\xff\xff\xff\x7f" + bytes(32)])
@pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")
def test_a_broken_block_does_not_cost_the_heic(junk: bytes) -> None:
    at = min(place for place in (HEIC_TURNED.find(b"MM\0*"), HEIC_TURNED.find(b"II*\0")) if place > 0)
    data = HEIC_TURNED[:at] + junk + HEIC_TURNED[at + len(junk) :]
    picture = decode(data, name="foto.heic", min_side=64)
    assert picture.pixels.shape == (72, 96, 3)
    assert picture.source.taken_at is None


def test_a_broken_resolution_does_not_cost_the_photo() -> None:
    exif = exif_block()
    exif[0x0128], exif[0x011A] = 2, 72.0
    block = exif.tobytes()
    entry = b"\x01\x1a\0\x05\0\0\0\x01"
    assert entry in block
    data = written(scene(), "JPEG", exif=block.replace(entry, b"\x01\x1a\0\x02\0\0\0\0"))
    start, end = data.index(b"\xff\xe0"), data.index(b"\xff\xe1")
    assert decode(data[:start] + data[end:], name="foto.jpg", min_side=64).pixels.shape == (72, 96, 3)


def test_broken_application_segments_do_not_cost_the_photo() -> None:
    whole = written(scene(), "JPEG")
    for marker, body in [
        (0xE2, b"ICC_PROFILE\0"),
        (0xED, b"Photoshop 3.0\x008BIM"),
        (0xE1, b"Exif"),
        (0xEE, b"Adobe"),
    ]:
        segment = bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body
        picture = decode(whole[:2] + segment + whole[2:], name="foto.jpg", min_side=64)
        assert picture.pixels.shape == (72, 96, 3)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")
@pytest.mark.parametrize("tag", [EXIF_IFD, GPS_IFD])
@pytest.mark.parametrize("entry", [b"\x04\0\x01\0\0\0\xff\xff\xff\x7f", b"\x09\0\x01\0\0\0\xff\xff\xff\xff"])
def test_a_tiffs_broken_directory_does_not_cost_the_photo(entry: bytes, tag: int) -> None:
    data = bytearray(written(scene(), "TIFF", exif=exif_block("2024:05:17 09:30:00")))
    at = data.index(tag.to_bytes(2, "little") + b"\x04\0\x01\0\0\0")
    data[at + 2 : at + 12] = entry
    assert decode(bytes(data), name="foto.tif", min_side=64).pixels.shape == (72, 96, 3)
