"""U2-Net-p, rembg's small network, as a graph to measure time against (arXiv:2005.09007, table 1, last column).

Its weights stay as they are drawn at first: an inference takes as long whatever they are.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

SIDE = 320
"""px: the side that rembg shows it."""


class _Layer(nn.Sequential):
    def __init__(self, inputs: int, outputs: int, dilation: int = 1) -> None:
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, padding=dilation, dilation=dilation), nn.BatchNorm2d(outputs), nn.ReLU()
        )


class _Block(nn.Module):
    """A U-Net of its own (RSU): ``levels`` deep, or dilated instead of pooled where ``levels`` is 0 (RSU-4F)."""

    def __init__(self, levels: int, inputs: int, hidden: int, outputs: int) -> None:
        super().__init__()
        self.pools = levels > 0
        dilations = [1] * (levels - 1) if self.pools else [1, 2, 4]
        self.first = _Layer(inputs, outputs)
        self.down = nn.ModuleList(
            _Layer(outputs if number == 0 else hidden, hidden, dilation)
            for number, dilation in enumerate(dilations)
        )
        self.bottom = _Layer(hidden, hidden, 2 if self.pools else 8)
        self.up = nn.ModuleList(
            _Layer(2 * hidden, outputs if dilation_left == 0 else hidden, dilation)
            for dilation_left, dilation in reversed(list(enumerate(dilations)))
        )

    def forward(self, features: Tensor) -> Tensor:
        first = features = self.first(features)
        seen = []
        for number, layer in enumerate(self.down):
            features = layer(features)
            seen.append(features)
            if self.pools and number + 1 < len(self.down):
                features = functional.max_pool2d(features, 2, 2, ceil_mode=True)
        features = self.bottom(features)
        for layer, other in zip(self.up, reversed(seen), strict=True):
            features = layer(torch.cat([_to_size_of(features, other), other], 1))
        return features + first


class U2NetP(nn.Module):
    """From pixels (N, 3, H, W) to saliency (N, 1, H, W)."""

    def __init__(self) -> None:
        super().__init__()
        levels = (7, 6, 5, 4, 0, 0)
        self.encoder = nn.ModuleList(
            _Block(level, 64 if number else 3, 16, 64) for number, level in enumerate(levels)
        )
        self.decoder = nn.ModuleList(_Block(level, 128, 16, 64) for level in (0, 4, 5, 6, 7))
        self.sides = nn.ModuleList(nn.Conv2d(64, 1, 3, padding=1) for _ in levels)
        self.fuse = nn.Conv2d(6, 1, 1)

    def forward(self, pixels: Tensor) -> Tensor:
        """Return saliency in [0, 1]."""
        features, seen = pixels, []
        for number, block in enumerate(self.encoder):
            features = block(features if number == 0 else functional.max_pool2d(features, 2, 2, ceil_mode=True))
            seen.append(features)
        found = [features]
        for block, other in zip(self.decoder, reversed(seen[:-1]), strict=True):
            features = block(torch.cat([_to_size_of(features, other), other], 1))
            found.append(features)
        maps = [_to_size_of(side(level), pixels) for side, level in zip(self.sides, reversed(found), strict=True)]
        return torch.sigmoid(self.fuse(torch.cat(maps, 1)))


def _to_size_of(features: Tensor, other: Tensor) -> Tensor:
    if features.shape[2:] == other.shape[2:]:
        return features
    return functional.interpolate(features, size=other.shape[2:], mode="bilinear", align_corners=False)


def write_peer(path: Path) -> None:
    """Write the graph for inputs of (1, 3, 320, 320)."""
    torch.manual_seed(0)
    network = U2NetP().eval()
    with torch.no_grad():
        torch.onnx.export(network, (torch.rand(1, 3, SIDE, SIDE),), str(path), opset_version=17, dynamo=False)
