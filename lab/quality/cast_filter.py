"""Fit the filters by which ``processing/assess/cast.py`` tells a light's colour.

    lab/quality/.venv/bin/python -m lab.quality.cast_filter DATA [--photos N]

Taken are photos of clothes, under CC0, of the senders that are not held out, as they are: most phones balance them
well, so the filters are to find every photo's light neutral. That a light shifts the histograms by its logarithm
makes examples of other lights needless [1]_.

References
----------
.. [1] Barron, "Convolutional color constancy", ICCV 2015.
"""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from PIL import Image
from scipy.optimize import minimize

from lab.quality.photos import read_collections
from processing.assess.cast import BINS, WEIGHTS, histograms

SOFTNESS = 1.0
"""Cells around neutral, standard deviation, that count as right."""
PENALTY, ROUGH = 1e-5, 200.0
"""Of the filters' squares, and how much more of their fine detail's."""
ROUNDS = 60
BATCH = 256


def main(
    data: Annotated[Path, typer.Argument(help="Folder with unlabelled/clothing and seller_photos/.")],
    photos: Annotated[int, typer.Option(help="How many photos.")] = 2200,
) -> None:
    """Write the filters to where the measure reads them, and print how well they fit."""
    files = [one for one in read_collections(data) if one.collection == "clothing" and not one.held_out]
    order = np.random.default_rng(1).permutation(len(files))[:photos]
    shown = [_read(files[place].path) for place in order]
    found = [histograms(pixels, np.ones(pixels.shape[:2], np.bool_))[0] for pixels in shown]
    spectra = np.stack([np.fft.rfft2(one) for one in found if one is not None]).astype(np.complex64)
    fitted = minimize(
        _loss, np.zeros(2 * BINS * BINS), (spectra,), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}
    )
    np.save(WEIGHTS, fitted.x.reshape(2, BINS, BINS).astype(np.float16))
    print(f"{len(spectra)} photos, loss {fitted.fun:.3f}")


def _read(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as photo:
        return np.asarray(photo.convert("RGB"))


def _loss(flat: NDArray[np.float64], spectra: NDArray[np.complex64]) -> tuple[float, NDArray[np.float64]]:
    """Return the cross-entropy of all shifts against none, with the penalty, and its gradient."""
    filters = np.fft.rfft2(flat.reshape(2, BINS, BINS))
    loss, slope = 0.0, np.zeros_like(filters)
    for start in range(0, len(spectra), BATCH):
        batch = spectra[start : start + BATCH]
        matched = np.fft.irfft2((batch.conj() * filters).sum(axis=1), s=(BINS, BINS))
        top = matched.max(axis=(1, 2), keepdims=True)
        probable = np.exp(matched - top)
        total = probable.sum(axis=(1, 2), keepdims=True)
        loss += float((np.log(total) + top).sum() - (matched * _NEUTRAL).sum())
        slope += (batch * np.fft.rfft2(probable / total - _NEUTRAL)[:, None]).sum(axis=0)
    penalty = PENALTY * np.fft.irfft2(filters * _COST, s=(BINS, BINS))
    gradient = np.fft.irfft2(slope, s=(BINS, BINS)) / len(spectra) + penalty
    return loss / len(spectra) + 0.5 * float((flat * penalty.ravel()).sum()), gradient.ravel()


_AWAY = np.minimum(np.arange(BINS), BINS - np.arange(BINS))
_NEAR = np.exp(-0.5 * (_AWAY[:, None] ** 2 + _AWAY[None] ** 2) / SOFTNESS**2)
_NEUTRAL = _NEAR / _NEAR.sum()
_COST = 1 + ROUGH * (np.fft.fftfreq(BINS)[:, None] ** 2 + np.fft.rfftfreq(BINS)[None] ** 2)


if __name__ == "__main__":
    typer.run(main)
