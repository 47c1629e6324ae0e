"""A decoded photo, and facts of its source."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from models.value import Value

if TYPE_CHECKING:  # NumPy takes a tenth of a second, and what is said of a photo is read without it
    import numpy as np
    from numpy.typing import NDArray


class Source(Value):
    """Facts of the file that a picture was decoded from. GPS is never among them."""

    format: str
    """Pillow's name of the content's format: ``JPEG``, ``HEIF``, ``PNG`` and so on."""
    width: int
    """Upright width in px, before any reduction."""
    height: int
    """Upright height in px, before any reduction."""
    bytes: int
    orientation: int = 1
    """The EXIF orientation tag as found, 1 to 8; the picture is upright whatever it says."""
    profile: str | None = None
    """Description of the embedded ICC profile, if any."""
    taken_at: str | None = None
    """EXIF DateTimeOriginal as written by the camera, without a time zone."""
    had_alpha: bool = False
    """True when transparency was flattened onto white."""
    colours: Literal["RGB", "CMYK", "grey"] | None = None
    """How the file keeps its colours; ``None`` of what was decoded before this was noted."""
    moves: bool | None = None
    """True of an animation; ``None`` where it cannot be told."""
    extension: str = ""
    """Of the name that it was sent under, in small letters: ``.jpg``."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An upright sRGB photo."""

    pixels: "NDArray[np.uint8]"
    """Shape (H, W, 3), RGB order, C-contiguous."""
    source: Source

    @property
    def width(self) -> int:
        """Width of the decoded pixels, in px (the source may be larger)."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """Height of the decoded pixels, in px (the source may be larger)."""
        return int(self.pixels.shape[0])
