"""``etalase forget``: nothing is done by mistake, what is in the way is told, and a receipt is left."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.object_store.opening import open_store
from tests.cli.terminal import DOUBTFUL, Terminal
from tests.command import environment, run_etalase
from tests.sellers import draw_photo


def test_without_a_yes_nothing_is_done(terminal: Terminal) -> None:
    terminal.add("tampah", DOUBTFUL)
    run = terminal.run("forget", "ibu-ani")
    assert run.returncode == 2
    assert "--yes" in run.stderr
    assert terminal.states() == {"tampah": "waiting"}


def test_a_receipt_is_left_and_nothing_else(terminal: Terminal) -> None:
    terminal.add("tampah", DOUBTFUL)
    terminal.run("approve", "ibu-ani/tampah", "--version", "1", "--by", "Bu Sari")

    end = terminal.read("forget", "ibu-ani", "--yes", "--by", "Bu Sari")

    receipt = end["receipt"]
    assert (receipt["removed"]["listings"], end["outstanding"]) == (1, [])
    assert not [found for found in open_store(terminal.store).list("") if "ibu-ani" in found.key]
    assert terminal.states() == {}
    assert "ibu-ani" not in json.dumps(terminal.read("audit"))
    entries = terminal.read("audit", "--seller", receipt["code"])
    assert [entry["act"] for entry in entries] == ["listing_approved", "forgetting_begun", "seller_forgotten"]
    again = terminal.run("forget", "ibu-ani", "--yes")
    assert (again.returncode, "Tidak ada apa-apa" in again.stdout) == (0, True)


def test_what_is_in_the_way_is_named_with_the_way_on(terminal: Terminal) -> None:
    publishers = terminal.folder / "publishers.toml"
    publishers.write_text(
        '[[publisher]]\nkind = "google"\nname = "google"\ntitle = "Pasar"\nhome = "https://pasar.example/"\n'
        'link = "https://pasar.example/{listing}"\npictures = "https://foto.example/feeds"\n'
        'availability = "in_stock"\n'
    )
    declared = Terminal(
        terminal.folder,
        {**terminal.environment, "ETALASE_PUBLISHERS": str(publishers)},
        terminal.store,
        terminal.catalog,
    )
    terminal.add("tampah", DOUBTFUL)
    declared.run("approve", "ibu-ani/tampah", "--version", "1")
    assert declared.run("publish").returncode == 0

    run = terminal.run("forget", "ibu-ani", "--yes")

    assert run.returncode == 1
    assert "ibu-ani/tampah: google (no publisher named google is declared)" in run.stdout
    assert "etalase forget ibu-ani" in run.stdout
    done = terminal.run("forget", "ibu-ani", "--yes", "--without", "google")
    assert done.returncode == 0, done.stderr
    assert "google" in done.stdout


def test_what_is_no_name_is_refused(terminal: Terminal) -> None:
    run = terminal.run("forget", "../ibu-ani", "--yes")
    assert run.returncode == 2
    assert "ibu-ani" in run.stderr


@pytest.mark.heavy
def test_what_prefect_kept_on_this_machine_is_forgotten_too(tmp_path: Path) -> None:
    folder = tmp_path / "foto" / "tampah"
    folder.mkdir(parents=True)
    (folder / "depan.jpg").write_bytes(draw_photo(1))
    (folder / "note.txt").write_text("Tampah anyaman bambu 45rb")
    variables = environment(tmp_path / "home")
    assert run_etalase(tmp_path, variables, "onboard", "ibu-ani", str(folder)).returncode == 0
    assert "ibu-ani" in recorded(tmp_path / "home")

    run = run_etalase(tmp_path, variables, "forget", "ibu-ani", "--yes")

    assert run.returncode == 0, run.stderr
    assert "ibu-ani" not in recorded(tmp_path / "home")


def recorded(home: Path) -> str:
    """Return what Prefect's database says of runs and what they have shown."""
    with closing(sqlite3.connect(home / "prefect" / "prefect.db")) as database:
        asked = ("SELECT name, tags, parameters FROM flow_run", "SELECT key, description, data FROM artifact")
        return str([database.execute(question).fetchall() for question in asked])
