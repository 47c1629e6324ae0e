"""One photo of a listing: its name, and what became of it."""

from models.assessment import Assessment, Verdict
from models.matte import Doubt
from models.picture import Source
from models.rejection import RejectionReason
from models.rendition import StoredRendition
from models.value import Value


class PhotoKey(Value):
    """Which photo: its place under ``raw/`` in the object store."""

    seller: str
    listing: str
    file: str

    @property
    def raw(self) -> str:
        """The object store's key of the bytes that the seller sent."""
        return f"raw/{self.seller}/{self.listing}/{self.file}"

    def rendition(self, sha256: str, identity: str, name: str) -> str:
        """The key of one finished file; ``identity`` is :func:`models.identity.processing_identity`."""
        return f"renditions/{self.seller}/{self.listing}/{sha256}/{identity}/{name}"


class Finished(Value):
    """A photo that went the whole way."""

    file: str
    sha256: str
    """Of the bytes that the seller sent."""
    source: Source
    trust: float
    trusted: bool
    """False: the renditions show the cleaned original, and a person is asked."""
    doubts: tuple[Doubt, ...]
    assessment: Assessment
    """Of the photo as it was sent, with each marketplace's verdicts on that file."""
    verdicts: tuple[Verdict, ...]
    """What each marketplace says of the finished main picture."""
    renditions: tuple[StoredRendition, ...]


class SetAside(Value):
    """A photo that could not be used; its bytes stay where they are."""

    file: str
    sha256: str | None
    reason: RejectionReason
    detail: str = ""


PhotoResult = Finished | SetAside
