"""A finished picture made small for a slow line: our own file, which no seller has written."""

from io import BytesIO

from PIL import Image

SIDE = 300
"""px, the longer side."""
QUALITY = 75


def make_small(data: bytes) -> bytes:
    """Return a finished picture as a small JPEG."""
    with Image.open(BytesIO(data)) as picture:
        picture.draft("RGB", (SIDE, SIDE))
        small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    out = BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
