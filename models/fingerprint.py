"""A photo's perceptual fingerprint, and the repeats that it finds."""

from enum import StrEnum

from pydantic import ConfigDict

from models.value import Value


class Fingerprint(Value):
    """A photo's marks, and a small picture by which two photos that share a mark are held together."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    picture: bytes
    """Luma from black to white, 64 x 64 px whatever the photo's shape, as WebP."""
    marks: tuple[int, ...]
    """Codes of its most striking places, the strongest first."""
    probes: tuple[int, ...]
    """The marks that the same places may have on a copy; its own are among them."""


class RepeatScope(StrEnum):
    """Where the photo lies that another one repeats."""

    LISTING = "listing"
    """In the same listing."""
    SELLER = "seller"
    """In another listing of the same seller's."""
    OTHER = "other"
    """In a listing of another seller's."""


class Repeat(Value):
    """That a photo was there before."""

    whose: RepeatScope
    listing: str = ""
    """The listing that had it first; empty where it is another seller's, of whom nothing is told here."""
    file: str = ""
