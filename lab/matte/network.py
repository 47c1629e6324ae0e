"""The network: an inverted-residual encoder and a light decoder that looks from coarse to fine."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from lab.matte.depthwise import convolve_depthwise

MIDDLE, SPREAD = 127.0, 128.0
"""What the encoder's first weights were trained with, in levels of 255."""
STRIDE = 32
"""Input height and width are multiples of this."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A run of inverted residual blocks; the first has the stride, all have the same width."""

    repeats: int
    kernel: int
    stride: int
    expansion: int
    width: int


EFFICIENTNET_LITE0 = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)
"""EfficientNet-Lite0: EfficientNet-B0 (arXiv:1905.11946) without squeeze-excitation, with ReLU6."""
EFFICIENTNET_LITE1 = (
    Stage(1, 3, 1, 1, 16),
    Stage(3, 3, 2, 6, 24),
    Stage(3, 5, 2, 6, 40),
    Stage(4, 3, 2, 6, 80),
    Stage(4, 5, 1, 6, 112),
    Stage(5, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)
"""EfficientNet-Lite1: the same of EfficientNet-B1."""


class ConvNorm(nn.Module):
    """Convolution, batch normalisation and, unless ``linear``, ReLU6.

    Padding is TensorFlow's "same", as the encoder's first weights were trained with: where the stride is 2 an
    even input is padded by one more on the right and at the bottom.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int,
        stride: int = 1,
        depthwise: bool = False,
        linear: bool = False,
    ) -> None:
        super().__init__()
        around = kernel - stride if stride > 1 else kernel - 1
        self.uneven = (around // 2, around - around // 2) * 2 if around % 2 else None
        self.padding = 0 if self.uneven else around // 2
        self.stride = stride
        self.depthwise = depthwise
        self.linear = linear
        self.weight = nn.Parameter(torch.empty(outputs, 1 if depthwise else inputs, kernel, kernel))
        nn.init.kaiming_normal_(self.weight, mode="fan_out" if not depthwise else "fan_in")
        self.norm: nn.BatchNorm2d | None = nn.BatchNorm2d(outputs, eps=1e-3, momentum=0.05)

    def freeze_norm(self) -> None:
        """Put a trained normalisation's statistics into the convolution, where they cost nothing.

        Its scale stays a factor of its own, so that the weights keep the size that they were trained at.
        """
        assert self.norm is not None
        scale = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        self.register_buffer("scale", scale.detach().reshape(-1, 1, 1, 1))
        self.bias = nn.Parameter((self.norm.bias - self.norm.running_mean * scale).detach())
        self.norm = None

    def forward(self, features: Tensor) -> Tensor:
        """Return features (N, outputs, H / stride, W / stride)."""
        if self.uneven:
            features = functional.pad(features, self.uneven)
        weight, bias = (self.weight, None) if self.norm is not None else (self.weight * self.scale, self.bias)
        if self.depthwise:
            features = convolve_depthwise(features, weight, bias, self.stride, self.padding)
        else:
            features = functional.conv2d(features, weight, bias, self.stride, self.padding)
        if self.norm is not None:
            features = self.norm(features)
        return features if self.linear else functional.relu6(features, inplace=True)


class InvertedResidual(nn.Module):
    """Widen, filter each channel by itself, narrow (MobileNetV2, arXiv:1801.04381)."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        hidden = inputs * expansion
        self.body = nn.Sequential(
            *([ConvNorm(inputs, hidden, 1)] if expansion > 1 else []),
            ConvNorm(hidden, hidden, kernel, stride, depthwise=True),
            ConvNorm(hidden, outputs, 1, linear=True),
        )
        self.residual = stride == 1 and inputs == outputs

    def forward(self, features: Tensor) -> Tensor:
        """Return features of the same or half the size."""
        return features + self.body(features) if self.residual else self.body(features)


class Encoder(nn.Module):
    """Features at a half, quarter, eighth, sixteenth and thirty-second of the input's size."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        super().__init__()
        self.stem = ConvNorm(3, 32, 3, 2)
        self.stages = nn.ModuleList()
        self.widths: list[int] = []
        inputs = 32
        for number, stage in enumerate(stages):
            blocks = []
            for block in range(stage.repeats):
                stride = stage.stride if block == 0 else 1
                blocks.append(InvertedResidual(inputs, stage.width, stage.kernel, stride, stage.expansion))
                inputs = stage.width
            self.stages.append(nn.Sequential(*blocks))
            if number + 1 == len(stages) or stages[number + 1].stride == 2:
                self.widths.append(stage.width)
        self._last = [number + 1 == len(stages) or stages[number + 1].stride == 2 for number in range(len(stages))]

    def forward(self, pixels: Tensor) -> list[Tensor]:
        """Return the last features at each size, finest first."""
        features = self.stem(pixels)
        found = []
        for stage, last in zip(self.stages, self._last, strict=True):
            features = stage(features)
            if last:
                found.append(features)
        return found

    def read(self, published: dict[str, Tensor]) -> None:
        """Take over the published EfficientNet weights, which name the same layers in the same order."""
        own = self.state_dict()
        self.load_state_dict(dict(zip(own, list(published.values())[: len(own)], strict=True)))

    def freeze_norms(self) -> None:
        """Put all trained normalisations into the convolutions."""
        for layer in self.modules():
            if isinstance(layer, ConvNorm):
                layer.freeze_norm()


class Context(nn.Module):
    """At the coarsest size: a large depthwise kernel and the mean of the whole photo."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.narrow = ConvNorm(inputs, outputs, 1)
        self.around = ConvNorm(outputs, outputs, 7, depthwise=True, linear=True)
        self.whole = nn.Conv2d(outputs, outputs, 1)
        self.mix = ConvNorm(outputs, outputs, 1)

    def forward(self, features: Tensor) -> Tensor:
        """Return features of the same size."""
        narrow = self.narrow(features)
        return self.mix(narrow + self.around(narrow) + self.whole(narrow.mean((2, 3), keepdim=True)))


class Merge(nn.Module):
    """Bring coarse features to the next finer size and add what the encoder saw there."""

    def __init__(self, coarse: int, fine: int, outputs: int) -> None:
        super().__init__()
        self.coarse = ConvNorm(coarse, outputs, 1, linear=True)
        self.fine = ConvNorm(fine, outputs, 1, linear=True)
        self.mix = ConvNorm(outputs, outputs, 3)

    def forward(self, coarse: Tensor, fine: Tensor) -> Tensor:
        """Return features of the size of ``fine``."""
        up = functional.interpolate(self.coarse(coarse), scale_factor=2, mode="bilinear", align_corners=False)
        return self.mix(functional.relu6(up + self.fine(fine)))


class MatteNetwork(nn.Module):
    """From sRGB pixels in [0, 1] to the logits of alpha, at the input's size."""

    def __init__(
        self,
        stages: Sequence[Stage] = EFFICIENTNET_LITE1,
        widths: Sequence[int] = (16, 32, 48, 64, 96),
    ) -> None:
        super().__init__()
        self.encoder = Encoder(stages)
        self.context = Context(self.encoder.widths[-1], widths[-1])
        self.merges = nn.ModuleList(
            Merge(widths[level + 1], self.encoder.widths[level], widths[level]) for level in reversed(range(4))
        )
        self.heads = nn.ModuleList(
            nn.Conv2d(width, 1, 3 if level == 0 else 1, padding=int(level == 0))
            for level, width in enumerate(widths)
        )

    def freeze_encoder(self) -> None:
        """Put the encoder's trained normalisations into its convolutions, before training or reading a state."""
        self.encoder.freeze_norms()

    def forward(self, pixels: Tensor) -> list[Tensor]:
        """Return logits (N, 1, H, W); while training, those at a half to a thirty-second of the size instead.

        Takes ``pixels`` (N, 3, H, W), sRGB in [0, 1], H and W multiples of 32.
        """
        return self.see((pixels * 255.0 - MIDDLE) / SPREAD)

    def see(self, levels: Tensor) -> list[Tensor]:
        """Return the same of sRGB levels from 0 to 255, less ``MIDDLE`` and divided by ``SPREAD``."""
        found = self.encoder(levels)
        features = self.context(found[-1])
        every = [features]
        for merge, fine in zip(self.merges, reversed(found[:4]), strict=True):
            features = merge(features, fine)
            every.append(features)
        if self.training:
            return [head(seen) for head, seen in zip(self.heads, reversed(every), strict=True)]
        finest = self._finest(every[-1])
        return [functional.interpolate(finest, scale_factor=2, mode="bilinear", align_corners=False)]

    def _finest(self, features: Tensor) -> Tensor:
        """Return the finest head's logits, channel by channel and then summed.

        onnxruntime computes 16 output channels where there is one, so this is a ninth of the work. Taken out and
        put back: it would else enlarge the 15 empty channels as well.
        """
        head = self.heads[0]
        assert isinstance(head, nn.Conv2d)
        each = functional.conv2d(features, head.weight.transpose(0, 1), None, 1, 1, 1, head.in_channels)
        ones = torch.ones(1, head.in_channels, 1, 1, dtype=each.dtype, device=each.device)
        return functional.conv2d(each, ones, head.bias)[:, 0][:, None]
