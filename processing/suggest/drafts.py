"""Drafts: another writer's words take the place of ours as far as they are true."""

from models.suggestion import Copy, Removed
from processing.suggest.guard import guard
from processing.suggest.known import Known
from processing.suggest.write.limits import DESCRIPTION, TITLE

FEWEST_WORDS = 8
"""A description of fewer words has lost what it had to say."""


def take_draft(draft: Copy, ours: Copy, known: Known) -> tuple[Copy, tuple[Removed, ...], bool]:
    """Return the draft where it survives the guard, ours elsewhere; what was removed; whether its text survives.

    A title or a text that is too long, or of which nothing much is left, is ours as a whole.
    """
    kept, removed = guard(draft, known)
    title = kept.title if kept.title != known.name and 0 < len(kept.title) <= TITLE else ours.title
    whole = len(kept.description.split()) >= FEWEST_WORDS and len(kept.description) <= DESCRIPTION
    description = kept.description if whole else ours.description
    taken = Copy(
        title=title,
        description=description,
        keywords=kept.keywords or ours.keywords,
        alt_text=kept.alt_text or ours.alt_text,
    )
    return taken, removed, description is kept.description
