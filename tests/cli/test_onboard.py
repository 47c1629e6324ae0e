"""``etalase onboard``: photos of this machine, processed now, without any server that stands."""

import json
from pathlib import Path

import pytest

from storage.object_store.opening import open_store
from tests.command import environment, run_etalase
from tests.sellers import draw_photo


def photos(folder: Path, *names: str) -> Path:
    """Return a folder with good photos and a note that has all that a listing needs."""
    folder.mkdir(parents=True)
    for number, name in enumerate(names):
        (folder / name).write_bytes(draw_photo(number))
    (folder / "note.txt").write_text("Tampah anyaman bambu 45rb")
    return folder


@pytest.mark.heavy
def test_each_folder_becomes_a_listing_and_doing_it_again_changes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    variables = environment(home)
    tampah, bakul = (photos(tmp_path / "foto" / name, "depan.jpg", "samping.jpg") for name in ("tampah", "bakul"))
    wanted = ("onboard", "ibu-ani", str(tampah / "depan.jpg"), str(tampah / "note.txt"), str(bakul))

    first = run_etalase(tmp_path, variables, *wanted, "--marketplace", "tokopedia", "--centre", "Balai", "--json")
    before = {found.key: found.etag for found in open_store(f"file:{home}/store").list("")}
    again = run_etalase(tmp_path, variables, *wanted)

    assert first.returncode == 0, first.stderr
    rows = {row["key"]["listing"]: row for row in json.loads(first.stdout)}
    assert {name: (row["state"], row["photo_count"]) for name, row in rows.items()} == {
        "tampah": ("published", 1),
        "bakul": ("published", 2),
    }
    assert again.returncode == 0, again.stderr
    assert "ibu-ani/bakul" in again.stdout
    assert {found.key: found.etag for found in open_store(f"file:{home}/store").list("")} == before


@pytest.mark.parametrize(
    ("seller", "options", "told"),
    [
        ("ibu/ani", (), "seller"),
        (".ani", (), "seller"),
        ("ibu-ani", ("--marketplace", "pasar"), "tokopedia"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_done(
    tmp_path: Path, seller: str, options: tuple[str, ...], told: str
) -> None:
    folder = photos(tmp_path / "tampah", "depan.jpg")

    run = run_etalase(tmp_path, environment(tmp_path / "home"), "onboard", seller, str(folder), *options)

    assert run.returncode == 2
    assert told in run.stderr
    assert not (tmp_path / "home" / "store").exists()


def test_a_folder_without_files_is_named(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()

    run = run_etalase(tmp_path, environment(tmp_path / "home"), "onboard", "ibu-ani", "kosong")

    assert run.returncode == 2
    assert "kosong" in run.stderr


def test_two_files_that_would_lie_at_one_place_are_refused(tmp_path: Path) -> None:
    one, two = (photos(tmp_path / name / "tampah", "depan.jpg") for name in ("a", "b"))

    run = run_etalase(tmp_path, environment(tmp_path / "home"), "onboard", "ibu-ani", str(one), str(two))

    assert run.returncode == 2
    assert "tampah/depan.jpg" in run.stderr


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    folder = photos(tmp_path / "tampah", "depan.jpg")
    variables = environment(tmp_path / "home", PREFECT_API_URL="http://127.0.0.1:9/api")

    run = run_etalase(tmp_path, variables, "onboard", "ibu-ani", str(folder))

    assert run.returncode == 1
    assert "http://127.0.0.1:9/api" in run.stderr
