"""Depthwise convolution whose gradients are quick on a CPU.

oneDNN has no quick kernel for two of a depthwise convolution's gradients in bfloat16 (PyTorch 2.13, AVX-512):
that of the input at stride 2, and that of a 5 x 5 or larger weight. Both are written here with those that are
quick; a training step of the whole network takes half as long.
"""

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

BLOCK = 3
"""The widest kernel whose weight gradient is quick; a larger one is put together from blocks of this size."""


def convolve_depthwise(features: Tensor, weight: Tensor, bias: Tensor | None, stride: int, padding: int) -> Tensor:
    """Return each channel of ``features`` (N, C, H, W) filtered by its own kernel (C, 1, K, K)."""
    if features.is_cuda or not torch.is_grad_enabled():
        return functional.conv2d(features, weight, bias, stride, padding, 1, weight.shape[0])
    padded = functional.pad(features, (padding,) * 4) if padding else features
    return _Depthwise.apply(padded, weight, bias, stride)


class _Depthwise(torch.autograd.Function):
    @staticmethod
    @torch.amp.custom_fwd(device_type="cpu", cast_inputs=torch.bfloat16)
    def forward(
        ctx: Any,  # noqa: ANN401 - autograd's
        features: Tensor,
        weight: Tensor,
        bias: Tensor | None,
        stride: int,
    ) -> Tensor:
        features = features.contiguous(memory_format=torch.channels_last)
        ctx.save_for_backward(features, weight)
        ctx.stride = stride
        ctx.biased = bias is not None
        return functional.conv2d(features, weight, bias, stride, 0, 1, weight.shape[0])

    @staticmethod
    @torch.amp.custom_bwd(device_type="cpu")
    def backward(
        ctx: Any,  # noqa: ANN401
        gradient: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor | None, None]:
        features, weight = ctx.saved_tensors
        gradient = gradient.to(features.dtype).contiguous(memory_format=torch.channels_last)
        return (
            _of_features(gradient, features, weight, ctx.stride),
            _of_weight(gradient, features, weight, ctx.stride),
            gradient.sum((0, 2, 3), dtype=torch.float32) if ctx.biased else None,
            None,
        )


def _of_features(gradient: Tensor, features: Tensor, weight: Tensor, stride: int) -> Tensor:
    """At stride 2 the gradient is spread out with zeros between, and filtered with the weight turned round."""
    if stride == 1:
        return _backward(gradient, features, weight, 1, (True, False, False))[0]
    kernel = weight.shape[2]
    height, width = features.shape[2:]
    spread = torch.zeros(
        gradient.shape[0],
        gradient.shape[1],
        height + kernel - 1,
        width + kernel - 1,
        dtype=gradient.dtype,
    ).contiguous(memory_format=torch.channels_last)
    last = kernel - 1 + stride * (gradient.shape[2] - 1) + 1
    right = kernel - 1 + stride * (gradient.shape[3] - 1) + 1
    spread[:, :, kernel - 1 : last : stride, kernel - 1 : right : stride] = gradient
    return functional.conv2d(spread, weight.flip(2, 3), None, 1, 0, 1, weight.shape[0])


def _of_weight(gradient: Tensor, features: Tensor, weight: Tensor, stride: int) -> Tensor:
    kernel = weight.shape[2]
    if kernel <= BLOCK:
        return _backward(gradient, features, weight, stride, (False, True, False))[1]
    found = torch.empty_like(weight)
    block = weight[:, :, :BLOCK, :BLOCK].contiguous()
    height = stride * (gradient.shape[2] - 1) + BLOCK
    width = stride * (gradient.shape[3] - 1) + BLOCK
    starts = [*range(0, kernel - BLOCK, BLOCK - 1), kernel - BLOCK]
    for top in starts:
        for left in starts:
            seen = features[:, :, top : top + height, left : left + width]
            seen = seen.contiguous(memory_format=torch.channels_last)
            part = _backward(gradient, seen, block, stride, (False, True, False))[1]
            found[:, :, top : top + BLOCK, left : left + BLOCK] = part
    return found


def _backward(
    gradient: Tensor, features: Tensor, weight: Tensor, stride: int, wanted: tuple[bool, bool, bool]
) -> tuple[Tensor, Tensor, Tensor]:
    return torch.ops.aten.convolution_backward(
        gradient, features, weight, None, [stride] * 2, [0, 0], [1, 1], False, [0, 0], weight.shape[0], wanted
    )
