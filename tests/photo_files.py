"""Small valid files of every format that is taken, made by Pillow; HEIC, which it cannot write, is kept here."""

import base64
from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image

FORMATS: Final = {
    "JPEG": ".jpg",
    "PNG": ".png",
    "WEBP": ".webp",
    "AVIF": ".avif",
    "TIFF": ".tif",
    "BMP": ".bmp",
    "GIF": ".gif",
    "HEIF": ".heic",
}
"""An extension for each format."""


def scene(width: int = 96, height: int = 72) -> Image.Image:
    """Return four quarters: red, green, blue, light grey in reading order; no turn or flip leaves it as it is."""
    pixels = np.full((height, width, 3), 230, np.uint8)
    pixels[: height // 2, : width // 2] = (200, 30, 30)
    pixels[: height // 2, width // 2 :] = (30, 160, 60)
    pixels[height // 2 :, : width // 2] = (40, 60, 200)
    return Image.fromarray(pixels)


def textured(width: int = 320, height: int = 240, seed: int = 0) -> Image.Image:
    """Return blocks of random colours, so that every part of the encoded file matters."""
    blocks = np.random.default_rng(seed).integers(0, 256, (-(-height // 8), -(-width // 8), 3))
    return Image.fromarray(np.kron(blocks, np.ones((8, 8, 1)))[:height, :width].astype(np.uint8))


def written(image: Image.Image, file_format: str, **options: object) -> bytes:
    """Return ``image`` as a file, by Pillow's own encoder."""
    buffer = BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def valid_file(file_format: str) -> bytes:
    """Return a small valid file of one of FORMATS."""
    if file_format == "HEIF":
        return HEIC
    return written(scene(), file_format, **({"quality": 90} if file_format in {"JPEG", "WEBP", "AVIF"} else {}))


# Made once from scene() by pillow-heif 1.8.1 (x265, quality 60) in a throw-away environment, since its encoder is
# under the GPL and no part of this project: image.save(..., "HEIF", quality=60).
HEIC: Final = base64.b64decode(
    """
    AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJp
    bG9jAAAAAERAAAEAAQAAAAABegABAAAAAAAAAP8AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAAB
    AAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEA
    AQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBJZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAA
    AAAUaXNwZQAAAAAAAABgAAAASAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAAQdtZGF0AAAA+ygBrwng42dA
    mcuq///oxv//4Rp5D9ri6kglJ56S2JqT//i/iuplws1wGqWN8Y9wXxuQnl5bs3PWkzl0Bsh3yLU0lX3WGoNPeALLMFQWEAgYJX4xm77t
    HjxRLuaASx8KeAIH28G0jDiRJGEh2ZCVHSvK27prQXvyMIZfncL7sfPSdJrdmJWfMesKHa/3Fgr1XGehFAVW356Iu9psH4hfklCSrzTL
    vtSnL6v3/A8BL4cE46mDARBezmpnaTuXaXjD8WEj8j+gAprfwEGAAAAGsB8PfCnQu3iEoBHFrV6q9lOAJIANwIOkghujyL4tPQjjhF8o
    G9T78eUUACpg
"""
)

# The same, stored turned by 90 degrees, with EXIF orientation 6 and DateTimeOriginal 2024:05:17 09:30:00.
HEIC_TURNED: Final = base64.b64decode(
    """
    AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRp
    bG9jAAAAAERAAAIAAQAAAAABxQABAAAAAAAAALUAAgAAAAACegABAAAAAAAAAFYAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABo
    dmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA4GlwcnAAAADAaXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA
    /P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCSBhZbqSSmubgIaDAgAAAMA
    yAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABIAAAAYAAAABBwaXhpAAAAAAMICAgAAAAJ
    aXJvdAMAAAAYaXBtYQAAAAAAAAABAAEFgQIDBIUAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAARNtZGF0AAAAsSgBrwng42cEmcuq
    ///AK///gdX//y5+auIFgGvqvZXB6uHiT6wDsWacDKlgehgG5m7mfqyLxJvRbs118NJ23Pkp0uxCIdBUz/1IXRpct5ODQH/5NzlRfP9F
    AJN0H47/vaGEE6oY4iCc/6opo/4gR7MJtHTv9lI4mDN4+AREP9/r7sU841FSo93B+xM206tNjFhAMB0w/tTzdF5ynrAXXGGDKNCIUAAA
    AwAT6seh7AAI2AAAAAZFeGlmAABNTQAqAAAACAACARIAAwAAAAEABgAAh2kABAAAAAEAAAAmAAAAAAABkAMAAgAAABQAAAA4AAAAADIw
    MjQ6MDU6MTcgMDk6MzA6MDAA
"""
)

# The same as HEIC, with the lower half transparent.
HEIC_TRANSPARENT: Final = base64.b64decode(
    """
    AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAkVtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRp
    bG9jAAAAAERAAAIAAQAAAAACaQABAAAAAAAAAP8AAgAAAAADaAABAAAAAAAAADIAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABo
    dmMxAAAAABVpbmZlAgAAAAACAABodmMxAAAAAA5waXRtAAAAAAABAAABhGlwcnAAAAFeaXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA
    /P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBJZbqSSmubgIaDAgAAAMA
    yAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABgAAAASAAAABBwaXhpAAAAAAMICAgAAABy
    aHZjQwEECAAAAJ/4AAAAAB7wAPz8+PgAAA8DYAABABdAAQwB//8ECAAAAwCf+AAAAwAAHroCQGEAAQAmQgEBBAgAAAMAn/gAAAMAAB7A
    wgSWW6kkprmwIAAAAwMgAAADACFiAAEAB0QBwXKwIkAAAAAOcGl4aQAAAAABCAAAACdhdXhDAAAAAHVybjptcGVnOmhldmM6MjAxNTph
    dXhpZDoxAAAAAB5pcG1hAAAAAAAAAAIAAQSBAgMEAAIEhQMGhwAAABppcmVmAAAAAAAAAA5hdXhsAAIAAQABAAABOW1kYXQAAAD7KAGv
    CeDjZ0CZy6r//+jG///hGnkP2uLqSCUnnpLYmpP/+L+K6mXCzXAapY3xj3BfG5CeXluzc9aTOXQGyHfItTSVfdYag094AsswVBYQCBgl
    fjGbvu0ePFEu5oBLHwp4AgfbwbSMOJEkYSHZkJUdK8rbumtBe/Iwhl+dwvux89J0mt2YlZ8x6wodr/cWCvVcZ6EUBVbfnoi72mwfiF+S
    UJKvNMu+1Kcvq/f8DwEvhwTjqYMBEF7OamdpO5dpeMPxYSPyP6ACmt/AQYAAAAawHw98KdC7eISgEcWtXqr2U4AkgA3Ag6SCG6PIvi09
    COOEXygb1Pvx5RQAKmAAAAAuKAGuE8A7iOv1/+5w6zQVq7l91tIX2dRqueYP7gF7zTor91KITLO0YAAAAwAjIA==
"""
)
