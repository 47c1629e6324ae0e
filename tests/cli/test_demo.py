"""``etalase demo``: the main job on the samples, as a newcomer runs it."""

import json
from pathlib import Path

import pytest

from tests.command import environment, run_etalase

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.heavy
def test_the_demo_shows_both_kinds_of_listings_and_a_second_one_finds_nothing_new(
    tmp_path: Path, prefect_api: str
) -> None:
    variables = environment(
        tmp_path / "unused", PREFECT_API_URL=prefect_api, PREFECT_HOME=str(tmp_path / "prefect")
    )
    (tmp_path / ".env").write_text("ETALASE_STORE=file:her-own-store\n")
    first = run_etalase(tmp_path, variables, "demo")
    demo = tmp_path / ".etalase" / "demo"
    (tmp_path / ".env").unlink()
    settings = {**variables, "ETALASE_HOME": str(demo)}
    rows = json.loads(run_etalase(tmp_path, settings, "status", "--json").stdout)

    assert first.returncode == 0, first.stderr
    assert not (tmp_path / "her-own-store").exists()
    assert {row["state"] for row in rows} == {"published", "waiting"}
    assert len(rows) == len([path for path in (SAMPLES / "raw").glob("*/*") if path.is_dir()])
    assert all(row["result"]["waits"] for row in rows if row["state"] == "waiting")
    published = [row for row in rows if row["state"] == "published"]
    assert len(list((demo / "store" / "published").rglob("receipt.json"))) == len(published)
    assert (demo / "report" / "index.html").stat().st_size > 0

    again = run_etalase(tmp_path, variables, "demo")

    assert again.returncode == 0
    assert "Tidak ada yang baru" in again.stdout


@pytest.mark.heavy
def test_the_faults_among_the_samples_that_are_measured_so_far_are_told(tmp_path: Path, prefect_api: str) -> None:
    variables = environment(
        tmp_path / "unused", PREFECT_API_URL=prefect_api, PREFECT_HOME=str(tmp_path / "prefect")
    )
    run_etalase(tmp_path, variables, "demo")
    settings = {**variables, "ETALASE_HOME": str(tmp_path / ".etalase" / "demo")}
    rows = json.loads(run_etalase(tmp_path, settings, "status", "--json").stdout)
    photos = {
        f"{row['key']['seller']}/{row['key']['listing']}/{photo['file']}": photo
        for row in rows
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
