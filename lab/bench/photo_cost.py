"""What one photo costs: CPU time of each step, and the most memory that a worker takes.

    .venv/bin/python -m lab.bench.photo_cost PHOTO...

Without arguments the samples are enlarged to 12 megapixels. Each photo goes the whole way several times in one
process with one thread, as in a worker. Printed is CPU time: the mean over the photos of each one's median. The
matte is told apart because networks differ; refining its outline and clearing its edge colour belong to it.
Reading text is a part of assessing, and told apart because most photos could do without it; so is foreseeing what
will become of the photo, which is a part of assessing too.
"""

import io
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
from PIL import Image

import processing.photo as way
from config.settings import Settings
from flows.photo_work import open_photo_context
from models.matte import Matte
from models.picture import Picture
from processing.assess import assess, subject
from processing.matte.estimator import MatteEstimator

ROUNDS = 5
STEPS = (
    "decode",
    "assess",
    "read_closely",
    "frame_product",
    "place",
    "refine",
    "relight",
    "estimate_foreground",
    "take_off_spill",
    "compose",
    "_scale",
    "encode",
    "look_at_repairs",
    "take_fingerprint",
)


class Stopwatch:
    """Adds up the CPU time of the functions that it is put around."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, timed."""

        def timed(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401  it stands in for any step
            start = time.process_time()
            try:
                return function(*arguments, **options)
            finally:
                self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - start

        return timed


class TimedEstimator:
    """A matte estimator under the stopwatch."""

    def __init__(self, estimator: MatteEstimator, watch: Stopwatch) -> None:
        self.identity = estimator.identity
        self._estimate = watch.around("matte", estimator.estimate)

    def estimate(self, picture: Picture) -> Matte:
        """Return the wrapped estimator's matte."""
        matte: Matte = self._estimate(picture)
        return matte


def enlarged_samples() -> list[tuple[str, bytes]]:
    """Return three samples at 4000x3000 px, as a phone would store them."""
    photos = []
    for path in sorted(Path("samples/raw").rglob("depan.jpg"))[:3]:
        out = io.BytesIO()
        Image.open(path).convert("RGB").resize((4000, 3000), Image.Resampling.BICUBIC).save(
            out, "JPEG", quality=90
        )
        photos.append((path.name, out.getvalue()))
    return photos


def main(paths: list[str]) -> None:
    """Measure and print."""
    cv2.setNumThreads(1)
    context = open_photo_context(Settings())
    watch = Stopwatch()
    for step in STEPS:
        setattr(way, step, watch.around(step, getattr(way, step)))
    subject.read_text = watch.around("read_text", subject.read_text)
    assess.foresee = watch.around("foresee", assess.foresee)
    estimator = TimedEstimator(context.estimator, watch)
    photos = [(Path(path).name, Path(path).read_bytes()) for path in paths] or enlarged_samples()
    photo_medians: list[dict[str, float]] = []
    for name, data in photos:
        rounds: list[dict[str, float]] = []
        for _ in range(ROUNDS):
            watch.spent = {}
            start = time.process_time()
            way.process_photo(
                data,
                name=name,
                recipe=context.recipe,
                estimator=estimator,
                marketplaces=context.marketplaces,
                min_trust=0.0,  # every photo goes the longer way, through the cut-out
            )
            rounds.append({**watch.spent, "whole": time.process_time() - start})
        names = (*STEPS, "read_text", "foresee", "matte", "whole")
        medians = {step: statistics.median(spent.get(step, 0.0) for spent in rounds) for step in names}
        apart = medians["read_text"] + medians["foresee"]
        photo_medians.append({**medians, "assess": medians["assess"] - apart})
    means = {step: statistics.mean(medians[step] for medians in photo_medians) for step in photo_medians[0]}
    for step, seconds in means.items():
        print(f"{step:<30}{seconds * 1000:8.1f} ms")
    apart = means["whole"] - means["matte"]
    print(f"{'whole without the model':<30}{apart * 1000:8.1f} ms")
    apart -= means["refine"] + means["estimate_foreground"] + means["take_off_spill"]
    print(f"{'whole without all of the matte':<30}{apart * 1000:8.1f} ms")
    print(f"{'peak memory':<30}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
