"""``etalase process`` whose photos cost nothing, and which notes how long each call of the catalog takes."""

import json
import os
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

from storage.catalog import deliveries, leases, publication_leases, results
from storage.catalog.connection import CatalogError

TIMES = "ETALASE_BENCH_TIMES"
"""Names the file that the times are written to: seconds by the calls' names, and how long it all took."""
CALLS: dict[ModuleType, tuple[str, ...]] = {
    leases: ("lease_listings", "renew", "release"),
    results: ("finish",),
    publication_leases: ("lease_publications", "record_receipt"),
    deliveries: ("finish_looked_at",),
}


class Watch:
    """How long each call took, and how long it was from the first to the last of them."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.faults: list[str] = []
        self.begun: float | None = None
        self.ended = 0.0

    def over(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that is timed."""

        @wraps(function)
        def timed(*values: Any, **named: Any) -> Any:  # noqa: ANN401  whatever the function takes and gives
            start = time.monotonic()
            self.begun = self.begun or start
            try:
                return function(*values, **named)
            except CatalogError as fault:
                self.faults.append(str(fault))
                raise
            finally:
                self.ended = time.monotonic()
                self.seconds[function.__name__].append(self.ended - start)

        return timed

    def write(self, file: Path) -> None:
        """Write what was seen."""
        worked = self.ended - self.begun if self.begun else 0.0
        file.write_text(json.dumps({"seconds": self.seconds, "faults": self.faults, "worked": worked}))


if __name__ == "__main__":
    # All of it before the flows are loaded, which take the functions by their names.
    watch = Watch()
    for module, names in CALLS.items():
        for name in names:
            setattr(module, name, watch.over(getattr(module, name)))
    import flows.pool
    from cli.main import app
    from lab.bench.stubbed_photo import no_work

    flows.pool.work_on_photo = no_work
    try:
        app(["process", "--json"], standalone_mode=False)
    finally:
        watch.write(Path(os.environ[TIMES]))
