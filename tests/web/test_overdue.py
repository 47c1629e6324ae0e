"""What has been due for minutes has a batch run asked for, and whatever goes wrong this goes on."""

import asyncio

import pytest

from flows.request import RequestFailed
from storage.catalog import Catalog, open_catalog
from storage.catalog.arrivals import record_arrivals
from tests.storage.made import arrival, now
from web import overdue
from web.overdue import call_for_overdue


def asked_for(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is asked for in a moment, where the first request fails and the second is answered strangely."""
    keys: list[str] = []

    async def ask(key: str) -> bool:
        keys.append(key)
        if len(keys) == 1:
            raise RequestFailed("no server")
        if len(keys) == 2:
            raise TypeError("None is no answer")
        return True

    async def listen() -> None:
        calling = asyncio.create_task(call_for_overdue(catalog, pause=0.01))
        await asyncio.sleep(1)
        assert not calling.done()
        calling.cancel()

    monkeypatch.setattr(overdue, "request_batch_run", ask)
    asyncio.run(listen())
    return keys


def test_what_has_been_due_for_minutes_is_called_for_again_and_again(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = open_catalog(sqlite_url)
    record_arrivals(catalog, [arrival("ani/new", modified=now(catalog))])
    assert asked_for(catalog, monkeypatch) == []

    record_arrivals(catalog, [arrival("ani/old")])

    keys = asked_for(catalog, monkeypatch)
    assert len(keys) > 2
    assert all(key.startswith("overdue-") for key in keys)
    catalog.close()
