"""Where the weights of rembg's networks lie, checked before anything slow is loaded."""

import os
from pathlib import Path
from threading import Thread

NETWORKS: dict[str, tuple[str, ...]] = {
    "u2net": ("u2net.onnx",),
    "u2netp": ("u2netp.onnx",),
    "u2net_human_seg": ("u2net_human_seg.onnx",),
    "u2net_cloth_seg": ("u2net_cloth_seg.onnx",),
    "silueta": ("silueta.onnx",),
    "isnet-general-use": ("isnet-general-use.onnx",),
    "isnet-anime": ("isnet-anime.onnx",),
    "birefnet-general": ("birefnet-general.onnx",),
    "birefnet-general-lite": ("birefnet-general-lite.onnx",),
    "birefnet-portrait": ("birefnet-portrait.onnx",),
    "birefnet-dis": ("birefnet-dis.onnx",),
    "birefnet-hrsod": ("birefnet-hrsod.onnx",),
    "birefnet-cod": ("birefnet-cod.onnx",),
    "birefnet-massive": ("birefnet-massive.onnx",),
    "bria-rmbg": ("bria-rmbg.onnx",),
    "sam": ("sam_vit_b_01ec64.encoder.onnx", "sam_vit_b_01ec64.decoder.onnx"),
}
"""rembg's networks that run on this machine from a name alone, with their files. Left out are those that send
the photo to a paid service, those that want a path of the caller's, and the half-precision one for GPUs,
which rembg converts from another with packages that are not installed here."""

RELEASES = "https://github.com/danielgatis/rembg/releases"
PROBE_SECONDS = 3.0


class WeightsMissing(Exception):
    """A network's weights are not on this machine and cannot be fetched now."""

    def __init__(self, model: str, files: tuple[str, ...], folder: str) -> None:
        super().__init__(
            f"the weights of {model!r} are not on this machine and {RELEASES} cannot be reached: "
            f"put {' and '.join(files)} into {folder} (the folder follows U2NET_HOME or REMBG_HOME), "
            "or choose the model 'bundled', which needs no download"
        )
        self.model = model
        self.files = files
        self.folder = folder

    def __reduce__(self) -> tuple[type["WeightsMissing"], tuple[str, tuple[str, ...], str]]:
        return type(self), (self.model, self.files, self.folder)


class WeightsDamaged(Exception):
    """A network's file is there but is not one that can be run: cut short, or something else altogether."""

    def __init__(self, model: str, file: str, detail: str) -> None:
        super().__init__(f"{file} cannot be run as {model!r}: delete it or replace it ({detail})")
        self.model = model
        self.file = file
        self.detail = detail

    def __reduce__(self) -> tuple[type["WeightsDamaged"], tuple[str, str, str]]:
        return type(self), (self.model, self.file, self.detail)


def weights_folders(model: str) -> tuple[Path, Path]:
    """Return the folder that rembg 2.0.86 keeps this network's files in, and the older one that it still reads.

    Its own rule (``rembg.sessions.base``), repeated because asking rembg means importing it; a test holds
    the two together.
    """
    data = os.environ.get("XDG_DATA_HOME")
    older = Path(os.environ.get("U2NET_HOME", str(Path(data or "~") / ".u2net"))).expanduser()
    home = Path(os.environ.get("REMBG_HOME", str(Path(data) / "rembg") if data else "~/.rembg")).expanduser()
    return (older if os.environ.get("U2NET_HOME") else home) / "models" / model, older


def find_weights(model: str) -> tuple[Path, ...] | None:
    """Return the paths of the network's files, or ``None`` unless one folder has them all."""
    for folder in weights_folders(model):
        paths = tuple(folder / file for file in NETWORKS[model])
        if all(path.exists() for path in paths):
            return paths
    return None


def require_weights(model: str) -> None:
    """Return when the network's files are here or can be fetched; raises WeightsMissing within five seconds."""
    if find_weights(model) is None and not _releases_answer():
        raise WeightsMissing(model, NETWORKS[model], str(weights_folders(model)[0]))


def _releases_answer() -> bool:
    """Tell whether rembg's download page can be reached."""
    import httpx  # noqa: PLC0415 - whoever uses the bundled network need not wait for it

    answers: list[bool] = []

    def probe() -> None:
        try:
            response = httpx.head(RELEASES, timeout=PROBE_SECONDS, follow_redirects=True)
            answers.append(response.is_success)
        except httpx.HTTPError:
            answers.append(False)

    # A thread of its own, because no timeout reaches into the resolver's name lookup.
    thread = Thread(target=probe, daemon=True)
    thread.start()
    thread.join(PROBE_SECONDS + 1.0)
    return bool(answers) and answers[0]
