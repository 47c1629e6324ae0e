"""What a cheap phone in an unsteady hand does to a photo, for a whole batch on the device that trains."""

import math

import torch
from torch import Tensor
from torch.nn import functional

TOGETHER = 32
"""Photos that share what is drawn once."""
THING = 0.3
"""The largest thing beside a product that is not a product itself, as a share of the product's area."""


def augment(pixels: Tensor, alpha: Tensor, side: int, draw: torch.Generator) -> tuple[Tensor, Tensor]:
    """Return photos (N, 3, side, side), sRGB in [0, 1], and alpha (N, 1, side, side) in [0, 1].

    Takes uint8 squares (N, 3, S, S) and (N, 1, S, S). Random numbers are drawn on the CPU, so that the same
    seed gives the same batch on every device, but for the grain of noise. What is one for a whole batch, such as
    the strength of compression, is one for 32 photos.
    """
    parts = [
        _augment(some, outline, side, draw)
        for some, outline in zip(pixels.split(TOGETHER), alpha.split(TOGETHER), strict=True)
    ]
    photos, masks = zip(*parts, strict=True)
    return torch.cat(photos), torch.cat(masks)


def _augment(pixels: Tensor, alpha: Tensor, side: int, draw: torch.Generator) -> tuple[Tensor, Tensor]:
    both = _view(torch.cat([pixels, alpha], 1).float(), side, draw) / 255.0
    photo, mask = both[:, :3], both[:, 3:]
    photo = _set_elsewhere(photo, mask, draw)
    photo = _strew(photo, mask, draw)
    photo = _cast_shadow(photo, mask, draw)
    photo = _light(photo, draw)
    photo = _blur(photo, draw)
    photo = _noise(photo, draw)
    return _compress(photo, draw).clamp(0.0, 1.0), mask


def _uniform(count: int, low: float, high: float, draw: torch.Generator) -> Tensor:
    return torch.empty(count).uniform_(low, high, generator=draw)


def _normal(count: int, deviation: float, draw: torch.Generator) -> Tensor:
    return torch.empty(count).normal_(0.0, deviation, generator=draw)


def _some(count: int, share: float, draw: torch.Generator) -> Tensor:
    return torch.empty(count).uniform_(0.0, 1.0, generator=draw) < share


def _there(values: Tensor, other: Tensor) -> Tensor:
    """Return values in the memory where ``other`` is, without waiting for what is being computed there."""
    return values.to(other.device, non_blocking=True)


def _view(both: Tensor, side: int, draw: torch.Generator) -> Tensor:
    """Turn, mirror, tilt, come nearer, step back."""
    count = len(both)
    angle = _normal(count, math.radians(8.0), draw)
    # Things laid on a table or a bed are photographed from any side.
    angle = torch.where(_some(count, 0.15, draw), _uniform(count, -math.pi, math.pi, draw), angle)
    zoom = torch.exp(_uniform(count, math.log(0.7), math.log(1.2), draw))
    squeeze = torch.exp(_normal(count, 0.1, draw))
    mirror = torch.where(_some(count, 0.5, draw), -1.0, 1.0)
    room = (1.0 - zoom).abs()
    matrix = torch.zeros(count, 2, 3)
    matrix[:, 0, 0] = torch.cos(angle) * zoom * squeeze * mirror
    matrix[:, 0, 1] = -torch.sin(angle) * zoom / squeeze
    matrix[:, 1, 0] = torch.sin(angle) * zoom * squeeze * mirror
    matrix[:, 1, 1] = torch.cos(angle) * zoom / squeeze
    matrix[:, 0, 2] = _uniform(count, -1.0, 1.0, draw) * room
    matrix[:, 1, 2] = _uniform(count, -1.0, 1.0, draw) * room
    grid = functional.affine_grid(_there(matrix, both), [count, 4, side, side], align_corners=False)
    # Where a photo shrinks it should be smoothed first; these are barely larger than the view.
    return functional.grid_sample(both, grid, mode="bilinear", padding_mode="reflection", align_corners=False)


def _set_elsewhere(photo: Tensor, mask: Tensor, draw: torch.Generator) -> Tensor:
    """Put some products before a plain wall, another photo's blurred colours, or what lies about there."""
    count, _, height, width = photo.shape
    chosen = _some(count, 0.15, draw).nonzero()[:, 0]
    other = torch.randperm(count, generator=draw)[chosen]
    kind = torch.randint(3, (len(chosen), 1, 1, 1), generator=draw)
    tints = torch.rand(len(chosen), 3, 2, 2, generator=draw)
    if len(chosen) == 0:
        return photo
    chosen, other, kind = (_there(values, photo) for values in (chosen, other, kind))
    plain = _widen(_there(0.85 * tints.mean((2, 3), keepdim=True) + 0.15 * tints, photo), (height, width))
    blurred = _widen(_surroundings(photo[other], mask[other]), (height, width))
    about = torch.lerp(photo[other], blurred, mask[other])
    behind = torch.where(kind == 0, plain, torch.where(kind == 1, blurred, about))
    photo[chosen] = torch.lerp(behind, photo[chosen], mask[chosen])
    return photo


def _strew(photo: Tensor, mask: Tensor, draw: torch.Generator) -> Tensor:
    """Put a small thing out of another photo behind some products, often cut off by the frame."""
    count = len(photo)
    chosen = _some(count, 0.12, draw).nonzero()[:, 0]
    other = torch.randperm(count, generator=draw)[chosen]
    shrink = _uniform(len(chosen), 0.2, 0.5, draw)
    middle = _uniform(2 * len(chosen), -1.0, 1.0, draw).reshape(-1, 2)
    if len(chosen) == 0:
        return photo
    matrix = torch.zeros(len(chosen), 2, 3)
    matrix[:, 0, 0] = matrix[:, 1, 1] = 1.0 / shrink
    matrix[:, :, 2] = -middle / shrink[:, None]
    chosen, other = _there(chosen, photo), _there(other, photo)
    grid = functional.affine_grid(_there(matrix, photo), [len(chosen), 4, *photo.shape[2:]], align_corners=False)
    things = functional.grid_sample(torch.cat([photo, mask], 1)[other], grid, align_corners=False)
    shown = things[:, 3:] * (1.0 - mask[chosen])
    small = shown.sum((1, 2, 3)) < THING * mask[chosen].sum((1, 2, 3))
    photo[chosen] = torch.lerp(photo[chosen], things[:, :3], shown * small.reshape(-1, 1, 1, 1))
    return photo


def _cast_shadow(photo: Tensor, mask: Tensor, draw: torch.Generator) -> Tensor:
    """Let some products cast a soft shadow on what is behind them."""
    count, _, height, width = photo.shape
    chosen = _some(count, 0.15, draw).nonzero()[:, 0]
    away = _normal(2 * len(chosen), 0.12, draw).reshape(-1, 2)
    larger = _uniform(len(chosen), 0.95, 1.15, draw)
    strength = _uniform(len(chosen), 0.15, 0.65, draw).reshape(-1, 1, 1, 1)
    if len(chosen) == 0:
        return photo
    matrix = torch.zeros(len(chosen), 2, 3)
    matrix[:, 0, 0] = matrix[:, 1, 1] = 1.0 / larger
    matrix[:, :, 2] = away
    chosen = _there(chosen, photo)
    outline = functional.avg_pool2d(mask[chosen], 8)
    grid = functional.affine_grid(_there(matrix, photo), list(outline.shape), align_corners=False)
    moved = functional.avg_pool2d(functional.grid_sample(outline, grid, align_corners=False), 3, 1, 1)
    shade = _widen(moved, (height, width)) * (1.0 - mask[chosen])
    photo[chosen] *= 1.0 - _there(strength, photo) * shade
    return photo


def _surroundings(photo: Tensor, mask: Tensor) -> Tensor:
    """Return the colours of what is behind the products, in 12 x 12 squares; theirs are its continuation."""
    bare = 1.0 - mask
    found = (photo * bare).sum((2, 3), keepdim=True) / bare.sum((2, 3), keepdim=True).clamp(min=1.0)
    for squares in (3, 6, 12):
        seen = functional.adaptive_avg_pool2d(photo * bare, squares)
        covered = functional.adaptive_avg_pool2d(mask, squares)
        found = seen + covered * _widen(found, (squares, squares))
    return found


def _widen(coarse: Tensor, size: tuple[int, int]) -> Tensor:
    return functional.interpolate(coarse, size=size, mode="bilinear", align_corners=False)


def _light(photo: Tensor, draw: torch.Generator) -> Tensor:
    """Exposure, gamma, contrast, colour cast, saturation, a shade across the photo."""
    count, _, height, width = photo.shape
    device = photo.device

    def column(values: Tensor) -> Tensor:
        return _there(values, photo).reshape(count, -1, 1, 1)

    exposure = torch.where(_some(count, 0.5, draw), _normal(count, 0.25, draw), torch.zeros(count))
    cast = torch.where(
        _some(count, 0.4, draw)[:, None], _normal(count * 3, 0.1, draw).reshape(count, 3), torch.zeros(1)
    )
    photo = photo * column(torch.exp(exposure[:, None] + cast))
    gamma = torch.exp(torch.where(_some(count, 0.3, draw), _normal(count, 0.2, draw), torch.zeros(count)))
    photo = photo.clamp(1e-4, 1.0) ** column(gamma)
    contrast = torch.exp(_normal(count, 0.12, draw))
    mean = photo.mean((1, 2, 3), keepdim=True)
    photo = mean + (photo - mean) * column(contrast)
    grey = photo.mean(1, keepdim=True)
    saturation = torch.exp(_normal(count, 0.2, draw)) * (~_some(count, 0.04, draw))
    photo = grey + (photo - grey) * column(saturation)
    slope = torch.where(
        _some(count, 0.3, draw)[:, None], _normal(count * 2, 0.2, draw).reshape(count, 2), torch.zeros(1)
    )
    across = torch.linspace(-1.0, 1.0, width, device=device).reshape(1, 1, 1, width)
    down = torch.linspace(-1.0, 1.0, height, device=device).reshape(1, 1, height, 1)
    slope = _there(slope, photo)
    shade = 1.0 + slope[:, 0].reshape(count, 1, 1, 1) * across + slope[:, 1].reshape(count, 1, 1, 1) * down
    return (photo * shade).clamp(0.0, 1.0)


def _blur(photo: Tensor, draw: torch.Generator) -> Tensor:
    """Out of focus, or enlarged from too few pixels."""
    blurred = _there(_some(len(photo), 0.2, draw).nonzero()[:, 0], photo)
    if len(blurred) == 0:
        return photo
    side = photo.shape[-1]
    smaller = int(side * float(_uniform(1, 0.3, 0.7, draw)))
    small = functional.interpolate(photo[blurred], size=smaller, mode="area")
    photo[blurred] = functional.interpolate(small, size=side, mode="bilinear", align_corners=False)
    return photo


def _noise(photo: Tensor, draw: torch.Generator) -> Tensor:
    strength = torch.where(_some(len(photo), 0.3, draw), _uniform(len(photo), 0.0, 0.06, draw), torch.zeros(1))
    noisy = strength.nonzero()[:, 0]
    if len(noisy) == 0:
        return photo
    grain = torch.Generator(photo.device).manual_seed(int(torch.randint(2**31, (1,), generator=draw)))
    noise = torch.randn(len(noisy), *photo.shape[1:], generator=grain, device=photo.device)
    photo[_there(noisy, photo)] += noise * _there(strength[noisy].reshape(-1, 1, 1, 1), photo)
    return photo


def _compress(photo: Tensor, draw: torch.Generator) -> Tensor:
    """JPEG's loss: blocks of 8 x 8, their cosine coefficients rounded, the finer the coarser."""
    chosen = _there(_some(len(photo), 0.25, draw).nonzero()[:, 0], photo)
    if len(chosen) == 0:
        return photo
    order = torch.arange(8, dtype=torch.float32)
    cosine = torch.cos((2.0 * order[None] + 1.0) * order[:, None] * math.pi / 16.0) * 0.5
    cosine[0] /= math.sqrt(2.0)
    cosine = _there(cosine, photo)
    coarseness = float(_uniform(1, 2.0, 12.0, draw)) / 255.0
    steps = _there((1.0 + order[:, None] + order[None]) * coarseness, photo)
    count, channels, height, width = photo[chosen].shape
    blocks = photo[chosen].reshape(count, channels, height // 8, 8, width // 8, 8).transpose(3, 4)
    found = torch.round(cosine @ blocks @ cosine.T / steps) * steps
    rounded = (cosine.T @ found @ cosine).transpose(3, 4).reshape(count, channels, height, width)
    photo[chosen] = rounded
    return photo
