"""``etalase demo``: the main job on the samples, as a newcomer runs it."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.command import environment, run_etalase

SAMPLES = Path(__file__).parents[2] / "samples"


@dataclass(frozen=True)
class Demo:
    """What the first ``etalase demo`` in a folder has left there."""

    folder: Path
    environment: dict[str, str]
    rows: list[dict[str, Any]]

    @property
    def home(self) -> Path:
        return self.folder / ".etalase" / "demo"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, prefect_api: str) -> Demo:
    """One demo for all of these tests, in a folder of somebody who has settings of her own."""
    folder = tmp_path_factory.mktemp("demo")
    variables = environment(folder / "unused", PREFECT_API_URL=prefect_api, PREFECT_HOME=str(folder / "prefect"))
    (folder / ".env").write_text("ETALASE_STORE=file:her-own-store\n")
    run = run_etalase(folder, variables, "demo")
    assert run.returncode == 0, run.stderr
    (folder / ".env").unlink()
    settings = {**variables, "ETALASE_HOME": str(folder / ".etalase" / "demo")}
    rows = json.loads(run_etalase(folder, settings, "status", "--json").stdout)
    return Demo(folder, variables, rows)


@pytest.mark.heavy
def test_the_demo_shows_both_kinds_of_listings_and_leaves_her_own_things_alone(demo: Demo) -> None:
    rows = demo.rows
    assert not (demo.folder / "her-own-store").exists()
    assert {row["state"] for row in rows} == {"published", "waiting"}
    assert len(rows) == len([path for path in (SAMPLES / "raw").glob("*/*") if path.is_dir()])
    assert all(row["result"]["waits"] for row in rows if row["state"] == "waiting")
    published = [row for row in rows if row["state"] == "published"]
    assert len(list((demo.home / "store" / "published").rglob("receipt.json"))) == len(published)
    assert (demo.home / "report" / "index.html").stat().st_size > 0


@pytest.mark.heavy
def test_a_second_demo_finds_nothing_new(demo: Demo) -> None:
    again = run_etalase(demo.folder, demo.environment, "demo")

    assert again.returncode == 0
    assert "Tidak ada yang baru" in again.stdout


@pytest.mark.heavy
def test_the_faults_among_the_samples_that_are_measured_so_far_are_told(demo: Demo) -> None:
    photos = {
        f"{row['key']['seller']}/{row['key']['listing']}/{photo['file']}": photo
        for row in demo.rows
        for photo in row["result"]["photos"]
    }
    told = {
        "dark": {"underexposed"},
        "blurred": {"blur", "motion_blur"},
        "tiny": {"low_resolution"},
        "cut_off": {"cut_off"},
    }
    for sample in json.loads((SAMPLES / "manifest.json").read_text()):
        photo = photos[sample["photo"]]
        if sample["fault"] == "truncated":
            assert photo["reason"] == "truncated"
        elif sample["fault"] in told:
            defects = {defect["code"] for defect in photo["assessment"]["defects"]}
            assert told[sample["fault"]] & defects, sample["photo"]
        elif sample["fault"] == "sideways":
            assert photo["source"]["orientation"] in {6, 8}
        elif sample["fault"] == "heic":
            assert photo["source"]["format"] == "HEIF"
