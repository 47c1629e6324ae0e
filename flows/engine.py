"""The process of one flow run on a worker: Prefect's engine, tied to the worker that started it.

Started as ``python -m flows.engine`` (see ``prefect.yaml``). The pool's processes import this module again as
their ``__main__``: that it imports nothing heavy here keeps Prefect out of them.
"""

import os
import runpy

from flows.tether import die_with

if __name__ == "__main__":
    die_with(os.getppid())
    runpy.run_module("prefect.engine", run_name="__main__")
