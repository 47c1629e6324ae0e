"""The figures as bars: ``python -m lab.bench.peers.plot FIGURES.json PLOT.svg``."""

import json
import sys
from pathlib import Path

import matplotlib

OURS, OTHERS = "#0f766e", "#94a3b8"
STILL = {"svg.hashsalt": "etalase", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 11}
"""The same figures give the same file; text stays text."""


def main(figures: Path, plot: Path) -> None:
    """Draw photos per second and core of every way, the fastest above."""
    matplotlib.use("svg")
    from matplotlib import pyplot  # noqa: PLC0415 - it asks for what has just been chosen

    rows = sorted(json.loads(figures.read_text()), key=lambda row: row["rate"])
    with pyplot.rc_context(STILL):
        canvas, axes = pyplot.subplots(figsize=(9, 0.45 * len(rows) + 1))
        colours = [OURS if row["name"].startswith("etalase") else OTHERS for row in rows]
        bars = axes.barh([row["label"] for row in rows], [row["rate"] for row in rows], color=colours)
        axes.bar_label(bars, fmt="%.2f", padding=3)
        axes.set_xlabel("photos per second and core")
        axes.spines[["top", "right"]].set_visible(False)
        canvas.tight_layout()
        canvas.savefig(plot, metadata={"Date": None})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
