"""A seller's lesson is written where that is asked, and one of whom nothing is known is named."""

from pathlib import Path

from tests.cli.terminal import Terminal


def test_the_lesson_is_a_page_a_pdf_and_a_sheet_of_all_photos(terminal: Terminal, tmp_path: Path) -> None:
    terminal.add("tampah")
    told = terminal.read("lesson", "ibu-ani", "-o", "belajar")

    assert Path(told["page"]) == tmp_path / "belajar" / "index.html"
    assert Path(told["pdf"]).read_bytes().startswith(b"%PDF")
    assert "ibu-ani" in Path(told["page"]).read_text()
    assert (tmp_path / "belajar" / "photos.html").exists()


def test_a_seller_without_photos_is_named_with_a_way_on(terminal: Terminal) -> None:
    run = terminal.run("lesson", "bu-siapa")

    assert run.returncode == 2
    assert "bu-siapa" in run.stderr
    assert "etalase status" in run.stderr
    assert "Traceback" not in run.stderr
