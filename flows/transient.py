"""Tells transient faults, which are retried, from others: those of the store and of the catalog."""

import asyncio
import logging
import random
from collections.abc import Callable
from typing import Any, TypeVar

from prefect.client.schemas.objects import State

from models.store import ObjectMissing, StoreError
from storage.catalog.connection import CatalogError

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

DELAYS = [1.0, 2.0, 4.0, 8.0]
"""In s, before each further try; together longer than a database takes to start again."""
JITTER = 0.5
"""Share of a delay by which it varies, so that many workers do not come back at the same moment."""


def may_pass(task: object, run: object, state: State[Any]) -> bool:
    """Return whether a failed task is worth another try; Prefect asks it as a task's ``retry_condition_fn``."""
    return _passes(state.data)


async def ask_patiently(question: Callable[[], Answer]) -> Answer:
    """Return what a function answers that asks store or catalog, which is called in a thread.

    For what is too small for a task: a fault that may pass is waited for as a task waits for it. Raises what the
    last try raises.
    """
    for delay in DELAYS:
        try:
            return await asyncio.to_thread(question)
        except (StoreError, CatalogError) as fault:
            if not _passes(fault):
                raise
            log.warning("tried again in %.0f s: %s", delay, fault)
        await asyncio.sleep(delay * (1 + random.uniform(0, JITTER)))
    return await asyncio.to_thread(question)


def _passes(fault: object) -> bool:
    return isinstance(fault, StoreError | CatalogError) and not isinstance(fault, ObjectMissing)
