"""Masks for photos that have none, by networks that have learnt from others.

A photo is seen in several views; where they agree, their mean becomes its mask, and training goes on with it under
every distortion of :mod:`lab.matte.augmentation`.
"""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from lab.matte.data import Photos
from lab.matte.network import MatteNetwork
from lab.matte.precision import half

SIDES = (192, 256)
AGREEING = 0.9
"""The least overlap of any view with the mean of all."""
AREA = (0.05, 0.85)
"""Shares of the frame between which a product is believable."""
UNSURE = 0.1
"""The most of the product's area that may be neither clearly inside nor clearly outside."""
BATCH = 128


@torch.no_grad()
def label(networks: Sequence[MatteNetwork], pixels: Tensor) -> tuple[Tensor, Tensor]:
    """Return the mean alpha (N, 1, S, S) of all views of photos (N, 3, S, S), uint8, and where they agree (N,)."""
    size = pixels.shape[2:]
    views = []
    for side in SIDES:
        seen = functional.interpolate(pixels.float() / 255.0, size=(side, side), mode="bilinear", antialias=True)
        for network in networks:
            views += [_alpha(network, seen, size), _alpha(network, seen.flip(3), size).flip(3)]
    mean = torch.stack(views).mean(0)
    inside = mean > 0.5
    area = inside.sum((1, 2, 3))
    unsure = ((mean > 0.15) & (mean < 0.85)).sum((1, 2, 3)) / area.clamp(min=1)
    agreed = torch.stack([_overlap(view > 0.5, inside) for view in views]).amin(0)
    share = area / (size[0] * size[1])
    return mean, (agreed >= AGREEING) & (unsure <= UNSURE) & (share >= AREA[0]) & (share <= AREA[1])


def _alpha(network: MatteNetwork, photos: Tensor, size: torch.Size) -> Tensor:
    with half(photos.device):
        logits = network(photos.contiguous(memory_format=torch.channels_last))[0].float()
    return torch.sigmoid(functional.interpolate(logits, size=size, mode="bilinear", align_corners=False))


def _overlap(one: Tensor, other: Tensor) -> Tensor:
    either = (one | other).sum((1, 2, 3))
    return torch.where(either > 0, (one & other).sum((1, 2, 3)) / either.clamp(min=1), 1.0)


def label_photos(networks: Sequence[MatteNetwork], pixels: Tensor, device: torch.device) -> Photos:
    """Return those of the photos (N, 3, S, S), uint8, whose views agree, with the masks that they agree on."""
    for network in networks:
        network.to(device, memory_format=torch.channels_last).eval()
    kept, masks = [], []
    for some in pixels.split(BATCH):
        mean, good = label(networks, some.to(device))
        kept.append(some[good.cpu()])
        masks.append((mean[good] * 255.0).round().byte().cpu())
    photos = torch.cat(kept)
    print(f"{len(photos)} of {len(pixels)} photos labelled", flush=True)
    return Photos(photos, torch.cat(masks), torch.ones(len(photos)))
