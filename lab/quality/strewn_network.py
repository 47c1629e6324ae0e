"""The head by which the bundled network tells things strewn about, and how it is written into the network."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from lab.quality.graft import graft
from processing.matte.bundled import LONG, SHORT

ALPHA = "alpha"
FINE = "/encoder/stages.2/stages.2.2/Add_output_0"
NEAR = "/encoder/stages.4/stages.4.3/Add_output_0"
FAR = "/encoder/stages.6/stages.6.0/body/body.2/Conv_output_0"
"""What the head reads of the network: the matte, and the encoder's levels at an eighth, a sixteenth and a
thirty-second of the size."""
WIDTHS = (40, 112, 320)
"""Channels of the three levels."""
READ = (ALPHA, FINE, NEAR, FAR)
CELL = 16
"""px, the side of what one log-odds tells of."""
HIDDEN = 48
AROUND = 5
"""Cells that each cell's surroundings span."""
DROPPED = 0.1
"""Share of the hidden channels that is left out of a photo in training."""
OUTPUT = "strewn"


class Head(nn.Module):
    """What each cell shows, what is around it, and from both whether it is one of several things strewn about."""

    def __init__(self) -> None:
        super().__init__()
        fine, near, far = WIDTHS
        self.alpha = nn.Conv2d(1, HIDDEN, 1, bias=False)
        self.fine = nn.Sequential(nn.BatchNorm2d(fine, affine=False), nn.Conv2d(fine, HIDDEN, 2, 2, bias=False))
        self.near = nn.Sequential(nn.BatchNorm2d(near, affine=False), nn.Conv2d(near, HIDDEN, 1))
        self.far = nn.Sequential(nn.BatchNorm2d(far, affine=False), nn.Conv2d(far, HIDDEN, 1, bias=False))
        self.around = nn.Sequential(
            nn.Conv2d(HIDDEN, HIDDEN, AROUND, padding=AROUND // 2, groups=HIDDEN), nn.Conv2d(HIDDEN, HIDDEN, 1)
        )
        self.tell = nn.Sequential(nn.Dropout2d(DROPPED), nn.Conv2d(HIDDEN, 1, 1))

    def forward(self, alpha: Tensor, fine: Tensor, near: Tensor, far: Tensor) -> Tensor:
        """Return log-odds (N, H/16, W/16) of alpha (N, H, W) and the encoder's levels."""
        product = self.alpha(functional.avg_pool2d(alpha[:, None], CELL))
        coarse = functional.interpolate(self.far(far), scale_factor=2)
        shown = functional.relu(product + self.fine(fine) + self.near(near) + coarse)
        return self.tell(shown + functional.relu(self.around(shown)))[:, 0]


def write(head: Head) -> None:
    """Write a head into the network, in place of one that is there. Raises ValueError, as :func:`graft` does."""
    levels = {
        name: torch.zeros(1, width, SHORT // smaller, LONG // smaller)
        for name, width, smaller in zip(READ[1:], WIDTHS, (8, 16, 32), strict=True)
    }
    graft(head, OUTPUT, {ALPHA: torch.zeros(1, SHORT, LONG), **levels}, ("photos", "rows", "columns"))
