"""``etalase waiting``, ``approve``, ``send-back`` and ``audit``: a person's look, from the terminal."""

import getpass
import os
import pty
import subprocess

import pytest

from storage.object_store.opening import open_store
from tests.cli.terminal import DOUBTFUL, PRICELESS, Terminal
from tests.command import ETALASE, RUN_SECONDS, run_etalase


def test_what_waits_is_shown_with_its_reasons_and_the_way_on(terminal: Terminal) -> None:
    assert "Tidak ada yang menunggu" in terminal.run("waiting").stdout
    terminal.add("tampah", DOUBTFUL)
    terminal.add("besek", PRICELESS)
    terminal.add("tikar")

    shown = terminal.run("waiting").stdout
    rows = {row["listing"]: row for row in terminal.read("waiting")}

    assert "depan.jpg: Latar fotonya terlalu ramai." in shown
    assert "etalase approve ibu-ani/tampah --version 1" in shown
    assert {name: row["approvable"] for name, row in rows.items()} == {
        "tampah": True,
        "besek": False,
        "tikar": True,
    }
    assert [reason["words"] for reason in rows["tampah"]["reasons"]] == ["depan.jpg: Latar fotonya terlalu ramai."]
    assert terminal.read("waiting", "--seller", "pak-budi") == []


def test_an_approval_is_taken_down_under_a_name_and_nothing_is_sent_yet(terminal: Terminal) -> None:
    terminal.add("tampah", DOUBTFUL)
    terminal.add("tikar")

    given = terminal.read("approve", "ibu-ani/tampah", "--version", "1", "--by", "Bu Sari")
    own = terminal.run("approve", "ibu-ani/tikar", "--version", "1")

    assert (given["by"], given["version"], given["decision"]) == ("Bu Sari", 1, "approved")
    assert getpass.getuser() in own.stdout
    assert terminal.states() == {"tampah": "publishing", "tikar": "publishing"}
    assert not list(open_store(terminal.store).list("published/"))
    assert terminal.read("waiting") == []
    entries = terminal.read("audit", "--seller", "ibu-ani")
    assert [(entry["by"], entry["act"], entry["listing"]) for entry in entries] == [
        ("Bu Sari", "listing_approved", "tampah"),
        (getpass.getuser(), "listing_approved", "tikar"),
    ]
    assert "disetujui" in terminal.run("audit").stdout


def test_nothing_is_approved_unseen(terminal: Terminal) -> None:
    terminal.add("tampah", DOUBTFUL)
    terminal.add("tampah", DOUBTFUL, etag="2")
    terminal.add("besek", PRICELESS)
    for arguments, told in (
        (("ibu-ani/tampah",), "--version 2"),
        (("ibu-ani/tampah", "--version", "1"), "versi terbarunya 2"),
        (("ibu-ani/besek", "--version", "1"), "belum bisa tayang"),
        (("ibu-ani/tidak-ada", "--version", "1"), "tidak ada"),
        (("tampah", "--version", "1"), "PENJUAL/PRODUK"),
    ):
        run = terminal.run("approve", *arguments)
        assert run.returncode == 2
        assert told in run.stderr
    assert set(terminal.states().values()) == {"waiting"}


def answer_approve(terminal: Terminal, answer: str) -> tuple[str, int]:
    """Call ``etalase approve`` at a terminal and type an answer; return what it said, and its exit status."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "wb") as keyboard, os.fdopen(theirs, "rb") as seen:
        asked = subprocess.Popen(
            [ETALASE, "approve", "ibu-ani/tampah"],
            cwd=terminal.folder,
            env=terminal.environment,
            stdin=seen,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        keyboard.write(f"{answer}\n".encode())
        keyboard.flush()
        _, said = asked.communicate(timeout=RUN_SECONDS)
    return said, asked.returncode


@pytest.mark.parametrize(("answer", "state"), [("y", "publishing"), ("n", "waiting")])
def test_who_names_no_version_is_shown_the_newest_and_asked(terminal: Terminal, answer: str, state: str) -> None:
    terminal.add("tampah", DOUBTFUL)
    said, _ = answer_approve(terminal, answer)
    assert "Tampah 1" in said
    assert "Latar fotonya terlalu ramai." in said
    assert terminal.states() == {"tampah": state}


def test_what_is_sent_back_says_by_whom_and_why_until_it_changes(terminal: Terminal) -> None:
    terminal.add("tampah", DOUBTFUL)
    run = terminal.run("send-back", "ibu-ani/tampah", "Foto", "ulang", "di", "luar", "--by", "Sari")
    assert run.returncode == 0, run.stderr
    assert "Dikembalikan oleh Sari: Foto ulang di luar" in terminal.run("waiting").stdout
    assert "Dikembalikan oleh Sari" in terminal.run("status").stdout
    (row,) = terminal.read("waiting")
    assert row["sent_back"]["word"] == "Foto ulang di luar"
    terminal.add("tampah", DOUBTFUL, etag="2")
    (row,) = terminal.read("waiting")
    assert row["sent_back"] is None
    assert terminal.run("send-back", "ibu-ani/tampah", "?", "--version", "1").returncode == 2


def test_a_server_that_does_not_answer_takes_no_approval_away(terminal: Terminal) -> None:
    terminal.add("tampah", DOUBTFUL)
    away = {**terminal.environment, "PREFECT_API_URL": "http://127.0.0.1:9/api"}
    run = run_etalase(terminal.folder, away, "approve", "ibu-ani/tampah", "--version", "1")
    assert run.returncode == 0, run.stderr
    assert terminal.states() == {"tampah": "publishing"}


def test_who_names_no_version_is_asked_for_none_that_is_still_being_made(terminal: Terminal) -> None:
    terminal.add("tampah", DOUBTFUL)
    terminal.arrive("tampah", etag="2")
    said, code = answer_approve(terminal, "y")

    assert code == 2
    assert "Tampah 1" not in said
    assert "sedang diolah" in said


def test_a_listing_that_nobody_knows_is_not_sent_back(terminal: Terminal) -> None:
    run = terminal.run("send-back", "ibu-ani/tidak-ada", "Lebih terang", "--version", "1")
    assert run.returncode == 2
    assert "ibu-ani/tidak-ada" in run.stderr and "Traceback" not in run.stderr
