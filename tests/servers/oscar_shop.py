"""A real shop for tests: django-oscar with its REST API, from a database that was seeded once.

It needs libraries that clash with ours, so it runs in an environment of its own: the one that ETALASE_TEST_OSCAR
names, or ``.venv-oscar``, made at the first use (a minute, and a connection).
"""

import fcntl
import lzma
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from tests.servers.absence import report_absent
from tests.servers.ports import free_port

HERE = Path(__file__).parent / "oscar"
GIVEN = "ETALASE_TEST_OSCAR"
OWN = Path(__file__).parents[2] / ".venv-oscar"
INSTALL = f"python3 -m venv .venv-oscar && .venv-oscar/bin/pip install -r {HERE}/requirements.txt"
SECRET = "admin:admin"
START_SECONDS = 300
ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Shop:
    """A running shop."""

    address: str

    @property
    def api(self) -> str:
        return f"{self.address}/api/"

    def products(self) -> list[dict[str, Any]]:
        """Return all products, shown or not."""
        return self._get("products/")

    def partners(self) -> list[dict[str, Any]]:
        return self._get("partners/")

    def page_of(self, title: str) -> str | None:
        """Return a product's page as a buyer sees it; ``None`` where the shop does not show it to her."""
        (product,) = [each for each in self.products() if each["title"] == title]
        page = f"{self.address}/catalogue/{product['slug']}_{product['id']}/"
        answer = httpx.get(page, follow_redirects=True, timeout=ANSWER_SECONDS)
        return None if answer.status_code == httpx.codes.NOT_FOUND else answer.raise_for_status().text

    def _get(self, path: str) -> list[dict[str, Any]]:
        user, _, password = SECRET.partition(":")
        found: list[dict[str, Any]] = (
            httpx.get(f"{self.api}admin/{path}", auth=(user, password), timeout=ANSWER_SECONDS)
            .raise_for_status()
            .json()
        )
        return found


@contextmanager
def running_shop() -> Iterator[Shop]:
    """Start the shop with one class of products and nothing to sell, and end it afterwards."""
    python = _environment() / "bin" / "python"
    with TemporaryDirectory(prefix="etalase-oscar-") as folder:
        run = Path(folder)
        (run / "media").mkdir()
        (run / "db.sqlite3").write_bytes(lzma.decompress((HERE / "seeded.sqlite3.xz").read_bytes()))
        port = free_port()
        shop = Shop(f"http://127.0.0.1:{port}")
        variables = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "settings",
            "PYTHONDONTWRITEBYTECODE": "1",
            "SHOP_FOLDER": folder,
        }
        with (run / "log").open("wb") as log:
            process = subprocess.Popen(
                [python, "-m", "django", "runserver", "--noreload", f"127.0.0.1:{port}"],
                cwd=HERE,
                env=variables,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_until_it_answers(shop, process, run / "log")
            yield shop
        finally:
            process.kill()
            process.wait()


def _wait_until_it_answers(shop: Shop, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(shop.api, timeout=ANSWER_SECONDS).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise RuntimeError(f"the shop does not answer: {log.read_text(errors='replace')[-2000:]}")


def _environment() -> Path:
    if given := os.environ.get(GIVEN):
        return Path(given)
    done = OWN / "installed"
    wanted = (HERE / "requirements.txt").read_text()
    lock = OWN.with_suffix(".lock")
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not done.exists() or done.read_text() != wanted:
            try:
                subprocess.run([sys.executable, "-m", "venv", OWN], check=True, timeout=120)
                pip = [OWN / "bin" / "pip", "install", "-q", "--disable-pip-version-check"]
                subprocess.run([*pip, "-r", HERE / "requirements.txt"], check=True, timeout=600)
            except (subprocess.SubprocessError, OSError):
                report_absent("django-oscar", INSTALL)
            done.write_text(wanted)
    return OWN
