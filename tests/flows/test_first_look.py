"""The first look: what the work on the photo will say, said at once, by a process of its own."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from config.settings import Settings
from flows.first_look import MANY, FirstLookPool, look_first
from flows.photo_process import ProcessGone
from flows.photo_work import work_on_photo
from models.edit import Overrides
from models.photo import Finished, FirstLook, PhotoKey, SetAside
from models.rejection import RejectionReason
from storage.object_store.opening import open_store
from tests.sellers import draw_photo
from tests.standing import children_of

KEY = PhotoKey(seller="bu-ani", listing="tampah", file="depan.jpg")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, store=f"file:{tmp_path}/store", catalog=f"sqlite:///{tmp_path}/c.sqlite")


def put(settings: Settings, data: bytes) -> None:
    open_store(settings.store).put(KEY.raw, data, media_type="image/jpeg")


def processes() -> set[int]:
    return {process for process, name in children_of(os.getpid()).items() if "spawn_main" in name}


def test_it_says_what_the_work_will_say_and_leaves_nothing_behind(settings: Settings) -> None:
    put(settings, draw_photo(1))
    seen = look_first(settings, KEY)
    assert [found.key for found in open_store(settings.store).list("")] == [KEY.raw]
    worked = work_on_photo(settings, KEY, Overrides(marketplaces=("etsy",)))  # wherever she sells
    assert isinstance(seen, FirstLook)
    assert isinstance(worked, Finished)
    assert (seen.score, seen.trusted, seen.doubts) == (worked.assessment.score, worked.trusted, worked.doubts)
    assert seen.defects == worked.assessment.defects
    assert {verdict.marketplace for verdict in worked.verdicts} == {"etsy"}


def test_what_is_no_photo_or_is_not_there_is_said_with_its_reason(settings: Settings) -> None:
    missing = look_first(settings, KEY)
    put(settings, draw_photo(1)[:2000])
    broken = look_first(settings, KEY)
    assert isinstance(missing, SetAside)
    assert isinstance(broken, SetAside)
    assert (missing.reason, broken.reason) == (RejectionReason.MISSING, RejectionReason.TRUNCATED)


def test_a_process_that_dies_is_followed_by_another_and_the_last_one_ends_by_itself(settings: Settings) -> None:
    put(settings, draw_photo(1))
    before = processes()

    async def look_and_lose() -> None:
        first_look_pool = FirstLookPool(settings)
        first_look_pool.wake()
        (process,) = processes() - before
        os.kill(process, signal.SIGKILL)
        with pytest.raises(ProcessGone):
            await first_look_pool.look(KEY)
        assert isinstance(await first_look_pool.look(KEY), FirstLook)
        first_look_pool.close()
        short = FirstLookPool(settings, idle_seconds=0.0)
        short.wake()
        while processes() - before:
            await asyncio.sleep(0.05)

    asyncio.run(look_and_lose())


def test_where_many_photos_wait_another_process_helps_and_then_each_ends_by_itself(settings: Settings) -> None:
    put(settings, draw_photo(1))
    before = processes()

    async def crowd() -> None:
        first_look_pool = FirstLookPool(settings, most=2, idle_seconds=0.5)
        alone = await first_look_pool.look(KEY)
        assert len(processes() - before) == 1
        looks = [asyncio.create_task(first_look_pool.look(KEY)) for _ in range(MANY + 2)]
        while len(processes() - before) < 2:
            await asyncio.sleep(0.01)
        assert await asyncio.gather(*looks) == [alone] * len(looks)
        assert len(processes() - before) <= 2
        while processes() - before:
            await asyncio.sleep(0.05)

    asyncio.run(crowd())


def test_who_waits_for_a_process_that_dies_gets_another(settings: Settings) -> None:
    put(settings, draw_photo(1))
    before = processes()

    async def lose_under_way() -> None:
        first_look_pool = FirstLookPool(settings, most=1)
        looks = [asyncio.create_task(first_look_pool.look(KEY)) for _ in range(2)]
        await asyncio.sleep(0)
        (process,) = processes() - before
        os.kill(process, signal.SIGKILL)
        lost, seen = await asyncio.gather(*looks, return_exceptions=True)
        assert isinstance(lost, ProcessGone)
        assert isinstance(seen, FirstLook)
        first_look_pool.close()

    asyncio.run(lose_under_way())
