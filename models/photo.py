"""A photo of a listing: its key, and its result."""

from pydantic import Field

from models.assessment import Assessment, Defect, Verdict
from models.fingerprint import Fingerprint, Repeat
from models.matte import Doubt
from models.picture import Source
from models.rejection import RejectionReason
from models.rendition import READ_EVERYWHERE, StoredRendition
from models.repair import Repair
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

    def take(self, sha256: str) -> str:
        """The key of one take, for a photo that was taken again."""
        return f"retakes/{self.seller}/{self.listing}/{sha256}"

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
    """What each marketplace says of each finished file that is for buyers."""
    renditions: tuple[StoredRendition, ...]
    repairs: tuple[Repair, ...] = ()
    """What came of the defects that we could mend."""
    correction: str = ""
    """:func:`models.strokes.mark_of` a person's strokes on the cut-out; empty where nobody drew any. It is trusted
    on her word then, whatever ``trust`` says, unless nothing is left of it."""
    repeats: Repeat | None = None
    """The photo that this one shows once more, if any."""
    fingerprint: Fingerprint | None = Field(default=None, exclude=True, repr=False)
    """On its way to the catalog, which keeps it; ``None`` for a photo that is too plain to be known again."""

    def __reduce__(self) -> tuple[object, ...]:
        # From one process to another as JSON: pickle would take each of its hundred values on its own, and twice
        # the time.
        return _read_finished, (self.model_dump_json(), self.fingerprint)

    @property
    def picture(self) -> StoredRendition | None:
        """What marketplaces are given: the largest file for buyers that all of them can read."""
        shown = [each for each in self.renditions if each.published and each.media_type in READ_EVERYWHERE]
        return max(shown, key=lambda each: each.width * each.height, default=None)

    @property
    def defects_left(self) -> tuple[Defect, ...]:
        """What is wrong with the finished picture, the gravest first: of what is mended, what is left of it."""
        after = {repair.code: repair.after for repair in self.repairs if repair.worked}
        left = (
            defect.model_copy(update={"severity": min(defect.severity, after.get(defect.code, 1.0))})
            for defect in self.assessment.defects
        )
        return tuple(sorted((one for one in left if one.severity > 0), key=lambda one: -one.severity))

    @property
    def picture_verdicts(self) -> tuple[Verdict, ...]:
        """What each marketplace says of that file."""
        name = self.picture.name if self.picture else ""
        # Results from before verdicts named their file have them on this one alone.
        return tuple(verdict for verdict in self.verdicts if verdict.rendition in {name, ""})


def _read_finished(text: str, fingerprint: Fingerprint | None) -> Finished:
    return Finished.model_validate_json(text).model_copy(update={"fingerprint": fingerprint})


class FirstLook(Value):
    """A photo that has been looked at as it arrived; the work on it is still to be done."""

    score: int
    trusted: bool
    """True: the product can be cut out."""
    doubts: tuple[Doubt, ...]
    defects: tuple[Defect, ...]


class SetAside(Value):
    """A photo that could not be used; its bytes stay where they are."""

    file: str
    sha256: str | None
    reason: RejectionReason
    detail: str = ""


PhotoResult = Finished | SetAside
