from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from models.picture import Picture
from processing.matte.opening import open_estimator
from processing.matte.rembg_weights import WeightsDamaged

pytestmark = pytest.mark.heavy  # rembg's first import compiles pymatting

AsPicture = Callable[[NDArray[np.uint8]], Picture]


@pytest.fixture
def noise(as_picture: AsPicture) -> Picture:
    return as_picture(np.random.default_rng(5).integers(0, 256, (300, 2000, 3), dtype=np.uint8))


def test_a_network_under_rembg_home_gives_a_matte_at_working_size(random_u2netp: Path, noise: Picture) -> None:
    matte = open_estimator("u2netp").estimate(noise)
    assert matte.alpha.shape == (154, 1024)
    assert matte.alpha.dtype == np.float32
    assert 0.0 <= matte.alpha.min() < matte.alpha.max() <= 1.0
    assert 0.0 <= matte.trust <= 1.0


def test_the_matte_is_the_networks_own_first_output(
    random_u2netp: Path, as_picture: AsPicture, monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnxruntime  # noqa: PLC0415 - only these tests pay for it

    pixels = np.random.default_rng(6).integers(0, 256, (320, 320, 3), dtype=np.uint8)
    matte = open_estimator("u2netp").estimate(as_picture(pixels))
    scaled = (pixels / pixels.max() - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)
    fed = scaled.transpose(2, 0, 1)[None].astype(np.float32)
    raw = onnxruntime.InferenceSession(str(random_u2netp)).run(None, {"input.1": fed})[0][0, 0]
    stretched = (raw - raw.min()) / (raw.max() - raw.min())
    np.testing.assert_allclose(matte.alpha, stretched, atol=1.01 / 255)


def test_the_same_photo_gives_the_same_matte(random_u2netp: Path, noise: Picture) -> None:
    estimator = open_estimator("u2netp")
    again = open_estimator("u2netp").estimate(noise)
    assert estimator.estimate(noise).alpha.tobytes() == again.alpha.tobytes()


def test_other_weights_are_another_identity(random_u2netp: Path) -> None:
    before = open_estimator("u2netp").identity
    data = bytearray(random_u2netp.read_bytes())
    data[data.rindex(b"w6") + 8] ^= 1  # a low bit of one of the last convolution's weights
    random_u2netp.write_bytes(data)
    after = open_estimator("u2netp").identity
    assert before.startswith("u2netp/")
    assert after.startswith("u2netp/")
    assert before != after


def test_inference_has_one_thread(random_u2netp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rembg.sessions import sessions  # noqa: PLC0415 - only these tests pay for it

    opened: list[tuple[int, int]] = []
    session = sessions["u2netp"]
    really = session.__init__

    def watch(self: object, name: str, options: Any) -> None:  # noqa: ANN401 - onnxruntime has no types
        opened.append((options.intra_op_num_threads, options.inter_op_num_threads))
        really(self, name, options)

    monkeypatch.setattr(session, "__init__", watch)
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    open_estimator("u2netp")
    assert opened == [(1, 1)]


@pytest.mark.parametrize("kept", [0, 10, 400])
def test_a_file_cut_short_is_never_taken_for_weights(random_u2netp: Path, kept: int) -> None:
    random_u2netp.write_bytes(random_u2netp.read_bytes()[:kept])
    with pytest.raises(WeightsDamaged, match=str(random_u2netp)):
        open_estimator("u2netp")


def test_the_names_known_are_those_that_rembg_can_run_by_name_alone() -> None:
    from rembg.sessions import sessions  # noqa: PLC0415 - only these tests pay for it

    from processing.matte.rembg_weights import NETWORKS  # noqa: PLC0415

    remote_or_private = {"withoutbg", "atlascloud", "u2net_custom", "dis_custom", "ben_custom"}
    assert set(NETWORKS) == set(sessions) - remote_or_private - {"birefnet-general-fp16"}
    assert not any(sessions[name].requires_credentials() for name in NETWORKS)


@pytest.mark.parametrize(
    "places",
    [
        {},
        {"REMBG_HOME": "/srv/rembg"},
        {"U2NET_HOME": "/srv/u2net"},
        {"U2NET_HOME": "/srv/u2net", "REMBG_HOME": "/srv/rembg"},
        {"XDG_DATA_HOME": "/srv/data"},
        {"XDG_DATA_HOME": "/srv/data", "REMBG_HOME": "~/rembg"},
    ],
)
def test_weights_are_looked_for_where_rembg_looks(places: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    from rembg.sessions import sessions  # noqa: PLC0415 - only these tests pay for it

    from processing.matte.rembg_weights import weights_folders  # noqa: PLC0415

    for name in ("REMBG_HOME", "U2NET_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, place in places.items():
        monkeypatch.setenv(name, place)
    rembgs = sessions["u2netp"]
    assert [str(folder) for folder in weights_folders("u2netp")] == [rembgs.model_dir(), rembgs.legacy_home()]
