"""A trainer's request to process one seller's photos now."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from models.value import Value

FolderName = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^/\\.\s][^/\\]*$")]
"""A name of one folder under ``raw/``."""


class Onboarding(Value):
    """One seller's photos, processed at once, and what is to become of them."""

    seller: FolderName
    centre: Annotated[str, StringConstraints(max_length=100)] = ""
    """The village digital centre that she came to; its runs are found under this tag."""
    language: Literal["id", "en"] = "id"
    """Of what she and the trainer read. What buyers read is set for the whole installation."""
    photos: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^/\\]*$")] = ""
    """The beginning of her listings' names, such as that of an upload batch; empty for all that is new."""
    marketplaces: tuple[str, ...] = ()
    """Where she sells, from this run on; empty: as was said before, or those of the installation."""
    publish: bool = True
    """Publish at once what the approval rule passes, and the rest once a person approves it; otherwise everything
    that this run processes waits for a person's approval."""
