"""kill -9 at any moment: a rerun ends as if nothing had happened."""

import json
import random
import subprocess
import time
from pathlib import Path

import pytest

from storage.catalog.opening import open_catalog
from storage.object_store.opening import open_store
from storage.object_store.temporary import is_temporary
from tests.command import ETALASE, environment, run_etalase
from tests.installation import Installation
from tests.sellers import add_listing, draw_photo

KILLS = 20
LISTINGS = 12
LOOK_SECONDS = 0.05


def fresh_installation(folder: Path, prefect_api: str) -> Installation:
    """Return an installation with good listings of two photos each, and one of a broken file."""
    folder.mkdir()
    variables = environment(folder, PREFECT_API_URL=prefect_api, PREFECT_HOME=str(folder / "prefect"))
    store = open_store(f"file:{folder}/store")
    for number in range(LISTINGS):
        photos = {"depan.jpg": draw_photo(number), "samping.jpg": draw_photo(100 + number)}
        add_listing(store, f"seller-{number % 3}/listing-{number}", photos)
    add_listing(store, "seller-0/rusak", {"rusak.jpg": b"not a photo"})
    return Installation(folder, store, open_catalog(f"sqlite:///{folder}/catalog.sqlite"), variables)


def written(installation: Installation) -> int:
    """Return how many objects there are."""
    return sum(1 for _ in installation.store.list(""))


@pytest.mark.heavy
def test_after_twenty_kills_everything_is_published_once_and_byte_for_byte_the_same(
    tmp_path: Path, prefect_api: str
) -> None:
    quiet, killed = (fresh_installation(tmp_path / name, prefect_api) for name in ("quiet", "killed"))
    before = written(killed)
    undisturbed = run_etalase(tmp_path, quiet.environment, "process", "--json")
    assert json.loads(undisturbed.stdout)["published"] == LISTINGS

    chance = random.Random(20261123)
    step = (written(quiet) - before) // KILLS
    moments = []
    for _ in range(KILLS):
        goal = written(killed) + chance.randint(1, 2 * step - 1)
        with subprocess.Popen(
            [ETALASE, "process", "--json"],
            cwd=tmp_path,
            env=killed.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as run:
            # Moments are told by what is written, not by a clock: a machine may be busy with the first run alone.
            while run.poll() is None and written(killed) < goal:
                time.sleep(LOOK_SECONDS)
            moments.append((run.poll(), written(killed)))
            run.kill()
    final = run_etalase(tmp_path, killed.environment, "process", "--json")

    assert final.returncode == 0, final.stderr
    at_work = {count for ended, count in moments if ended is None}
    assert len(at_work) >= KILLS // 2, f"too few kills hit a run at work: {moments}"
    assert killed.objects() == quiet.objects()
    assert [found for found in (killed.folder / "store").rglob("*") if is_temporary(found.name)] == []
    rows = killed.listings()
    assert [len(rows[f"listing-{number}"].receipts) for number in range(LISTINGS)] == [1] * LISTINGS
    assert rows["rusak"].state == "waiting"
    assert len([key for key in killed.objects("published/") if key.endswith("receipt.json")]) == LISTINGS
