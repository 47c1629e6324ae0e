"""How well each defect is found, and how often one is seen where there is none: ``make bench-quality``.

    lab/quality/.venv/bin/python -m lab.bench.quality DATA [--only NAME ...] [--photos N] [--fit] [--alarms FOLDER]

Clean photos get known faults, six times stronger and stronger, and go through the bundled matte and all measures
as in the pipeline. Thresholds were chosen on the photos of half of the senders (``--fit`` prints those); what is
printed is of the other half, and of food63 and the samples. CleanVision sees the same files.

Area: under the curve of the receiver operating characteristic, all amounts against the untouched photos. Found:
at the amount that a person notices. Alarms: on the untouched. Rank: Spearman's correlation with the amount, the
median over photos.
"""

import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from lab.quality.degradation import Degradation
from lab.quality.degradations import DEGRADATIONS
from lab.quality.figures import area_under_curve, median_correlation, share
from lab.quality.labels import read_labels
from lab.quality.peer import Verdict, ask_peer
from lab.quality.photos import PhotoFile, draw_photos, read_collections
from lab.quality.sheet import write_sheet
from lab.quality.trial import Sight, look, try_out
from models.assessment import DefectCode

Verdicts = dict[Path, dict[str, Verdict]]

CLOTHING = 600
"""Photos of the large collection that false alarms are counted on; they are small (288 px)."""


def main(
    data: Annotated[Path, typer.Argument(help="Folder with seller_photos/, unlabelled/ and food63/.")],
    only: Annotated[list[str] | None, typer.Option(help="Only these degradations.")] = None,
    photos: Annotated[int, typer.Option(help="Clean photos that faults are put into.")] = 120,
    fit: Annotated[bool, typer.Option(help="The photos that thresholds are chosen on, instead.")] = False,
    alarms: Annotated[
        Path | None, typer.Option(help="Folder for a contact sheet of each defect's alarms.")
    ] = None,
) -> None:
    """Print the tables."""
    files = list(read_collections(data))
    chosen = [one for one in DEGRADATIONS if not only or one.name in only]
    sources = [one for one in files if one.held_out is not fit and one.collection != "clothing"]
    sources = draw_photos(sources, photos)
    companions = [_companion(one, sources) for one in sources]
    labels = read_labels()
    with tempfile.TemporaryDirectory() as kept, ProcessPoolExecutor(os.cpu_count()) as pool:
        # A fault that a person has seen on the photo already cannot be put into it.
        names = [[one.name for one in chosen if one.defect not in labels.get(photo.name, ())] for photo in sources]
        trials = pool.map(partial(try_out, kept=Path(kept)), sources, companions, names)
        sights = [sight for trial in trials for sight in trial]
        verdicts = ask_peer(Path(kept)) if any(one.peer for one in chosen) else {}
        print(f"{len({sight.photo.name for sight in sights})} clean photos\n")
        _print_detection(chosen, sights, verdicts)
        defects = frozenset(one.defect for one in chosen) if only else frozenset(DefectCode)
        untouched = list(pool.map(partial(look, defects=defects), _for_alarms(files, fit), chunksize=8))
    _print_alarms(untouched, defects, alarms)


def _companion(photo: PhotoFile, files: Sequence[PhotoFile]) -> PhotoFile:
    """Return the next photo of another sender."""
    start = files.index(photo)
    after = (files[(start + step) % len(files)] for step in range(1, len(files)))
    return next((one for one in after if one.sender != photo.sender), photo)


def _for_alarms(files: list[PhotoFile], fit: bool) -> list[PhotoFile]:
    """Return every seller's photo, food63 and the samples; for fitting, what is not held out."""
    clothing = [one for one in files if one.collection == "clothing" and one.held_out is not fit]
    others = [one for one in files if one.collection != "clothing"]
    return [one for one in others if not (fit and one.held_out)] + draw_photos(clothing, CLOTHING)


def _print_detection(degradations: list[Degradation], sights: list[Sight], verdicts: Verdicts) -> None:
    ours = "area | found | alarms | rank"
    print(f"| put in | noticed at | {ours} | CleanVision: {ours} |\n|{'---|' * 10}", flush=True)
    clean = [sight for sight in sights if sight.degradation is None]
    for one in degradations:
        tried = {sight.photo.name for sight in sights if sight.degradation == one.name}
        faulty = [sight for sight in sights if sight.degradation == one.name]
        untouched = [sight for sight in clean if sight.photo.name in tried]
        if not tried:
            continue
        ours = _figures(
            one, untouched, faulty, partial(_evidence, one), lambda s, one=one: one.defect in s.severities
        )
        row = f"| {one.name:<16} | {one.noticed:g} {one.unit:<15} | {_row(*ours)} |"
        if one.peer:
            peer = one.peer
            theirs = _figures(
                one,
                untouched,
                faulty,
                lambda sight, peer=peer: verdicts[sight.file][peer].badness,
                lambda sight, peer=peer: verdicts[sight.file][peer].issue,
            )
            row += f" {_row(*theirs)} |"
        print(row, flush=True)


def _figures(
    degradation: Degradation,
    clean: list[Sight],
    faulty: list[Sight],
    evidence: Callable[[Sight], float],
    found: Callable[[Sight], bool],
) -> tuple[float, float, float, float]:
    """Return area, share found at the noticed amount, share of alarms, and rank correlation."""
    by_photo: dict[str, dict[float, float]] = defaultdict(dict)
    for sight in faulty:
        by_photo[sight.photo.name][sight.amount] = evidence(sight)
    noticed = [found(sight) for sight in faulty if sight.amount == degradation.noticed]
    rows = [[row[amount] for amount in degradation.amounts] for row in by_photo.values()]
    area = area_under_curve([evidence(one) for one in clean], [evidence(one) for one in faulty])
    return area, share(noticed), share([found(one) for one in clean]), median_correlation(rows)


def _evidence(degradation: Degradation, sight: Sight) -> float:
    """Return how much speaks for the fault: the measure's figure, or the lowest where it could not check."""
    if degradation.figure is None:
        return sight.severities.get(degradation.defect, 0.0)
    value = sight.figures[degradation.figure]
    if value is None:
        return -1e9
    return -value if degradation.falls else value


def _row(area: float, found: float, alarms: float, rank: float) -> str:
    return f"{area:.3f} | {found:6.1%} | {alarms:6.1%} | {rank:.2f}"


def _print_alarms(sights: list[Sight], defects: Iterable[str], folder: Path | None) -> None:
    labels = read_labels()
    collections = list(dict.fromkeys(sight.photo.collection for sight in sights))
    print(f"\n| false alarms     | {' | '.join(collections)} | truly so |")
    print(f"|---|{'---|' * len(collections)}---|")
    for defect in sorted(defects):
        told = [sight for sight in sights if defect in sight.severities]
        wrong = [sight for sight in told if defect not in labels.get(sight.photo.name, frozenset())]
        shares = []
        for collection in collections:
            of = [sight for sight in sights if sight.photo.collection == collection]
            shares.append(f"{len([one for one in wrong if one in of]) / len(of):.1%}")
        print(f"| {defect:<16} | {' | '.join(shares)} | {len(told) - len(wrong)} |")
        if folder and wrong:
            write_sheet(defect, wrong, folder / f"{defect}.png")


if __name__ == "__main__":
    typer.run(main)
