"""By what name results know a matte model, told without loading it."""

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from processing.matte.opening import BUNDLED
from processing.matte.rembg_weights import find_weights

WEIGHTS = Path(__file__).parent / "weights" / "etalase.onnx"
"""Of the network that ships with the project; its card lies beside it."""


def name_installed(model: str) -> str | None:
    """Return the identity that a model's estimator has; ``None`` where its files are not on this machine."""
    if model == BUNDLED:
        return name_bundled(WEIGHTS.read_bytes())
    paths = find_weights(model)
    return name_network(model, paths) if paths else None


def name_bundled(weights: bytes) -> str:
    """Return the identity of our own network with these weights."""
    return f"{BUNDLED}/{hashlib.sha256(weights).hexdigest()[:12]}"


def name_network(model: str, paths: Sequence[Path]) -> str:
    """Return the identity of one of rembg's networks, with the version of rembg that prepares its input."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return f"{model}/{digest.hexdigest()[:12]}/rembg-{version('rembg')}"
