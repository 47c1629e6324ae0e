"""Of where a photo was taken nothing is kept; of the photo itself, everything."""

import io
import struct
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from processing.decode import decode
from storage.gps.removal import without_gps
from tests.corrupt_files import CorruptFile, corrupt_files
from tests.photo_files import FORMATS, HEIC_TURNED, scene, valid_file, written
from tests.photos_with_gps import EXIF_IFD, GPS_IFD, MAKER, ORIENTATION, WITH_EXIF, block, place_of, with_exif

LATITUDE = struct.pack(">6I", 7, 1, 47, 1, 449, 10)
XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>'
    b'<rdf:Description xmlns:exif="x" exif:GPSLatitude="7,47.7483S" dc:creator="Ani" '
    b"exif:GPSLongitude='110,21.8E'>"
    b"<exif:GPSAltitude>1234/10</exif:GPSAltitude><dc:title>Tampah</dc:title><exif:GPSMapDatum/></rdf:Description>"
    b"</rdf:RDF></x:xmpmeta>"
)


def assert_the_same_photo(before: bytes, after: bytes) -> None:
    first, second = (decode(data, name="foto", min_side=64) for data in (before, after))
    assert np.array_equal(first.pixels, second.pixels)
    assert first.source.orientation == second.source.orientation
    assert first.source.taken_at == second.source.taken_at


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", WITH_EXIF)
def test_a_photo_without_its_place_is_the_same_photo(file_format: str, orientation: int) -> None:
    data = with_exif(file_format, orientation=orientation)
    assert place_of(data)
    bare = without_gps(data)
    assert place_of(bare) == {}
    assert len(bare) == len(data)
    assert b"village" not in bare
    assert_the_same_photo(data, bare)
    exif = Image.open(io.BytesIO(bare)).getexif()
    assert (exif[MAKER], exif[0xA401 + 0x1000], GPS_IFD in exif) == ("Kamera", "after GPS", False)
    assert exif.get_ifd(EXIF_IFD)[0x927C] == b"maker's own"
    assert without_gps(bare) == bare


@pytest.mark.parametrize("order", ["<", ">"])
def test_either_order_of_bytes_is_read(order: str) -> None:
    data = written(scene(), "JPEG", exif=block(order=order))
    assert place_of(data)
    assert place_of(without_gps(data)) == {}


@pytest.mark.parametrize("file_format", FORMATS)
def test_what_has_no_place_stays_as_it_is(file_format: str) -> None:
    data = valid_file(file_format)
    assert without_gps(data) is data or without_gps(data) == data


def test_a_note_is_no_photo() -> None:
    note = b'toko:GPSpasar="Tampah 45rb"'
    assert without_gps(note) == note


def heic_with_place() -> bytes:
    """Return the turned HEIC with GPS in its EXIF, which lies at the end of the file."""
    exif = struct.pack(">I", 6) + block(orientation=6)
    start = HEIC_TURNED.index(b"\0\0\0\6Exif\0\0")
    head = bytearray(HEIC_TURNED[:start])
    box = HEIC_TURNED.index(b"mdat") - 4
    head[box : box + 4] = struct.pack(">I", start + len(exif) - box)
    entry = HEIC_TURNED.index(struct.pack(">IHII", start, 1, 0, len(HEIC_TURNED) - start))
    head[entry + 10 : entry + 14] = struct.pack(">I", len(exif))
    return bytes(head) + exif


def test_a_phones_heic_has_no_place() -> None:
    data = heic_with_place()
    assert b"village" in data
    bare = without_gps(data)
    assert len(bare) == len(data)
    assert b"village" not in bare
    assert LATITUDE[:8] not in bare
    assert_the_same_photo(data, bare)
    assert decode(bare, name="foto", min_side=64).source.taken_at == "2024:05:17 09:30:00"


@pytest.mark.parametrize("file_format", ["JPEG", "WEBP", "AVIF", "TIFF", "PNG"])
def test_xmp_tells_no_place(file_format: str) -> None:
    if file_format == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        data = written(scene(), "PNG", pnginfo=info)
    elif file_format == "TIFF":
        data = written(scene(), "TIFF", tiffinfo={700: XMP})
    else:
        data = written(scene(), file_format, xmp=XMP)
    assert b"7,47.7483S" in data
    bare = without_gps(data)
    assert len(bare) == len(data)
    assert b"GPS" not in bare
    assert b"Tampah" in bare
    assert b"Ani" in bare
    assert_the_same_photo(data, bare)


def test_a_png_tells_no_place_in_packed_or_hexadecimal_texts() -> None:
    exif = block()
    lines = "\n".join(exif.hex()[at : at + 72] for at in range(0, 2 * len(exif), 72))
    written_out = f"\nexif\n{len(exif):8}\n{lines}\n"
    for packed in (False, True):
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=packed)
        info.add_text("Raw profile type exif", written_out, zip=packed)
        info.add_text("exif:GPSLatitude", "7/1, 47/1, 449/10")
        data = written(scene(), "PNG", pnginfo=info)
        assert place_of(data)
        bare = without_gps(data)
        assert place_of(bare) == {}
        image = Image.open(io.BytesIO(bare))
        assert image.getexif()[ORIENTATION] == 6
        assert "GPS" not in image.info["XML:com.adobe.xmp"] + "".join(map(str, image.info))
        assert b"village".hex() not in str(image.info["Raw profile type exif"]).replace("\n", "")
        assert_the_same_photo(data, bare)


def test_what_lies_behind_or_within_a_jpeg_tells_no_place_either() -> None:
    inner = written(scene(), "JPEG", exif=block())
    place = b"\xa9xyz\x00\x12\x15\xc7-07.7958+110.3638/"
    data = written(scene(), "JPEG", exif=block()) + inner + b"\0\0\0\x1e" + place + b"video"
    bare = without_gps(data)
    assert len(bare) == len(data)
    assert bare.count(b"village") == 0
    assert bare.endswith(b"-00.0000+000.0000/video")
    assert_the_same_photo(data, bare)


def test_a_pointer_that_leads_astray_harms_no_pixel_and_no_orientation() -> None:
    whole = written(scene(), "JPEG", exif=block())
    at = whole.index(struct.pack(">HH", GPS_IFD, 4)) + 8
    for target in (0, 8, 10, 100, 200, 0xFFFF, 0xFFFFFFFF):
        data = whole[:at] + struct.pack(">I", target) + whole[at + 4 :]
        bare = without_gps(data)
        assert place_of(bare) == {}
        first, second = (decode(photo, name="foto", min_side=64) for photo in (data, bare))
        assert np.array_equal(first.pixels, second.pixels)
        assert second.source.orientation == 6


def spoilt(build: Callable[[], bytes]) -> st.SearchStrategy[bytes]:
    """Return a strategy of files of which a few bytes are others."""
    data = build()
    changes = st.lists(st.tuples(st.integers(0, len(data) - 1), st.integers(0, 255)), max_size=8)

    def change(pairs: list[tuple[int, int]]) -> bytes:
        out = bytearray(data)
        for at, value in pairs:
            out[at] = value
        return bytes(out)

    return st.builds(change, changes)


ANY = st.one_of(
    st.binary(max_size=400),
    st.sampled_from([b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"]).flatmap(
        lambda head: st.binary(max_size=300).map(lambda rest: head + rest)
    ),
    *(spoilt(lambda kind=kind: with_exif(kind)) for kind in WITH_EXIF),  # type: ignore[misc]
    spoilt(heic_with_place),
)


@settings(max_examples=400, deadline=None)
@given(ANY)
def test_any_bytes_come_back_with_the_same_length_and_once_is_enough(data: bytes) -> None:
    bare = without_gps(data)
    assert len(bare) == len(data)
    assert without_gps(bare) == bare


@settings(max_examples=200, deadline=None)
@given(spoilt(lambda: with_exif("JPEG")))
def test_a_spoilt_exif_never_costs_a_pixel(data: bytes) -> None:
    bare = without_gps(data)
    start = written(scene(), "JPEG", exif=block()).index(b"\xff\xdb")
    assert bare[start:] == data[start:]


@pytest.mark.parametrize("file", corrupt_files().values(), ids=corrupt_files())
def test_what_cannot_be_used_as_a_photo_stays_as_it_is(file: CorruptFile) -> None:
    assert without_gps(file.data) == file.data
