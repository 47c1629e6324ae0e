"""Photos are scored straight from files, for people as a table and for programs as lines."""

import io
import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageFilter

from config.messages import load_messages
from models.assessment import DefectCode
from models.matte import Doubt
from tests.command import environment, run_etalase
from tests.sellers import draw_photo


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A good photo, the same one blurred, and a file that is none."""
    (tmp_path / "baik.jpg").write_bytes(draw_photo(1))
    blurred = Image.open(tmp_path / "baik.jpg").filter(ImageFilter.GaussianBlur(14))
    out = io.BytesIO()
    blurred.save(out, "JPEG", quality=90)
    (tmp_path / "buram.jpg").write_bytes(out.getvalue())
    (tmp_path / "rusak.jpg").write_bytes(b"bukan foto")
    return tmp_path


def discs() -> bytes:
    """A sharp and colourful photo on which nothing is the product."""
    random = np.random.default_rng(1)
    drawn = np.zeros((1200, 1600, 3), np.uint8)
    for number in range(60):
        centre, radius = random.integers(0, (1600, 1200)).tolist(), int(random.integers(100, 300))
        colour = np.roll((220, 120, 60), number).tolist()
        cv2.circle(drawn, centre, radius, colour, -1, cv2.LINE_AA)
    out = io.BytesIO()
    Image.fromarray(drawn).save(out, "JPEG", quality=95)
    return out.getvalue()


def test_each_photo_is_one_line_of_json_with_what_applies_to_it_alone(photos: Path) -> None:
    run = run_etalase(photos, environment(photos / "home"), "score", "buram.jpg", "baik.jpg", "--json")

    assert run.returncode == 0, run.stderr
    blurred, good = (json.loads(line) for line in run.stdout.splitlines())
    assert [one["photo"] for one in (blurred, good)] == ["buram.jpg", "baik.jpg"]
    assert 0 <= blurred["score"] < good["score"] <= 100
    assert {one["name"] for one in blurred["defects"]} <= set(DefectCode)
    (blur,) = (one for one in blurred["defects"] if one["name"] == "blur")
    assert 0 < blur["severity"] <= 1
    assert blur["box"] is None
    assert blur["remedy"] == "retake"
    assert "blur" not in {one["name"] for one in good["defects"]}
    assert blurred["first_action"] == "blur"
    assert {"name", "value", "unit"} <= set(good["measurements"][0])
    assert {verdict["outcome"] for verdict in good["verdicts"]} <= {"pass", "fail", "cannot_check"}
    assert not (photos / "home").exists()


def test_a_cut_out_that_is_not_used_is_told_with_its_reason(photos: Path) -> None:
    variables = environment(photos / "home", COLUMNS="160")
    (photos / "bulatan.jpg").write_bytes(discs())
    line = json.loads(run_etalase(photos, variables, "score", "bulatan.jpg", "--json").stdout)

    assert [one["name"] for one in line["defects"]] == [line["first_action"]] == ["cluttered_background"]
    assert not line["trusted"] and line["trust"] < 0.7
    assert set(line["doubts"]) <= set(Doubt)
    told = run_etalase(photos, variables, "score", "bulatan.jpg").stdout
    messages = load_messages("id")
    assert messages.text(f"doubt.{line['doubts'][0]}.title") in told
    assert messages.text("cli.score.good") not in told


def test_a_photo_that_cannot_be_used_is_a_line_with_its_reason_and_the_others_go_on(photos: Path) -> None:
    run = run_etalase(photos, environment(photos / "home"), "score", "rusak.jpg", "baik.jpg", "--json")

    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    broken, good = (json.loads(line) for line in run.stdout.splitlines())
    assert broken["photo"] == "rusak.jpg"
    assert broken["rejected"] == "not_an_image"
    assert good["score"] > 0


def test_the_table_says_what_to_do_and_a_low_score_fails_only_where_that_is_asked(photos: Path) -> None:
    variables = environment(photos / "home", COLUMNS="160")
    told = run_etalase(photos, variables, "score", "buram.jpg", "rusak.jpg")
    assert told.returncode == 1
    assert "Foto ini buram." in told.stdout
    assert "Sentuh gambar produk" in told.stdout.replace("\n", " ")
    assert "File ini bukan foto." in told.stdout
    assert told.stdout.count("Belum bisa kami periksa: tangan atau orang di foto, cermin, logo.") == 1

    assert run_etalase(photos, variables, "score", "buram.jpg").returncode == 0
    assert run_etalase(photos, variables, "score", "baik.jpg", "--fail-under", "50").returncode == 0
    assert run_etalase(photos, variables, "score", "baik.jpg", "buram.jpg", "--fail-under", "95").returncode == 1


def test_what_is_no_score_and_what_is_no_file_are_refused(photos: Path) -> None:
    variables = environment(photos / "home")

    assert run_etalase(photos, variables, "score", "baik.jpg", "--fail-under", "101").returncode == 2
    assert run_etalase(photos, variables, "score", "tidak-ada.jpg").returncode == 2
    assert run_etalase(photos, variables, "score").returncode == 2
