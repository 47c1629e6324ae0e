"""Where a task finds what it works with, on a machine of a cluster."""

import multiprocessing
from multiprocessing.connection import Connection

from flows.context_provider import RemoteContext


def open_remotely(said: Connection) -> None:
    try:
        with RemoteContext(("tokopedia",), publish=True).open():
            said.send("opened")
    except RuntimeError as fault:
        said.send(str(fault))


def test_a_process_that_may_have_no_child_for_its_photos_says_how_it_is_to_be_started() -> None:
    here, provider = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=open_remotely, args=(provider,), daemon=True)
    process.start()
    process.join()

    assert "DASK_DISTRIBUTED__WORKER__DAEMON=False" in here.recv()
