"""What is shown of a photo's earlier takes, and what was said of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from config.score import load_score_weights
from models.photo import Finished, FirstLook, SetAside
from models.take import Take
from models.upload import LINK
from processing.advise import Finding, find_advice, findings_of
from storage.catalog.takes import standing, takes_of_photo
from web.console.listing_view import picture_of
from web.templating import AFTER, THUMBNAIL


@dataclass(frozen=True, slots=True)
class EarlierTake:
    """A take that is not in the listing."""

    take: Take
    picture: str | None
    """The address of what it had become; ``None`` where it never was processed."""
    first: Finding | None
    """What was to be seen to first; ``None`` where nothing was, or nobody looked."""
    good: bool
    """True where somebody looked, and nothing was to be done or to be mended."""

    @property
    def by_phone(self) -> bool:
        """True where it came from a seller's phone."""
        return self.take.by is not None and self.take.by.startswith(LINK)


def earlier_takes(
    takes: Sequence[Take], file: str, sha256: str | None, *, pending: bool
) -> tuple[EarlierTake, ...]:
    """Return a photo's other takes, the newest first.

    ``sha256`` is what the page shows. As long as something is ``pending``, that may have been replaced already.
    """
    mine = takes_of_photo(takes, file)
    now = standing(mine)
    there = now.sha256 if now is not None and (pending or sha256 is None) else sha256
    return tuple(_view(take) for take in reversed(mine) if take.sha256 != there)


def _view(take: Take) -> EarlierTake:
    seen = take.made or take.look
    found = _found(seen)
    hers = [one for one in found if not one.ours]
    # What we were about to mend is not called good before it is; of a finished photo it is known.
    good = seen is not None and not (hers if isinstance(seen, Finished) else found)
    return EarlierTake(take, _picture(take), hers[0] if hers else None, good)


def _picture(take: Take) -> str | None:
    if take.made is None:
        return None
    return picture_of(take.key, take.made, THUMBNAIL) or picture_of(take.key, take.made, AFTER)


def _found(seen: Finished | FirstLook | SetAside | None) -> tuple[Finding, ...]:
    if seen is None:
        return ()
    if isinstance(seen, SetAside):
        return (Finding(f"rejection.{seen.reason}"),)
    weights = load_score_weights()
    if isinstance(seen, FirstLook):
        return find_advice(seen.defects, seen.doubts, weights, trusted=seen.trusted)
    return findings_of(seen, weights)
