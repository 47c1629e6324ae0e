"""From what rounds took to one row of the table."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True, slots=True)
class Round:
    """What one way took for its photos, once."""

    photos: int
    seconds: float
    """By the clock."""
    cpu: float
    """s of CPU time, of all processes."""
    peak_mb: float
    """The most memory that one process has taken so far."""


@dataclass(frozen=True)
class Figures:
    """One way's row: medians over the rounds."""

    name: str
    label: str
    rate: float
    """Photos per second and core."""
    cpu: float
    """s of CPU time for each photo."""
    peak_mb: float
    times_ours: float
    """How many photos the first way takes while this one takes one."""
    cpu_to_ours: float
    """CPU time for each photo, as a multiple of the first way's."""


def figures_of(way: ModuleType, rounds: list[Round], ours: list[Round], cores: int) -> Figures:
    """Return a way's row; ratios to ``ours``, the first way, are taken round by round."""
    pairs = list(zip(rounds, ours, strict=True))
    return Figures(
        name=way.__name__.rpartition(".")[2],
        label=way.LABEL,
        rate=_median(one.photos / one.seconds / cores for one in rounds),
        cpu=_median(one.cpu / one.photos for one in rounds),
        peak_mb=round(rounds[-1].peak_mb),
        times_ours=_median((our.photos / our.seconds) / (one.photos / one.seconds) for one, our in pairs),
        cpu_to_ours=_median((one.cpu / one.photos) / (our.cpu / our.photos) for one, our in pairs),
    )


def _median(figures: Iterable[float]) -> float:
    return round(statistics.median(figures), 4)


def table(figures: list[Figures]) -> str:
    """Return the rows as a table in Markdown."""
    head = (
        "| way | photos/s and core | CPU s a photo | CPU time, times Etalase's | peak MB | "
        "Etalase is quicker, times |\n|---|---|---|---|---|---|"
    )
    rows = (
        f"| {one.label} | {one.rate:.2f} | {one.cpu:.2f} | {one.cpu_to_ours:.2f} | {one.peak_mb:.0f} | "
        f"{one.times_ours:.2f} |"
        for one in figures
    )
    return "\n".join((head, *rows))
