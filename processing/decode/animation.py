"""Whether a file is an animation, of which only the first frame is taken."""

from io import BytesIO

from PIL import Image
from PIL.GifImagePlugin import GifImageFile


def moves(image: Image.Image, data: bytes, file_format: str) -> bool | None:
    """Return whether an opened image has further frames; ``None`` where its file is too broken to tell.

    A TIFF's pages and a HEIF's other pictures are no animation.
    """
    if file_format == "GIF":
        # Its frames are found by going through the file, which is done apart: the photo itself stays as it is.
        try:
            return GifImageFile(BytesIO(data)).is_animated
        # The first frame may be sound and the next one not; the plugin raises whatever that leads it to.
        except Exception:
            return None
    return file_format in {"PNG", "WEBP", "AVIF"} and bool(getattr(image, "is_animated", False))
