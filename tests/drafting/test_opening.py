"""Which model is asked, with which key, and what is said where it cannot be."""

import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import Settings
from drafting.model import open_model
from drafting.opening import ModelUnusable, open_drafter

KEY = "sangat-rahasia"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _without_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_whoever_sets_no_model_pays_for_none() -> None:
    program = "import sys, flows.suggesting, drafting.opening; sys.exit('pydantic_ai' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=600, cwd=ROOT)


def test_without_a_model_there_is_no_drafter() -> None:
    assert open_drafter(Settings()) is None


@pytest.mark.parametrize("maker", ["openai", "anthropic", "google"])
def test_each_maker_is_asked_with_the_key_of_a_file(maker: str, tmp_path: Path) -> None:
    (tmp_path / "kunci").write_text(f"{KEY}\n")
    drafter = open_drafter(Settings(model=f"{maker}:besar:1", model_key=f"file:{tmp_path / 'kunci'}"))

    assert drafter is not None
    assert KEY not in repr(drafter.address)
    assert open_model(drafter.address).model_name == "besar:1"
    assert (drafter.address.maker, drafter.address.name, drafter.address.key) == (maker, "besar:1", KEY)


def test_a_server_of_ones_own_needs_no_key_and_a_maker_does() -> None:
    assert open_drafter(Settings(model="openai:kecil", model_url="http://127.0.0.1:1/v1")) is not None
    with pytest.raises(ModelUnusable, match="ETALASE_MODEL_KEY"):
        open_drafter(Settings(model="openai:kecil"))


def test_a_key_file_that_is_not_there_is_told_without_its_place() -> None:
    with pytest.raises(ModelUnusable, match="FileNotFoundError"):
        open_drafter(Settings(model="openai:kecil", model_key="file:/nowhere/kunci"))


def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drafting.opening.find_spec", lambda _: None)
    with pytest.raises(ModelUnusable, match=r"etalase\[model\]"):
        open_drafter(Settings(model="openai:kecil", model_key=KEY))
