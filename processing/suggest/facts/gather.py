"""Gather: everything that is known of a product, from all that there is."""

from collections.abc import Iterable

from models.fact import Fact, FactKind, Facts
from models.note import SellerNote
from models.photo import Finished
from processing.suggest.facts.conflict import find_conflicts
from processing.suggest.facts.edible import head_of
from processing.suggest.facts.label import read_labels
from processing.suggest.facts.note import read_note_facts
from processing.suggest.facts.pixels import look_at_pixels
from processing.suggest.facts.terms import run_of


def gather_facts(note: SellerNote, photos: tuple[Finished, ...] = ()) -> Facts:
    """Return what her words, the labels in her photos and their pixels say, and where they disagree.

    Parameters
    ----------
    note
        Her words, and the price where she gives it apart, which then is the only price.
    photos
        As they came out of :func:`processing.photo.process_photo`; in any order.
    """
    said = read_note_facts(note)
    of_kind = {
        kind: tuple(fact for fact in said.facts if fact.kind is kind) for kind in (FactKind.BRAND, FactKind.COLOUR)
    }
    head = head_of(run_of(said.rest))
    printed = read_labels(photos, of_kind[FactKind.BRAND])
    seen = look_at_pixels(photos, of_kind[FactKind.COLOUR], edible=head is not None and head[1])
    facts = (*_in_order(said.facts), *_in_order(printed), *_in_order(seen))
    return Facts(facts=facts, conflicts=find_conflicts(facts), unclear=said.unclear, rest=said.rest)


def _in_order(facts: Iterable[Fact]) -> list[Fact]:
    order = list(FactKind)
    return sorted(facts, key=lambda fact: order.index(fact.kind))
