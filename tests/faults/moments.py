"""When faults come: at random moments of a run's work, told by what it has made so far and not by a clock."""

import random
import subprocess
import time
from collections.abc import Callable, Iterator

from tests.faults.village import RUN_SECONDS, Village

FAULTS_PER_RUN = 3
LOOK_SECONDS = 0.05
PAUSE_SECONDS = 0.3
"""The longest time from a look to the fault: moments between two writes are moments too."""


def moments(
    place: Village, run: "subprocess.Popen[bytes]", chance: random.Random, faults: int, work: int
) -> Iterator[None]:
    """Yield at random moments of a run whose work makes ``work`` things, fewer times if it ends before."""
    begun = place.count_made()
    for made in sorted(chance.randrange(1, work) for _ in range(faults)):
        while run.poll() is None and place.count_made() < begun + made:
            time.sleep(LOOK_SECONDS)
        time.sleep(chance.uniform(0, PAUSE_SECONDS))
        if run.poll() is not None:
            return
        yield


def disturb(place: Village, chance: random.Random, faults: int, work: int, strike: Callable[[], None]) -> None:
    """Have one seller's listings after the other's processed, and call ``strike`` at so many random moments."""
    done = 0
    while done < faults:
        place.add_seller()
        run = place.start("process")
        for _ in moments(place, run, chance, min(FAULTS_PER_RUN, faults - done), work):
            strike()
            done += 1
        run.wait(RUN_SECONDS)
