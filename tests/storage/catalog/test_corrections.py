"""Strokes on a cut-out are a person's word: kept with all that was before, and nobody's newer ones are lost."""

import pytest

from models.audit import Act
from models.state import ListingState
from models.strokes import CorrectionConflict, Mark, Stroke
from storage.catalog import Catalog
from storage.catalog.arrivals import record_arrivals
from storage.catalog.audit import read_audit
from storage.catalog.corrections import correct_cutout, standing_correction
from storage.catalog.edits import overrides_of
from storage.catalog.forgetting import begin_forgetting, finish_forgetting
from storage.catalog.holders import this_process
from storage.catalog.leases import lease_listings
from storage.catalog.reading import list_listings
from storage.catalog.results import finish
from tests.storage.made import arrival, key, result

KEY = key("ani/keripik")
FRONT, SIDE = "1" * 64, "2" * 64
KEEP = Stroke(mark=Mark.KEEP, width=0.03, points=((0.1, 0.2), (0.3, 0.4)))
REMOVE = Stroke(mark=Mark.REMOVE, width=0.05, points=((0.5, 0.5),))


def process(catalog: Catalog, etag: str = "1") -> None:
    record_arrivals(catalog, [arrival("ani/keripik", etag=etag)])
    for lease in lease_listings(catalog, this_process()):
        finish(catalog, lease, result(lease), ())


def standing(catalog: Catalog) -> dict[str, tuple[Stroke, ...]]:
    return {one.sha256: one.strokes for one in overrides_of(catalog, KEY).corrections}


def test_the_newest_of_each_photo_counts_through_every_run_until_it_is_taken_back(catalog: Catalog) -> None:
    process(catalog)

    assert correct_cutout(catalog, KEY, FRONT, (KEEP,), by="sari") == 2
    assert [(row.state, row.version) for row in list_listings(catalog)] == [(ListingState.DUE, 2)]
    assert correct_cutout(catalog, KEY, SIDE, (REMOVE,), by="sari") == 3
    assert correct_cutout(catalog, KEY, FRONT, (KEEP, REMOVE), by="sari") == 4
    process(catalog, etag="2")

    assert standing(catalog) == {FRONT: (KEEP, REMOVE), SIDE: (REMOVE,)}
    correct_cutout(catalog, KEY, FRONT, (), by="sari")
    assert standing(catalog) == {SIDE: (REMOVE,)}
    back = standing_correction(catalog, KEY, FRONT)
    assert back is not None and (back.strokes, back.by) == ((), "sari")
    assert standing_correction(catalog, KEY, "3" * 64) is None
    told = [(entry.by, entry.act, entry.detail) for entry in read_audit(catalog)]
    assert told[2] == ("sari", Act.CUTOUT_CORRECTED, {"version": 4, "about": "2 strokes"})
    assert len(told) == 4


def test_the_same_strokes_sent_again_after_a_cut_line_are_one_correction(catalog: Catalog) -> None:
    process(catalog)
    assert [correct_cutout(catalog, KEY, FRONT, (KEEP,), by="sari") for _ in range(2)] == [2, 2]
    assert correct_cutout(catalog, KEY, SIDE, (), by="sari") == 2


def test_somebody_elses_newer_strokes_are_not_painted_over_unseen(catalog: Catalog) -> None:
    process(catalog)
    correct_cutout(catalog, KEY, FRONT, (KEEP,), by="tono")

    with pytest.raises(CorrectionConflict) as conflict:
        correct_cutout(catalog, KEY, FRONT, (REMOVE,), by="sari")

    newer = conflict.value.newer
    assert (newer.by, newer.strokes, standing(catalog)) == ("tono", (KEEP,), {FRONT: (KEEP,)})
    correct_cutout(catalog, KEY, FRONT, (REMOVE,), by="sari", seen=newer.number)
    assert standing(catalog) == {FRONT: (REMOVE,)}


def test_strokes_are_forgotten_with_their_seller_and_none_are_taken_in_meanwhile(catalog: Catalog) -> None:
    process(catalog)
    correct_cutout(catalog, KEY, FRONT, (KEEP,), by="sari")
    begin_forgetting(catalog, "ani", by="sari")

    with pytest.raises(LookupError):
        correct_cutout(catalog, KEY, FRONT, (REMOVE,), by="sari")
    done = finish_forgetting(catalog, "ani", by="sari")

    assert done.removed["corrections"] == 1
    assert standing(catalog) == {}
