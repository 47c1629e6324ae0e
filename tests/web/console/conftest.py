"""A console in a new installation, and browsers to look at it."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from config.settings import Settings
from flows.photo_work import PhotoContext, look_at_photo, open_photo_context
from models.person import Role
from storage.catalog.opening import open_catalog
from tests.sellers import draw_photo
from tests.web.console.consoles import Console, running
from tests.web.console.processed import Looked, Workshop
from web.app import create_app
from web.console.pages import LANGUAGE_COOKIE
from web.console.session import PLAIN

OpenPage = Callable[..., Page]
"""``open_page(session=None, width=1280, dark=False, language="id")``."""


@pytest.fixture(scope="session")
def empty_catalog(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a catalog with today's tables: to copy it is quicker than to make them."""
    file = tmp_path_factory.mktemp("catalog") / "catalog.sqlite"
    open_catalog(f"sqlite:///{file}").close()
    return file


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_catalog: Path) -> Iterator[FastAPI]:
    """The application in a new installation, in which nothing is set."""
    shutil.copy(empty_catalog, tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("STORE", "CATALOG", "WEBHOOK_SECRETS", "WEBHOOK_TOKENS", "LINK_HOSTS", "LANGUAGE"):
        monkeypatch.delenv(f"ETALASE_{name}", raising=False)
    monkeypatch.setenv("ETALASE_HOME", str(tmp_path))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    app = create_app()
    yield app
    app.state.desk.first_look_pool.close()
    app.state.desk.catalog.close()


@pytest.fixture
def console(app: FastAPI) -> Console:
    """A console to be asked without a network."""
    return Console(app)


@pytest.fixture
def running_console(app: FastAPI) -> Iterator[Console]:
    """A console that runs, with its address."""
    with running(app) as console:
        yield console


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """A browser for one test: while Playwright stands, no other event loop can run in this thread."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", chromium_sandbox=False)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, running_console: Console) -> Iterator[OpenPage]:
    """Give a function that opens an empty page in a browser of its own; addresses begin at the console's."""
    contexts = []

    def open_one(
        session: str | None = None, *, width: int = 1280, dark: bool = False, language: str = "id"
    ) -> Page:
        context = chromium.new_context(
            base_url=running_console.address,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        cookies = {LANGUAGE_COOKIE: language} | ({PLAIN: session} if session else {})
        context.add_cookies(
            [{"name": name, "value": value, "url": running_console.address} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"{page.url}: {error}"))
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def photo_context(tmp_path_factory: pytest.TempPathFactory) -> PhotoContext:
    """What a process of the pool opens, with marketplaces whose rules are known."""
    return open_photo_context(Settings(home=tmp_path_factory.mktemp("photo_context")))


@pytest.fixture(scope="session")
def looked(photo_context: PhotoContext) -> Looked:
    """A small dark photo, off its middle, that was looked at: something is wrong with it."""
    with Image.open(io.BytesIO(draw_photo(3, width=640, height=480))) as drawn:
        dark = drawn.point(lambda level: level // 3)
    out = io.BytesIO()
    dark.save(out, "JPEG", quality=90)
    return Looked(*look_at_photo(photo_context, "depan.jpg", out.getvalue()))


@pytest.fixture
def workshop(console: Console, photo_context: PhotoContext, looked: Looked) -> Workshop:
    """The console's catalog with one seller of the trainer's centre."""
    workshop = Workshop(console, photo_context, looked)
    workshop.enrol()
    return workshop


@pytest.fixture
def trainer(workshop: Workshop) -> TestClient:
    """A browser in which the seller's trainer is signed in."""
    return workshop.console.signed_in("sari", Role.TRAINER)


@pytest.fixture
def guest(console: Console) -> TestClient:
    """A browser in which nobody is."""
    return console.client()


@pytest.fixture
def photos(workshop: Workshop) -> list[str]:
    """The SHA-256 of a listing's photos, in order; the first one's name tells something."""
    result = workshop.add(files=("ani-0812345678.jpg", "samping.jpg"))
    return [photo.sha256 for photo in result.finished]
