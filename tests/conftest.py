"""What all tests share."""

pytest_plugins = ["tests.servers.fixtures", "tests.installation"]
"""Real servers, and installations of Etalase on all that it supports."""
