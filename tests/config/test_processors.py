"""Photo processes by what the machine has."""

from pathlib import Path

import pytest

import config.processors
from config.processors import of_this_machine, photos_at_once
from config.settings import Settings

GB = 1_000_000_000


@pytest.mark.parametrize(
    ("processors", "memory", "at_once"),
    [(4, 3.7 * GB, 2), (8, 3.7 * GB, 2), (8, 7.7 * GB, 4), (2, 16 * GB, 2), (16, 128 * GB, 16), (4, GB / 2, 1)],
)
def test_a_village_laptop_takes_no_more_photos_than_its_memory_holds(
    processors: int, memory: float, at_once: int
) -> None:
    assert photos_at_once(processors, int(memory)) == at_once


@pytest.mark.parametrize(("limit", "at_once"), [("2000000000\n", 1), ("100000000\n", 1)])
def test_a_container_counts_what_it_may_take_not_what_the_machine_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, at_once: int
) -> None:
    (tmp_path / "memory.max").write_text(limit)
    monkeypatch.setattr(config.processors, "LIMIT", tmp_path / "memory.max")
    assert of_this_machine() == at_once


@pytest.mark.parametrize("limit", [None, "max\n"])
def test_without_a_limit_the_machine_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str | None
) -> None:
    if limit:
        (tmp_path / "memory.max").write_text(limit)
    monkeypatch.setattr(config.processors, "LIMIT", tmp_path / "memory.max")
    monkeypatch.setattr("os.sysconf", lambda name: {"SC_PHYS_PAGES": 2_000_000, "SC_PAGE_SIZE": 4096}[name])
    monkeypatch.setattr("os.cpu_count", lambda: 64)
    assert of_this_machine() == 4


def test_whoever_sets_a_number_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ETALASE_WORKERS", "7")
    assert Settings().workers == 7
