"""What all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.servers.fixtures", "tests.installation", "tests.village"]
"""Real servers, installations of Etalase on all that it supports, and one that stands."""

# How long an example takes says how busy the machine is, and nothing about what is tested. New examples are looked
# for where somebody works on the code; CI, which judges a change, tries the same ones each time.
settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("any machine")

LONG = tuple(Path(__file__).parent / name for name in ("faults", "flows", "cli"))
"""Whose files take minutes each."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that at the end no processor waits for another one's last file."""

    def is_long(item: pytest.Item) -> bool:
        return "heavy" in item.keywords or any(item.path.is_relative_to(folder) for folder in LONG)

    items.sort(key=is_long, reverse=True)
