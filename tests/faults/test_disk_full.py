"""A disk that is full for a while, with everything on it: photos, results and the catalog."""

import re
import sqlite3
import time
from pathlib import Path
from random import Random

import pytest

from storage.object_store.temporary import START
from tests.faults.conftest import FAULTS, Undisturbed
from tests.faults.moments import disturb
from tests.faults.small_disk import small_disk
from tests.faults.village import village_on_a_disk

LONGEST_SECONDS = 3.0
FULL = re.compile("No space left on device|disk is full|File too large")
"""What a run says of a write that failed for it: the system's words for a disk, SQLite's, and the limit's."""


@pytest.mark.heavy
@pytest.mark.timeout(6000)
def test_a_disk_that_was_full_for_a_while_has_lost_nothing(
    tmp_path: Path, prefect_api: str, undisturbed: Undisturbed, chance: Random
) -> None:
    disk = tmp_path / "disk"
    with (
        small_disk(disk, str(tmp_path / "home")) as limits,
        village_on_a_disk(tmp_path, disk=disk, prefect_api=prefect_api) as place,
    ):

        def fill_for_a_while() -> None:
            limits.fill()
            time.sleep(chance.uniform(0.1, LONGEST_SECONDS))
            limits.free()

        disturb(place, chance, FAULTS, undisturbed.work, strike=fill_for_a_while)
        assert FULL.search((tmp_path / "runs.log").read_text()), "no write has met the full disk"
        place.settle()

        place.require_undisturbed(undisturbed.made)
        assert list(disk.rglob(f"{START}*")) == []
        with sqlite3.connect(disk / "catalog.sqlite") as catalog:
            assert catalog.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
