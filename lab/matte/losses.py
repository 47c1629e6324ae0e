"""What the network is trained to make small."""

import torch
from torch import Tensor
from torch.nn import functional

LEVELS = (1.0, 0.5, 0.4, 0.3, 0.2)
"""How much each level of the decoder counts, finest first."""


def matte_loss(logits: list[Tensor], alpha: Tensor) -> Tensor:
    """Return the loss of every level's logits against alpha (N, 1, H, W) in [0, 1].

    Cross-entropy and overlap, both weighted by nearness to the outline (F3Net, arXiv:1911.11445, equation 4),
    at each level; structural similarity at the finest (BASNet, arXiv:2101.04704, section 3.3).
    """
    total = alpha.new_zeros(())
    for level, (weight, given) in enumerate(zip(LEVELS, logits, strict=True)):
        found = given.float()
        truth = functional.interpolate(alpha, size=found.shape[2:], mode="area")
        total = total + weight * _outline_weighted(found, truth)
        if level == 0:
            total = total + 0.5 * _dissimilarity(torch.sigmoid(found), truth)
    return total


def _outline_weighted(logits: Tensor, alpha: Tensor) -> Tensor:
    around = max(3, logits.shape[-1] // 8 // 2 * 2 + 1)
    weight = 1.0 + 5.0 * (_box(alpha, around) - alpha).abs()
    entropy = functional.binary_cross_entropy_with_logits(logits, alpha, reduction="none")
    entropy = (weight * entropy).sum((1, 2, 3)) / weight.sum((1, 2, 3))
    found = torch.sigmoid(logits)
    common = (found * alpha * weight).sum((1, 2, 3))
    either = ((found + alpha - found * alpha) * weight).sum((1, 2, 3))
    return (entropy + 1.0 - (common + 1.0) / (either + 1.0)).mean()


def _dissimilarity(found: Tensor, alpha: Tensor) -> Tensor:
    mean, other = _box(found, 9), _box(alpha, 9)
    variance = _box(found * found, 9) - mean * mean
    spread = _box(alpha * alpha, 9) - other * other
    covariance = _box(found * alpha, 9) - mean * other
    similarity = ((2 * mean * other + 1e-4) * (2 * covariance + 9e-4)) / (
        (mean * mean + other * other + 1e-4) * (variance + spread + 9e-4)
    )
    return 1.0 - similarity.mean()


def _box(values: Tensor, side: int) -> Tensor:
    """Return the mean over a square around each pixel, rows first and then columns."""
    half = side // 2
    rows = functional.avg_pool2d(values, (side, 1), 1, (half, 0), count_include_pad=False)
    return functional.avg_pool2d(rows, (1, side), 1, (0, half), count_include_pad=False)
