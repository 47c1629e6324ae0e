"""``etalase photo`` and ``etalase matte``: single files, without store or catalog."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.command import environment, run_etalase
from tests.sellers import draw_photo


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder with one good photo, the same one lying on its side, and a file that is none."""
    (tmp_path / "baik.jpg").write_bytes(draw_photo(1))
    upright = Image.open(tmp_path / "baik.jpg")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    upright.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "miring.jpg", exif=exif, quality=90)
    (tmp_path / "rusak.jpg").write_bytes(b"bukan foto")
    return tmp_path


def test_photo_writes_every_rendition_and_the_assessment(photos: Path) -> None:
    run = run_etalase(photos, environment(photos / "home"), "photo", "baik.jpg", "-o", "out", "--json")

    assert run.returncode == 0, run.stderr
    assert {path.name for path in (photos / "out" / "baik").iterdir()} == {
        "main.jpg",
        "thumbnail.jpg",
        "cutout.webp",
        "before.jpg",
        "assessment.json",
    }
    assert Image.open(photos / "out" / "baik" / "main.jpg").size == (1200, 1200)
    assessment = json.loads((photos / "out" / "baik" / "assessment.json").read_text())
    assert json.loads(run.stdout)[0]["score"] == assessment["score"]
    assert not (photos / "home").exists()


def test_a_file_that_is_no_photo_is_named_with_advice_and_the_others_are_done(photos: Path) -> None:
    run = run_etalase(photos, environment(photos / "home"), "photo", "rusak.jpg", "baik.jpg", "-o", "out")

    assert run.returncode == 1
    assert "rusak.jpg" in run.stderr
    assert "galeri HP" in run.stderr
    assert (photos / "out" / "baik" / "main.jpg").exists()


def test_matte_writes_alpha_of_the_upright_photos_size_under_the_same_name(photos: Path) -> None:
    run = run_etalase(photos, environment(photos / "home"), "matte", "baik.jpg", "miring.jpg", "-o", "out")

    assert run.returncode == 0, run.stderr
    straight, turned = (Image.open(photos / "out" / name) for name in ("baik.png", "miring.png"))
    assert straight.mode == turned.mode == "L"
    assert straight.size == turned.size == (1200, 900)
    assert np.mean(np.abs(np.asarray(straight, float) - np.asarray(turned, float))) < 3
    assert 0.1 < np.mean(np.asarray(straight)) / 255 < 0.5


@pytest.mark.parametrize("command", ["photo", "matte"])
def test_two_files_of_one_name_are_refused_before_one_overwrites_the_other(command: str, photos: Path) -> None:
    (photos / "lain").mkdir()
    (photos / "lain" / "baik.jpg").write_bytes(draw_photo(2))
    run = run_etalase(photos, environment(photos / "home"), command, "baik.jpg", "lain/baik.jpg", "-o", "out")

    assert run.returncode == 2
    assert "baik" in run.stderr
    assert not (photos / "out").exists()


def test_a_name_that_leads_out_of_the_output_folder_is_refused(photos: Path) -> None:
    (photos / "...jpg").write_bytes(draw_photo(2))
    run = run_etalase(photos, environment(photos / "home"), "photo", "...jpg", "-o", "out/sub")

    assert run.returncode == 2
    assert not (photos / "out").exists()


def test_an_unknown_model_is_refused_with_the_names_of_those_that_there_are(photos: Path) -> None:
    run = run_etalase(photos, environment(photos / "home"), "matte", "baik.jpg", "-o", "out", "--model", "ajaib")

    assert run.returncode == 2
    assert "bundled" in run.stderr
    assert "u2netp" in run.stderr
    assert "Traceback" not in run.stderr


def test_missing_weights_are_named_with_their_folder_and_a_way_out(photos: Path) -> None:
    variables = environment(photos / "home", REMBG_HOME=str(photos / "rembg"), HTTPS_PROXY="http://127.0.0.1:1")
    run = run_etalase(photos, variables, "matte", "baik.jpg", "-o", "out", "--model", "u2netp")

    assert run.returncode == 2
    assert "u2netp.onnx" in run.stderr
    assert str(photos / "rembg") in run.stderr.replace("\n", "")
    assert "bundled" in run.stderr
    assert "Traceback" not in run.stderr


def test_an_output_that_is_a_file_is_refused(photos: Path) -> None:
    run = run_etalase(photos, environment(photos / "home"), "photo", "baik.jpg", "-o", "rusak.jpg")

    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert (photos / "rusak.jpg").read_bytes() == b"bukan foto"


def test_the_status_of_an_empty_installation_says_where_photos_go(tmp_path: Path) -> None:
    run = run_etalase(tmp_path, environment(tmp_path / "home"), "status")

    assert run.returncode == 0, run.stderr
    assert str(tmp_path / "home" / "store" / "raw") in run.stdout


def test_help_is_in_the_language_that_is_set(tmp_path: Path) -> None:
    indonesian = run_etalase(tmp_path, environment(tmp_path), "--help").stdout
    english = run_etalase(tmp_path, environment(tmp_path, ETALASE_LANGUAGE="en"), "--help").stdout

    assert "siap tayang" in indonesian
    assert "ready for buyers" in english
