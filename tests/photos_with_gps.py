"""Photos whose files say where they were taken, as phones write it."""

import io

from PIL import Image

from tests.photo_files import scene, written

EXIF_IFD, GPS_IFD, ORIENTATION, MAKER = 0x8769, 0x8825, 0x0112, 0x010F
GPS = {0: b"\2\3\0\0", 1: "S", 2: (7.0, 47.0, 44.9), 3: "E", 4: (110.0, 21.0, 49.0), 27: b"ASCII\0\0\0village"}
WITH_EXIF = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")


def block(orientation: int = 6, order: str = ">", gps: dict[int, object] = GPS) -> bytes:
    """Return EXIF with GPS in the middle of it, in either order of bytes."""
    exif = Image.Exif()
    exif.endian = order
    exif[ORIENTATION] = orientation
    exif[MAKER] = "Kamera"
    exif[0xA401 + 0x1000] = "after GPS"
    exif[EXIF_IFD] = {0x9003: "2024:05:17 09:30:00", 0x927C: b"maker's own"}
    exif[GPS_IFD] = gps
    return exif.tobytes()


def place_of(data: bytes) -> dict[int, object]:
    return dict(Image.open(io.BytesIO(data)).getexif().get_ifd(GPS_IFD))


def with_exif(file_format: str, **what: int) -> bytes:
    loaded = Image.Exif()
    loaded.load(block(**what))
    exif: object = loaded if file_format == "TIFF" else block(**what)
    return written(scene(), file_format, exif=exif)
