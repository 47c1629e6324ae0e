"""Who can mend what is wrong with a photo, and what came of it where we tried."""

from enum import StrEnum

from models.assessment import DefectCode
from models.value import Value


class Remedy(StrEnum):
    """What has to be done about a defect."""

    REPAIR = "repair"
    """The pipeline can mend it."""
    RETAKE = "retake"
    """Only the seller can, with another photo."""


class Repair(Value):
    """A defect that the pipeline was expected to mend."""

    code: DefectCode
    before: float
    """Its severity on the photo as it was sent, in [0, 1]."""
    after: float
    """Its severity on the finished picture; not lower where the repair made nothing better and is not used."""

    @property
    def worked(self) -> bool:
        """True when it is less grave than it was."""
        return self.after < self.before
