"""Where listings go is declared in a file, whose mistakes are named."""

from pathlib import Path

import pytest

from config.known import PUBLISHERS
from config.presets import PresetError
from config.publishers import load_publishers, publisher_names

WEBHOOK = '[[publisher]]\nkind = "webhook"\nname = "pasar"\nurl = "https://pasar.example/hooks"\n'
FEED = (
    '[[publisher]]\nkind = "meta"\nname = "meta"\nbrand = "Pasar Desa"\navailability = "in stock"\n'
    'pictures = "https://foto.example/feeds"\n'
)


def declare(folder: Path, text: str) -> Path:
    file = folder / "publishers.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_nothing_but_the_bundle_is_declared_at_first() -> None:
    assert publisher_names() == ("bundle",)


def test_every_example_in_the_file_is_a_declaration(tmp_path: Path) -> None:
    lines = PUBLISHERS.read_text(encoding="utf-8").splitlines()
    is_toml = [line.removeprefix("# ") for line in lines if line.startswith(("# [[", "# ")) and _declares(line)]
    kinds = [each.kind for each in load_publishers(declare(tmp_path, "\n".join(is_toml)))]
    assert kinds == ["webhook", "google", "meta", "shopee-sheet", "tokopedia-sheet", "oscar"]


def _declares(line: str) -> bool:
    return line == "# [[publisher]]" or " = " in line


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (WEBHOOK + WEBHOOK, "two publishers are named pasar"),
        (WEBHOOK.replace("pasar", "bundle", 1), "two publishers are named bundle"),
        (WEBHOOK.replace("https:", "http:"), "no https:// address"),
        (WEBHOOK.replace("https://", "https://user:secret@"), "has a password in it"),
        (WEBHOOK.replace('"pasar"', '"Pasar Desa"'), "name"),
        (WEBHOOK.replace("webhook", "carrier-pigeon"), "carrier-pigeon"),
        (FEED + 'link = "https://pasar.example/toko"\n', r"no \{listing\}"),
        (FEED + 'link = "https://pasar.example/{listing}/{price}"\n', "placeholder"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(PresetError, match=fault):
        load_publishers(declare(tmp_path, text))
