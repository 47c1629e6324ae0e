"""Choice: which of several sentences a listing takes."""

import hashlib
from collections.abc import Sequence


def choose(sentences: Sequence[str], name: str, place: str) -> str:
    """Return the same one for the same name and place, any one for another.

    Parameters
    ----------
    place
        What the sentence is for, so that two lists of a listing do not keep step.
    """
    digest = hashlib.sha256(f"{place}\n{name}".encode("utf-8", "backslashreplace")).digest()
    return sentences[int.from_bytes(digest[:4]) % len(sentences)]
