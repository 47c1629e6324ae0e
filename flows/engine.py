"""Runs one flow run on a worker: Prefect's engine, tied to the worker that started it.

Started as ``python -m flows.engine`` (see ``prefect.yaml``). The pool's processes import this module again as
their ``__main__``: that it imports nothing heavy here keeps Prefect out of them.
"""

import gc
import os
import runpy

from flows.parent_death import die_with

OBJECTS_UNTIL_COLLECTED = 50_000
"""Python looks for cycles after 700 new objects. A photo's result has hundreds, none of them in a cycle."""

if __name__ == "__main__":
    die_with(os.getppid())
    gc.set_threshold(OBJECTS_UNTIL_COLLECTED)
    runpy.run_module("prefect.engine", run_name="__main__")
