import pickle
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import NoReturn

import pytest

from processing.matte import rembg_weights
from processing.matte.opening import MODELS, open_estimator
from processing.matte.rembg_weights import WeightsMissing

BLACK_HOLE = "http://192.0.2.1:9"  # an address that is reserved for documentation, so nothing answers


def _modules_after(code: str) -> set[str]:
    shown = f"import sys\n{code}\nprint(*sys.modules, sep='\\n')"
    run = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_bundled_loads_neither_rembg_nor_what_it_needs() -> None:
    code = (
        "import numpy as np\n"
        "from models.picture import Picture, Source\n"
        "from processing.matte.opening import open_estimator\n"
        "source = Source(format='JPEG', width=64, height=48, bytes=1)\n"
        "open_estimator('bundled').estimate(Picture(np.zeros((48, 64, 3), np.uint8), source))"
    )
    loaded = _modules_after(code)
    assert "processing.matte.bundled" in loaded
    assert not {"rembg", "numba", "pymatting", "skimage", "scipy"} & loaded


def test_an_unknown_name_is_refused_with_the_known_ones_and_without_loading_rembg() -> None:
    code = (
        "from processing.matte.opening import open_estimator\n"
        "try:\n    open_estimator('u3net')\n"
        "except ValueError as error:\n    print('refused:', str(error).replace(' ', '_'))"
    )
    shown = _modules_after(code)
    assert not {"rembg", "onnxruntime"} & shown
    (message,) = (line for line in shown if line.startswith("unknown_matte_model"))
    assert all(name in message for name in MODELS)


@pytest.mark.parametrize("model", ["u2netp", "sam", "bria-rmbg"])
def test_missing_weights_are_named_within_five_seconds_when_nothing_answers(
    model: str, empty_weights_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", BLACK_HOLE)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert rembg_weights.PROBE_SECONDS + 1 < 5, "that long it takes, and a person waits for it"
    monkeypatch.setattr(rembg_weights, "PROBE_SECONDS", 0.1)
    with pytest.raises(WeightsMissing) as caught:
        open_estimator(model)
    assert caught.value.folder == str(empty_weights_folder / "models" / model)
    assert all(file in str(caught.value) for file in caught.value.files)
    assert caught.value.folder in str(caught.value)
    assert not empty_weights_folder.exists()


def test_a_name_lookup_that_hangs_does_not_hang_us(
    empty_weights_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()

    def hang(*_args: object, **_options: object) -> NoReturn:
        over.wait()
        raise socket.gaierror("no answer")

    monkeypatch.setattr("socket.getaddrinfo", hang)
    monkeypatch.setattr(rembg_weights, "PROBE_SECONDS", 0.1)
    with pytest.raises(WeightsMissing):
        open_estimator("u2netp")
    over.set()


def test_missing_weights_cross_a_process_border_unchanged() -> None:
    error = WeightsMissing("u2netp", ("u2netp.onnx",), "/srv/rembg/models/u2netp")
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is WeightsMissing
    assert (again.model, again.files, again.folder) == (error.model, error.files, error.folder)
    assert str(again) == str(error)
