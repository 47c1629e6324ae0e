"""Repairs of defects: whether the pipeline or the seller can mend them, and what came of it."""

from enum import StrEnum

from models.assessment import DefectCode
from models.value import Value

GONE = 0.5
"""Share of a defect's severity that has to go before it is called mended."""

HARDLY_SEEN = 0.2
"""Severity that may be left of it."""


def is_mended(before: float, after: float) -> bool:
    """Return whether a defect is mended: at least half of it is gone, and nobody would look for what is left."""
    return after <= min(before * (1 - GONE), HARDLY_SEEN)


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
    """Its severity on the finished picture; of light, which no frame changes, on the whole photo."""

    @property
    def worked(self) -> bool:
        """True when it is mended."""
        return is_mended(self.before, self.after)
