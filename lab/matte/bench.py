"""The bundled network on the development tests, and its time next to U2-Net-p's: ``make bench-matte``.

Alpha is measured as the product uses it: estimated, refined to the photo's own size. Times are medians of turns
taken one after the other in the same process, each with one thread.
"""

import tempfile
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import onnxruntime
import typer
from numpy.typing import NDArray

from lab.matte.data import names_in
from lab.matte.evaluation import FAILED, Figures, Pair, measure, read_pairs
from lab.matte.peer import SIDE as PEER_SIDE
from lab.matte.peer import write_peer
from models.picture import Picture, Source
from processing.matte.bundled import LONG, SHORT, BundledEstimator
from processing.matte.named import WEIGHTS
from processing.matte.refine import refine

TURNS = 15
REFUSED = 0.1
"""Share of photos, the least trusted, that a person would be asked about."""


def development_tests(data: Path) -> dict[str, list[Pair]]:
    """Return the sets that nothing is ever trained on."""
    return {
        "dev_product200": list(read_pairs(data / "duts_tr", names_in(data / "duts_tr" / "dev_product200.txt"))),
        "ecssd150": list(read_pairs(data / "ecssd150")),
        "food63": list(read_pairs(data / "food63")),
    }


def measure_bundled(pairs: list[Pair]) -> tuple[Figures, NDArray[np.float64]]:
    """Return the figures of the bundled estimator and its trust in each photo (N,)."""
    estimator, trust = BundledEstimator(), []

    def predict(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        height, width = pixels.shape[:2]
        source = Source(format="PNG", width=width, height=height, bytes=1)
        matte = estimator.estimate(Picture(pixels, source))
        trust.append(matte.trust)
        return refine(matte.alpha, pixels)

    return measure(predict, pairs), np.array(trust)


def time_inference() -> dict[str, float]:
    """Return the median milliseconds of one inference: ours and U2-Net-p's, turn by turn."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    with tempfile.TemporaryDirectory() as folder:
        peer = Path(folder) / "u2netp.onnx"
        write_peer(peer)
        sessions = {
            "bundled": (
                onnxruntime.InferenceSession(str(WEIGHTS), options),
                np.zeros((1, SHORT, LONG, 3), np.uint8),
            ),
            "u2netp": (
                onnxruntime.InferenceSession(str(peer), options),
                np.zeros((1, 3, PEER_SIDE, PEER_SIDE), np.float32),
            ),
        }
    spent: dict[str, list[float]] = {name: [] for name in sessions}
    for _ in range(TURNS + 1):
        for name, (session, pixels) in sessions.items():
            started = time.perf_counter()
            session.run(None, {session.get_inputs()[0].name: pixels})
            spent[name].append((time.perf_counter() - started) * 1e3)
    return {name: float(np.median(turns[1:])) for name, turns in spent.items()}


def main(data: Annotated[Path, typer.Argument(help="Folder with duts_tr/, ecssd150/ and food63/.")]) -> None:
    """Print the table."""
    print(
        f"{'set':<16}{'photos':>7}{'maxF':>7}{'MAE':>7}{'IoU':>7}{'failed':>8}{'b. IoU':>8}"
        f"{'trusted':>9}{'refused 10 %:':>15}"
    )
    for name, pairs in development_tests(data).items():
        figures, trust = measure_bundled(pairs)
        failed = figures.overlaps < FAILED
        refused = np.argsort(trust, kind="stable")[: round(REFUSED * len(trust))]
        caught = int(failed[refused].sum())
        print(
            f"{name:<16}{len(pairs):>7}{figures.max_f:>7.3f}{figures.mae:>7.3f}{figures.mean_iou:>7.3f}"
            f"{figures.failures:>8.1%}{figures.boundary_iou:>8.3f}{(trust >= 0.5).mean():>9.1%}"
            f"   {caught} of {len(refused)} had failed, {caught} of all {int(failed.sum())} failures"
        )
    times = time_inference()
    print("one inference, one thread:", ", ".join(f"{name} {spent:.1f} ms" for name, spent in times.items()))
    print(f"u2netp takes {times['u2netp'] / times['bundled']:.1f} times as long")


if __name__ == "__main__":
    typer.run(main)
