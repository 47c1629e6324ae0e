"""Files that cannot be used as photos: one of each kind that we could think of, and the reasons that fit it."""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image

from models.rejection import RejectionReason
from tests.photo_files import FORMATS, HEIC_TURNED, scene, textured, valid_file, written

BROKEN: Final = frozenset({RejectionReason.CORRUPT, RejectionReason.TRUNCATED})


@dataclass(frozen=True, slots=True)
class CorruptFile:
    """What a seller might send, and how it may end."""

    name: str
    data: bytes
    reasons: frozenset[RejectionReason]


def corrupt_files() -> dict[str, CorruptFile]:
    """Return all of them by the name of their kind."""
    return {
        kind: CorruptFile(name, data, reasons if isinstance(reasons, frozenset) else frozenset({reasons}))
        for table in (_nothing_like_a_photo(), _not_taken(), _misnamed(), _cut_off(), _huge(), _tiny(), _damaged())
        for kind, (name, data, reasons) in table.items()
    }


Table = dict[str, tuple[str, bytes, RejectionReason | frozenset[RejectionReason]]]


def _nothing_like_a_photo() -> Table:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(zipfile.ZipInfo("foto.jpg"), valid_file("JPEG"))
    nothing = RejectionReason.NOT_AN_IMAGE
    return {
        "empty": ("kosong.jpg", b"", RejectionReason.EMPTY),
        "one byte": ("foto.jpg", b"\xff", nothing),
        "zeros": ("foto.jpg", bytes(4096), nothing),
        "text": ("catatan.jpg", b"Keripik singkong, 250 g, Rp15.000", nothing),
        "HTML error page": ("foto.jpg", b"<!DOCTYPE html><html><body>404 Not Found</body></html>", nothing),
        "JSON": ("foto.png", b'{"error": "expired"}', nothing),
        "zip": ("foto.zip", archive.getvalue(), nothing),
        "zip named jpg": ("foto.jpg", archive.getvalue(), nothing),
        "PDF": ("katalog.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n", nothing),
        "MP4": (
            "video.mp4",
            _box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2mp41") + _box(b"mdat", bytes(64)),
            nothing,
        ),
        "QuickTime of a live photo": ("IMG_0001.MOV", _box(b"ftyp", b"qt  \x00\x00\x00\x00qt  "), nothing),
        "only BM": ("foto.bmp", b"BM", nothing),
        "JPEG without its first byte": ("foto.jpg", valid_file("JPEG")[1:], nothing),
        "PNG that went through a text transfer": (
            "foto.png",
            valid_file("PNG").replace(b"\r\n", b"\n", 1),
            nothing,
        ),
    }


def _not_taken() -> Table:
    other = RejectionReason.UNSUPPORTED_FORMAT
    svg = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'
    deep = Image.new("F", (96, 72), 0.5)
    twelve_bits = valid_file("JPEG").replace(b"\xff\xc0\x00\x11\x08", b"\xff\xc0\x00\x11\x0c")
    dng = written(scene(), "TIFF", tiffinfo={50706: b"\x01\x04\x00\x00"})
    return {
        "ICO": ("ikon.ico", written(scene(), "ICO", sizes=[(64, 64)]), other),
        "SVG": ("logo.svg", svg, other),
        "PSD": ("desain.psd", b"8BPS\x00\x01" + bytes(32), other),
        "TGA": ("foto.tga", written(scene(), "TGA"), other),
        "EPS": ("logo.eps", written(scene(), "EPS"), other),
        "JPEG 2000": ("foto.jp2", written(scene(), "JPEG2000"), other),
        "JPEG XL": ("foto.jxl", b"\x00\x00\x00\x0cJXL \r\n\x87\n" + bytes(32), other),
        "PPM": ("foto.ppm", written(scene(), "PPM"), other),
        "Canon raw": ("IMG_0001.CR2", b"II*\x00\x10\x00\x00\x00CR\x02\x00" + bytes(64), other),
        "Canon raw 3": ("IMG_0001.CR3", _box(b"ftyp", b"crx \x00\x00\x00\x01crx isom"), other),
        "DNG": ("foto.tif", dng, other),
        "TIFF of 32-bit numbers": ("foto.tif", written(deep, "TIFF"), other),
        "JPEG of 12 bits": ("foto.jpg", twelve_bits, other),
    }


def _misnamed() -> Table:
    wrong = RejectionReason.WRONG_EXTENSION
    return {
        "WebP named jpg": ("foto.jpg", valid_file("WEBP"), wrong),
        "PNG named JPG": ("FOTO.JPG", valid_file("PNG"), wrong),
        "JPEG named png": ("foto.png", valid_file("JPEG"), wrong),
        "HEIC named jpg": ("IMG_0001.jpg", valid_file("HEIF"), wrong),
        "AVIF named webp": ("foto.webp", valid_file("AVIF"), wrong),
        "JPEG named txt": ("foto.txt", valid_file("JPEG"), wrong),
        "JPEG of an unfinished download": ("foto.jpg.crdownload", valid_file("JPEG"), wrong),
    }


def _cut_off() -> Table:
    table: Table = {}
    for file_format, extension in FORMATS.items():
        data = valid_file(file_format)
        for share in (10, 50, 90):
            kept = max(24, len(data) * share // 100)
            table[f"{file_format} cut at {share} %"] = ("foto" + extension, data[:kept], RejectionReason.TRUNCATED)
    # Half a scan, and then a proper end: libjpeg only warns, and paints the rest grey.
    photo = written(textured(), "JPEG", quality=85)
    scan = photo.index(b"\xff\xda") + 14
    mended = photo[: scan + (len(photo) - scan) // 2].rstrip(b"\xff") + b"\xff\xd9"
    table["JPEG cut and mended"] = ("foto.jpg", mended, RejectionReason.TRUNCATED)
    progressive = written(textured(), "JPEG", quality=85, progressive=True)
    table["progressive JPEG cut"] = ("foto.jpg", progressive[: len(progressive) // 2], RejectionReason.TRUNCATED)
    header = photo[: photo.index(b"\xff\xda")]
    table["JPEG cut before its scan"] = ("foto.jpg", header, RejectionReason.TRUNCATED)
    return table


def _huge() -> Table:
    much = RejectionReason.TOO_MANY_PIXELS
    vp8x = b"VP8X" + struct.pack("<I", 10) + bytes(4) + (16382).to_bytes(3, "little") * 2
    webp = b"RIFF" + struct.pack("<I", 4 + len(vp8x) + 8) + b"WEBP" + vp8x + b"VP8 \x00\x00\x00\x00"
    gif = bytearray(valid_file("GIF"))
    gif[6:10] = b"\xff\xff\xff\xff"
    jpeg = valid_file("JPEG").replace(struct.pack(">HH", 72, 96), b"\xff\xfc\xff\xfc", 1)
    bmp = bytearray(valid_file("BMP"))
    bmp[18:26] = struct.pack("<ii", 100_000, 100_000)
    return {
        "PNG of 30000 x 30000": ("bom.png", _png(30_000, 30_000), much),
        "PNG of 2147483647 x 2147483647": ("bom.png", _png(2**31 - 1, 2**31 - 1), much),
        "WebP of 16383 x 16383": ("bom.webp", webp, much),
        "GIF of 65535 x 65535": ("bom.gif", bytes(gif), much),
        "JPEG of 65532 x 65532": ("bom.jpg", jpeg, much),
        "BMP of 100000 x 100000": ("bom.bmp", bytes(bmp), much),
        "TIFF of 200000 x 200000": ("bom.tif", _tiff(200_000, 200_000), much),
        "HEIC of 30000 x 30000": ("bom.heic", _spatial_extents("HEIF", 30_000, 30_000), BROKEN | {much}),
        "AVIF of 30000 x 30000": ("bom.avif", _spatial_extents("AVIF", 30_000, 30_000), BROKEN | {much}),
    }


def _tiny() -> Table:
    little = RejectionReason.TOO_FEW_PIXELS
    bmp = bytearray(valid_file("BMP"))
    bmp[18:22] = struct.pack("<i", -96)
    gif = bytearray(valid_file("GIF"))
    frame = gif.index(b",", 13)
    gif[6:10] = gif[frame + 5 : frame + 9] = bytes(4)
    return {
        "thumbnail": ("kecil.jpg", written(scene(48, 36), "JPEG"), little),
        "tracking pixel": ("piksel.gif", written(scene(1, 1), "GIF"), little),
        "a line": ("garis.png", written(scene(2000, 10), "PNG"), little),
        "PNG of 0 x 0": ("nol.png", _png(0, 0), BROKEN),
        "JPEG of no height": (
            "nol.jpg",
            valid_file("JPEG").replace(struct.pack(">HH", 72, 96), struct.pack(">HH", 0, 96), 1),
            BROKEN,
        ),
        "GIF of 0 x 0": ("nol.gif", bytes(gif), BROKEN | {little}),
        "BMP of negative width": ("foto.bmp", bytes(bmp), BROKEN | {RejectionReason.TOO_MANY_PIXELS}),
        "TIFF of 0 x 0": ("nol.tif", _tiff(0, 0), BROKEN),
    }


def _damaged() -> Table:
    corrupt = RejectionReason.CORRUPT
    jpeg, png, webp = valid_file("JPEG"), valid_file("PNG"), valid_file("WEBP")
    first_table = jpeg.index(b"\xff\xc4")
    frame = jpeg.index(b"\xff\xc0")
    scan = jpeg.index(b"\xff\xda")
    noise = bytes(index * 89 % 251 for index in range(2000))
    heic = valid_file("HEIF")
    loop = bytearray(_tiff(96, 72))
    loop[4:8] = struct.pack("<I", 4)
    idat = png.index(b"IDAT")
    return {
        "JPEG of two markers": ("foto.jpg", b"\xff\xd8\xff\xd9", corrupt),
        "JPEG without tables": (
            "foto.jpg",
            jpeg[: jpeg.index(b"\xff\xdb")] + jpeg[frame:first_table] + jpeg[scan:],
            BROKEN,
        ),
        "JPEG without frame header": ("foto.jpg", _without_segment(jpeg, b"\xff\xc0"), BROKEN),
        "JPEG without quantisation tables": (
            "foto.jpg",
            _without_segment(_without_segment(jpeg, b"\xff\xdb"), b"\xff\xdb"),
            BROKEN,
        ),
        "JPEG with a segment of no length": ("foto.jpg", b"\xff\xd8\xff\xe0\x00\x00" + jpeg[4:], corrupt),
        "JPEG of two components": ("foto.jpg", _with_components(jpeg, 2), BROKEN),
        "PNG with a wrong checksum": ("foto.png", png[: idat - 5] + b"\x00" + png[idat - 4 :], BROKEN),
        "PNG with wrong pixels": ("foto.png", _png(96, 72, zlib.compress(noise)), BROKEN),
        "PNG with pixels that do not inflate": ("foto.png", _png(96, 72, noise), BROKEN),
        "PNG of an unknown colour type": ("foto.png", _png(96, 72, colour_type=5), BROKEN),
        "PNG without pixels": ("foto.png", _png(96, 72, None), BROKEN),
        "WebP of noise": (
            "foto.webp",
            webp[:20] + noise[: len(webp) - 20],
            BROKEN | {RejectionReason.TOO_MANY_PIXELS},
        ),
        "WebP without chunks": ("foto.webp", b"RIFF\x04\x00\x00\x00WEBP", BROKEN),
        "GIF without a frame": ("foto.gif", b"GIF89a\x60\x00\x48\x00\x00\x00\x00;", BROKEN),
        "BMP with an impossible depth": ("foto.bmp", _bmp_depth(17), BROKEN),
        "TIFF whose directory is its header": ("foto.tif", bytes(loop), BROKEN),
        "TIFF of an unknown compression": ("foto.tif", _tiff(96, 72, compression=31_337), BROKEN),
        "HEIC with noise for pixels": ("foto.heic", _noisy_pixels(heic, noise), BROKEN),
        "HEIC with an item of no known kind": ("foto.heic", HEIC_TURNED.replace(b"Exif", b"E\xdfif", 1), corrupt),
        "HEIC without meta box": ("foto.heic", heic[:28] + _box(b"mdat", bytes(64)), BROKEN),
        "AVIF with noise for pixels": ("foto.avif", _noisy_pixels(valid_file("AVIF"), noise), BROKEN),
    }


def _box(kind: bytes, body: bytes) -> bytes:
    """Return a box of ISO/IEC 14496-12."""
    return struct.pack(">I", 8 + len(body)) + kind + body


def _chunk(kind: bytes, body: bytes) -> bytes:
    """Return a PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(width: int, height: int, pixels: bytes | None = b"\x78\x9c", colour_type: int = 2) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0))
    body = b"" if pixels is None else _chunk(b"IDAT", pixels)
    return b"\x89PNG\r\n\x1a\n" + header + body + _chunk(b"IEND", b"")


def _tiff(width: int, height: int, compression: int = 1) -> bytes:
    """Return a grey TIFF of one strip, of which only the first kilobyte is there."""
    entries = [
        (256, width),
        (257, height),
        (258, 8),
        (259, compression),
        (262, 1),
        (273, 122),
        (277, 1),
        (279, 1024),
    ]
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries)
    return b"II*\x00\x08\x00\x00\x00" + directory + bytes(4) + bytes(1040)


def _bmp_depth(bits: int) -> bytes:
    data = bytearray(valid_file("BMP"))
    data[28:30] = struct.pack("<H", bits)
    return bytes(data)


def _without_segment(jpeg: bytes, marker: bytes) -> bytes:
    at = jpeg.index(marker)
    return jpeg[:at] + jpeg[at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big") :]


def _with_components(jpeg: bytes, count: int) -> bytes:
    at = jpeg.index(b"\xff\xc0") + 9
    return jpeg[:at] + bytes([count]) + jpeg[at + 1 :]


def _spatial_extents(file_format: str, width: int, height: int) -> bytes:
    """Return a valid file whose container, but not its coded image, claims another size."""
    data = valid_file(file_format)
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def _noisy_pixels(data: bytes, noise: bytes) -> bytes:
    at = data.index(b"mdat") + 4
    return data[:at] + noise[: len(data) - at]
