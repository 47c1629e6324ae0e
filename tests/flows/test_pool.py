"""The process pool: a photo that kills its process is set aside alone."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from config.settings import Settings
from flows.pool import PhotoPool
from models.photo import Finished, PhotoKey, SetAside
from models.rejection import RejectionReason
from models.store import StoreError
from tests.sellers import draw_photo


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation with four photos."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ETALASE_HOME", str(tmp_path))
    folder = tmp_path / "store" / "raw" / "ibu-ani" / "tampah"
    folder.mkdir(parents=True)
    for number in range(4):
        (folder / f"{number}.jpg").write_bytes(draw_photo(number))
    return Settings(workers=2)


PATIENCE_SECONDS = 60
KEYS = [PhotoKey(seller="ibu-ani", listing="tampah", file=f"{number}.jpg") for number in range(4)]


async def a_process_is_there() -> None:
    # One that has just been started still goes by its parent's command line.
    while not children():
        await asyncio.sleep(0.01)


def children() -> set[int]:
    """Return the ids of this process's children that run a pool's work."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if parent == os.getpid() and b"spawn_main" in (entry / "cmdline").read_bytes():
                    found.add(int(entry.name))
            except OSError:
                continue
    return found


@contextmanager
def killing_every_child() -> Iterator[None]:
    """Kill each process of the pool as soon as it is seen, as a photo would that no decoder survives."""
    stop = threading.Event()

    def kill() -> None:
        while not stop.is_set():
            for child in children():
                # It may have ended since it was seen.
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            time.sleep(0.02)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


async def work_on_all(pool: PhotoPool) -> list[object]:
    return list(await asyncio.gather(*(pool.work(key) for key in KEYS)))


@pytest.mark.heavy
def test_when_a_process_dies_no_photo_is_lost(settings: Settings) -> None:
    async def run() -> list[object]:
        with PhotoPool(settings) as pool:
            work = asyncio.create_task(work_on_all(pool))
            while not children():
                await asyncio.sleep(0.01)
            os.kill(children().pop(), signal.SIGKILL)
            return await work

    photos = asyncio.run(run())
    assert [type(photo) for photo in photos] == [Finished] * len(KEYS)
    assert [photo.file for photo in photos if isinstance(photo, Finished)] == [key.file for key in KEYS]


@pytest.mark.heavy
def test_a_photo_that_no_process_survives_is_set_aside_and_the_pool_goes_on(settings: Settings) -> None:
    async def run() -> tuple[object, object]:
        with PhotoPool(settings) as pool:
            with killing_every_child():
                deadly = await pool.work(KEYS[0])
            return deadly, await pool.work(KEYS[1])

    deadly, next_one = asyncio.run(run())
    assert isinstance(deadly, SetAside)
    assert deadly.reason is RejectionReason.CRASHED
    assert isinstance(next_one, Finished)


@pytest.mark.heavy
def test_a_process_that_dies_while_it_waits_takes_no_photo_along(settings: Settings) -> None:
    async def run() -> object:
        with PhotoPool(settings) as pool:
            await pool.work(KEYS[0])
            os.kill(children().pop(), signal.SIGKILL)
            return await pool.work(KEYS[1])

    assert isinstance(asyncio.run(run()), Finished)


@pytest.mark.heavy
def test_a_photo_that_nobody_waits_for_any_more_is_given_up_with_its_process(settings: Settings) -> None:
    async def run() -> object:
        with PhotoPool(settings) as pool:
            work = asyncio.create_task(pool.work(KEYS[0]))
            await asyncio.wait_for(a_process_is_there(), PATIENCE_SECONDS)
            work.cancel()
            await asyncio.wait([work])
            assert work.cancelled()
            assert not children()
            return await pool.work(KEYS[1])

    assert isinstance(asyncio.run(run()), Finished)
    assert not children()


def test_a_store_that_fails_is_told_with_where_it_failed(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "store" / "raw" / "ibu-ani" / "tampah" / "x").symlink_to("x")  # a loop
    key = PhotoKey(seller="ibu-ani", listing="tampah", file="x")

    async def run() -> None:
        with PhotoPool(settings) as pool:
            await pool.work(key)

    with pytest.raises(StoreError) as raised:
        asyncio.run(run())
    assert "in work_on_photo" in "".join(raised.value.__notes__)


def test_a_photo_that_is_gone_is_set_aside_as_missing(settings: Settings) -> None:
    async def run() -> object:
        with PhotoPool(settings) as pool:
            return await pool.work(PhotoKey(seller="ibu-ani", listing="tampah", file="hilang.jpg"))

    photo = asyncio.run(run())
    assert isinstance(photo, SetAside)
    assert photo.reason is RejectionReason.MISSING


def test_a_process_of_the_pool_never_imports_prefect_or_rembg() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import flows.photo_work, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "processing.photo" in loaded
    assert not {"prefect", "rembg", "onnxruntime", "sqlalchemy", "boto3", "skimage", "scipy"} & set(loaded)
