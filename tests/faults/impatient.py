"""The command ``etalase`` with short waits: ``impatient.py ARGUMENT...``.

What it waits for is as in use, only not for as long. The pool's processes import this file again as their main
module, and so do as it does.
"""

from functools import partial

from botocore.config import Config

import flows.task_work
import storage.catalog.connection
import storage.object_store.s3
from cli.main import main
from tests.faults import waits

flows.task_work.release = partial(flows.task_work.release, retry_after=waits.POSTPONED_SECONDS)
storage.catalog.connection.IDLE_SECONDS = waits.IDLE_SECONDS
storage.object_store.s3.SETTINGS = storage.object_store.s3.SETTINGS.merge(
    Config(
        connect_timeout=waits.S3_SECONDS,
        read_timeout=waits.S3_SECONDS,
        retries={"mode": "standard", "max_attempts": waits.S3_TRIES},
    )
)

if __name__ == "__main__":
    main()
