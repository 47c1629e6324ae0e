"""``etalase edit``, ``answer`` and ``edits``: a person's own words, from the terminal."""

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.cli.terminal import PRICELESS, Terminal


def test_an_edit_is_kept_told_what_speaks_against_it_and_counted(terminal: Terminal) -> None:
    terminal.add("tampah")
    title = "Tampah Bambu TERBAIK " * 20

    told = terminal.run("edit", "ibu-ani/tampah", "--title", title, "--price", "25000", "--by", "Bu Sari")
    assert told.returncode == 0, told.stderr
    assert "versi 2" in told.stdout
    assert "Shopee" in told.stdout
    assert "terbaik" in told.stdout.casefold()
    assert terminal.states() == {"tampah": "due"}

    counts = {row["field"]: (row["listings"], row["share"]) for row in terminal.read("edits")}
    assert (counts["title"], counts["price"], counts["keywords"]) == ((1, 1.0), (1, 1.0), (0, 0.0))
    (entry,) = terminal.read("audit")
    assert (entry["act"], entry["by"], entry["detail"]["about"]) == ("listing_edited", "Bu Sari", "price, title")

    back = terminal.read("edit", "ibu-ani/tampah", "--undo", "title", "--category", "cassava_chips")
    assert (back["version"], back["objections"]) == (3, [])
    assert "Judul" in terminal.run("edits").stdout


def test_an_answer_is_kept_and_makes_the_listing_due(terminal: Terminal) -> None:
    terminal.add("tampah", PRICELESS)

    given = terminal.read("answer", "ibu-ani/tampah", "what_price", "25", "ribu", "--by", "Ibu Ani")

    assert (given["version"], given["question"], given["value"]) == (2, "what_price", "25 ribu")
    assert terminal.states() == {"tampah": "due"}


def test_what_cannot_be_meant_is_refused_and_nothing_changes(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(terminal.folder)
    monkeypatch.setenv("ETALASE_CATALOG", terminal.catalog)
    terminal.add("tampah")
    for arguments in (
        ("edit", "ibu-ani/tampah"),
        ("edit", "ibu-ani/tampah", "--title", " "),
        ("edit", "ibu-ani/tampah", "--title", "Tampah", "--undo", "title"),
        ("edit", "ibu-ani/tampah", "--category", "no such goods"),
        ("edit", "ibu-ani/tampah", "--price", "0"),
        ("edit", "ibu-ani/tidak-ada", "--title", "Tampah"),
        ("answer", "ibu-ani/tampah", "no_such_question", "1"),
        ("answer", "ibu-ani/tampah", "what_price", " "),
        ("answer", "ibu-ani/tidak-ada", "what_price", "1000"),
    ):
        assert CliRunner().invoke(app, arguments).exit_code == 2, arguments
    assert terminal.read("audit") == []
