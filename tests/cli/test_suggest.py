"""``etalase suggest``: words for a note, for many notes, and for a listing of the catalog."""

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from cli.main import app
from models.proposal import Proposal
from tests.cli.terminal import PRICELESS, Terminal
from tests.command import environment, run_etalase
from tests.sellers import draw_photo
from tests.servers.language_model import LanguageModel, Reply

SCHEMA = Path(__file__).parents[2] / "docs" / "suggestion.schema.json"
NOTE = "keripik singkong balado 250gr 15rb"


def test_the_published_schema_is_that_of_the_answers() -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))

    jsonschema.Draft202012Validator.check_schema(published)
    assert published == Proposal.model_json_schema(), "etalase suggest --schema > docs/suggestion.schema.json"


def test_a_note_alone_is_enough(tmp_path: Path) -> None:
    run = run_etalase(tmp_path, environment(tmp_path / "home"), "suggest", "--note", NOTE, "--json")

    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    jsonschema.validate(answer, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert answer["price"] == 15000
    assert answer["indonesian"]["title"].startswith("Keripik Singkong Balado")
    assert "Cassava" in answer["english"]["title"]
    assert {fact["kind"]: fact["value"] for fact in answer["facts"]}["weight"] == "250 g"
    assert answer["category"]["name"]["en"]
    assert answer["category"]["google_id"] > 0
    assert answer["category"]["google_path"].startswith("Food, Beverages & Tobacco")
    assert {copy["marketplace"] for copy in answer["marketplaces"]} == {"tokopedia", "shopee"}
    assert not (tmp_path / "home").exists()


def test_each_line_of_a_batch_has_its_answer_and_a_bad_one_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "foto.jpg").write_bytes(draw_photo(1))
    (tmp_path / "rusak.jpg").write_bytes(b"bukan foto")
    lines = [
        json.dumps({"id": "a", "note": NOTE, "photo": "foto.jpg"}),
        "bukan JSON",
        "",
        json.dumps({"id": 4, "notes": NOTE}),
        json.dumps({"id": 5, "note": NOTE, "photo": "tidak-ada.jpg"}),
        json.dumps({"id": 6, "note": NOTE, "photo": "rusak.jpg"}),
        json.dumps({"id": 7, "note": "x" * 20_000}),
        json.dumps({"id": 8, "note": "tas rotan", "price": 85000}),
        "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
    ]
    (tmp_path / "notes.jsonl").write_text("\n".join(lines), encoding="latin-1")

    run = run_etalase(tmp_path, environment(tmp_path / "home"), "suggest", "--batch", "notes.jsonl")

    assert run.returncode == 1, run.stderr
    assert "Traceback" not in run.stderr
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    told = [(one["line"], one["id"], one["error"] and one["error"]["code"]) for one in answers]
    assert told == [
        (1, "a", None),
        (2, None, "not_json"),
        (4, None, "wrong_fields"),
        (5, 5, "no_photo"),
        (6, 6, "not_an_image"),
        (7, 7, "too_long"),
        (8, 8, None),
        (9, None, "not_json"),
    ]
    assert answers[6]["proposal"]["price"] == 85000
    assert answers[1]["error"]["words"] == "Baris ini bukan JSON."


def test_a_listing_is_shown_with_its_questions_and_how_to_answer_them(terminal: Terminal) -> None:
    terminal.add("tampah", PRICELESS)

    shown = terminal.run("suggest", "ibu-ani/tampah")

    assert shown.returncode == 0, shown.stderr
    assert "Tampah 1" in shown.stdout
    assert "etalase answer ibu-ani/tampah what_price" in shown.stdout
    assert terminal.read("suggest", "ibu-ani/tampah")["price"] is None
    assert terminal.run("suggest", "ibu-ani/tidak-ada").returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("ibu-ani/tampah", "--note", NOTE),
        ("ibu-ani/tampah", "--photo", __file__),
        ("--note", NOTE, "--schema"),
    ],
)
def test_what_is_meant_must_be_said_once(arguments: tuple[str, ...]) -> None:
    assert CliRunner().invoke(app, ["suggest", *arguments]).exit_code == 2


def test_a_model_that_fails_is_named_in_words_and_its_key_never(
    tmp_path: Path, language_model: LanguageModel
) -> None:
    language_model.says(Reply(status=401))
    (tmp_path / "kunci").write_text("sangat-rahasia\n")
    variables = environment(
        tmp_path / "home",
        ETALASE_MODEL="openai:village-7b",
        ETALASE_MODEL_URL=language_model.url,
        ETALASE_MODEL_KEY=f"file:{tmp_path / 'kunci'}",
    )

    run = run_etalase(tmp_path, variables, "suggest", "--note", NOTE)

    assert run.returncode == 0, run.stderr
    assert "menolak permintaan" in run.stdout
    assert language_model.keys == ["Bearer sangat-rahasia"]
    assert "rahasia" not in run.stdout + run.stderr


def test_a_model_that_cannot_be_asked_at_all_is_told_before_anything_starts(tmp_path: Path) -> None:
    variables = environment(tmp_path / "home", ETALASE_MODEL="openai:village-7b", ETALASE_MODEL_KEY="file:/none")
    run = run_etalase(tmp_path, variables, "suggest", "--note", NOTE)
    assert run.returncode == 2
    assert "openai:village-7b" in run.stderr
    assert "Traceback" not in run.stderr
