"""Repeats: a photo that was there before, in its listing or elsewhere."""

from collections.abc import Sequence

from models.fingerprint import Repeat, RepeatScope
from models.photo import Finished, PhotoResult
from processing.likeness import SAME, measure_likeness


def mark_repeats(photos: Sequence[PhotoResult]) -> tuple[PhotoResult, ...]:
    """Return a listing's photos, each that shows the same photo as one before it marked with that one."""
    done: list[PhotoResult] = []
    for photo in photos:
        found = None
        if isinstance(photo, Finished):
            before = (one for one in done if isinstance(one, Finished))
            found = next((one for one in before if is_same(photo, one)), None)
        repeat = Repeat(whose=RepeatScope.LISTING, file=found.file) if found else None
        done.append(photo.model_copy(update={"repeats": repeat}) if repeat else photo)
    return tuple(done)


def is_same(one: Finished, other: Finished) -> bool:
    """Return whether two photos are the same one, whatever was done to them since; never for one that is plain."""
    if one.sha256 == other.sha256:
        return True
    if one.fingerprint is None or other.fingerprint is None:
        return False
    return looks_same(one.fingerprint.picture, other.fingerprint.picture)


def looks_same(one: bytes, other: bytes) -> bool:
    """Return whether two fingerprints' pictures show the same photo."""
    return measure_likeness(one, other) >= SAME
