"""Settings: defaults that work together, and a clear word about what is wrong."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from config.messages import Language, load_messages
from config.settings import Settings


@pytest.fixture(autouse=True)
def _without_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ETALASE_{name.upper()}", raising=False)


def test_store_and_catalog_follow_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETALASE_HOME", "/srv/etalase")
    assert Settings().store == "file:/srv/etalase/store"
    assert Settings().catalog == "sqlite:////srv/etalase/catalog.sqlite"


def test_marketplaces_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETALASE_MARKETPLACES", "shopee, tokopedia")
    assert Settings().marketplaces == ("shopee", "tokopedia")


def test_secrets_and_hosts_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = ("whsec_cmFoYXNpYS1yYWhhc2lhLXJhaGFzaWEtMQ==", "whsec_cmFoYXNpYS1yYWhhc2lhLWJhcnUtYmFydQ==")
    monkeypatch.setenv("ETALASE_WEBHOOK_SECRETS", ", ".join(secrets))
    monkeypatch.setenv("ETALASE_LINK_HOSTS", "photos.example,cdn.example:8443")
    assert tuple(secret.get_secret_value() for secret in Settings().webhook_secrets) == secrets
    assert Settings().link_hosts == ("photos.example", "cdn.example:8443")


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("ETALASE_WORKERS=3\nETALASE_LANGUAGE=en\n")
    monkeypatch.setenv("ETALASE_WORKERS", "5")
    assert (Settings().workers, Settings().language) == (5, "en")


def test_what_the_file_holds_for_others_is_left_to_them(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PREFECT_API_URL=http://server/api\nAWS_DEFAULT_REGION=x\nETALASE_WORKERS=3\n")
    assert Settings().workers == 3


def test_a_misspelt_name_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ETALASE_STOER=file:x\n")
    with pytest.raises(ValidationError, match="stoer"):
        Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STORE", "ftp://server/folder"),
        ("CATALOG", "mysql://server/name"),
        ("RECIPE", "no-such-recipe"),
        ("MARKETPLACES", "tokopedia,no-such-marketplace"),
        ("LANGUAGE", "jv"),
        ("WORKERS", "0"),
        ("WORKERS", "two"),
        ("MATTE", ""),
        ("RUNNER", "dask"),
        ("RUNNER", "tcp://scheduler:8786"),
        ("RUNNER", "ray://head"),
        ("MODEL", "gpt-5"),
        ("MODEL", "openai:"),
        ("MODEL", "mistral:large"),
        ("MODEL_URL", "127.0.0.1:11434/v1"),
        ("MODEL_URL", "https://kunci@server.example/v1"),
        ("MODEL_TIMEOUT", "0"),
        ("MODEL_TOKENS", "10"),
        ("WEBHOOK_SECRETS", "whsec_c2hvcnQ="),
        ("WEBHOOK_SECRETS", "without-a-beginning-cmFoYXNpYS1yYWhhc2lh"),
        ("WEBHOOK_SECRETS", "whsec_this is no base64 at all, and rather long"),
        ("WEBHOOK_TOKENS", "short"),
        ("WEBHOOK_TOKENS", "with-a-sign-that-urls-know-@-0123456789"),
        ("METRICS_TOKEN", "short"),
        ("LINK_HOSTS", "https://photos.example"),
        ("LINK_HOSTS", "photos.example,Photos.Example"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"ETALASE_{name}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    wrong = [fault["loc"] for fault in refused.value.errors() if fault["type"] != "default_factory_not_called"]
    assert wrong == [(name.lower(),)]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", Settings.model_fields)
def test_what_would_be_right_is_told_of_every_setting(language: Language, name: str) -> None:
    assert load_messages(language).text(f"setting.{name}.right")


def test_every_setting_is_in_the_example_with_its_default() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text()
    for name, value in Settings():
        line = next(line for line in example.splitlines() if line.startswith(f"# ETALASE_{name.upper()}="))
        shown = ",".join(value) if isinstance(value, tuple) else str(value)
        assert name in {"workers", "publishers"} or line.endswith(f"={shown}")
