"""``etalase settings`` and the refusal of wrong ones, as a person meets them."""

import json
from pathlib import Path

import pytest

from tests.command import environment, run_etalase


def test_it_shows_where_each_setting_comes_from(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ETALASE_RECIPE=white-square\n")
    shown = json.loads(run_etalase(tmp_path, environment(tmp_path), "settings", "--json").stdout)

    assert shown["ETALASE_HOME"] == {"value": str(tmp_path), "origin": "environment"}
    assert shown["ETALASE_RECIPE"]["origin"] == "file"
    assert shown["ETALASE_MATTE"] == {"value": "bundled", "origin": "default"}


def test_it_hides_the_catalogs_password(tmp_path: Path) -> None:
    variables = environment(tmp_path, ETALASE_CATALOG="postgresql+psycopg://ani:rahasia@localhost/etalase")
    shown = run_etalase(tmp_path, variables, "settings").stdout

    assert "rahasia" not in shown
    assert "ani:***@" in shown


def test_a_password_is_hidden_wherever_it_stands(tmp_path: Path) -> None:
    in_query = environment(
        tmp_path, ETALASE_CATALOG="postgresql+psycopg://localhost/etalase?password=rahasia&user=ani"
    )
    refused = environment(tmp_path, ETALASE_CATALOG="postgres://ani:rahasia@localhost/etalase")

    with_a_slash = environment(tmp_path, ETALASE_CATALOG="postgresql+psycopg://ani:r/rahasia:x@localhost/etalase")

    for variables in (in_query, refused, with_a_slash):
        run = run_etalase(tmp_path, variables, "settings", "--json")
        assert "***" in run.stdout + run.stderr
        assert "rahasia" not in run.stdout + run.stderr


def test_a_secret_is_shown_neither_when_it_is_right_nor_when_it_is_wrong(tmp_path: Path) -> None:
    key = "cmFoYXNpYS1yYWhhc2lhLXJhaGFzaWEtcmFoYXNpYQ=="
    for secret, code in ((f"whsec_{key}", 0), (f"whsec_{key}!", 2)):
        run = run_etalase(tmp_path, environment(tmp_path, ETALASE_WEBHOOK_SECRETS=secret), "settings", "--json")
        assert run.returncode == code
        assert "***" in run.stdout + run.stderr
        assert "cmFoYXNp" not in run.stdout + run.stderr


def test_a_sellers_name_that_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    run = run_etalase(tmp_path, environment(tmp_path / "home"), "process", "--seller", "a/b")

    assert run.returncode == 2
    assert "'a/b'" in run.stderr


@pytest.mark.parametrize("command", [("settings",), ("process",), ("status",)])
def test_a_wrong_setting_is_named_with_what_would_be_right_before_anything_is_done(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    run = run_etalase(tmp_path, environment(tmp_path / "home", ETALASE_WORKERS="banyak"), *command)

    assert run.returncode == 2
    assert "ETALASE_WORKERS=banyak" in run.stderr
    assert "1 sampai 256" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "home").exists()


def test_a_catalog_that_cannot_be_reached_is_told_before_anything_starts(tmp_path: Path) -> None:
    catalog = "postgresql+psycopg://ani:rahasia@127.0.0.1:1/etalase"
    run = run_etalase(tmp_path, environment(tmp_path / "home", ETALASE_CATALOG=catalog), "process")

    assert run.returncode == 1
    assert "ETALASE_CATALOG" in run.stderr
    assert "Traceback" not in run.stderr
    assert "rahasia" not in run.stderr
    assert not (tmp_path / "home" / "prefect").exists()


def test_a_bucket_that_cannot_be_reached_is_told_before_anything_starts(tmp_path: Path) -> None:
    variables = environment(
        tmp_path / "home",
        ETALASE_STORE="s3://foto/desa",
        AWS_ENDPOINT_URL="http://127.0.0.1:1",
        AWS_ACCESS_KEY_ID="kunci",
        AWS_SECRET_ACCESS_KEY="rahasia",
    )
    run = run_etalase(tmp_path, variables, "process")

    assert run.returncode == 1
    assert "s3://foto/desa" in run.stderr
    assert "Traceback" not in run.stderr


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    variables = environment(tmp_path, ETALASE_WORKERS="0", ETALASE_STORE="ftp://x", ETALASE_LANGUAGE="en")
    run = run_etalase(tmp_path, variables, "settings")

    assert "ETALASE_WORKERS=0" in run.stderr
    assert "ETALASE_STORE=ftp://x" in run.stderr
    assert "ETALASE_CATALOG" not in run.stderr


def test_a_misspelt_setting_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ETALASE_STOER=file:x\n")
    run = run_etalase(tmp_path, environment(tmp_path), "settings")

    assert run.returncode == 2
    assert "ETALASE_STOER" in run.stderr
    assert "ETALASE_STORE" in run.stderr
