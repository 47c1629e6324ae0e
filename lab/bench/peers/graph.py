"""Writes U2-Net-p's graph under the name that rembg looks for: ``python -m lab.bench.peers.graph FOLDER``.

Its published weights need a download, and time does not depend on them; what a mask costs afterwards does. So the
network is computed with weights as they are drawn, its answer counts for nought, and a soft disc is given back.
"""

import sys
from pathlib import Path

import torch
from torch import Tensor, nn

from lab.matte.peer import SIDE, U2NetP


class Disc(nn.Module):
    """U2-Net-p that says of each photo what a disc is."""

    def __init__(self) -> None:
        super().__init__()
        self.network = U2NetP()
        across = torch.linspace(-1, 1, SIDE)
        radius = torch.hypot(across[:, None], across[None, :])
        self.register_buffer("disc", torch.clip((0.8 - radius) * 40, 0, 1)[None, None])

    def forward(self, pixels: Tensor) -> Tensor:
        """Return (1, 1, 320, 320), in [0, 1]."""
        return self.disc + 0.0 * self.network(pixels)


def main(folder: Path) -> None:
    """Write ``models/u2netp/u2netp.onnx`` below ``folder``, which is to be ``U2NET_HOME``."""
    path = folder / "models/u2netp/u2netp.onnx"
    path.parent.mkdir(parents=True)
    torch.manual_seed(0)
    with torch.no_grad():
        torch.onnx.export(
            Disc().eval(), (torch.rand(1, 3, SIDE, SIDE),), str(path), opset_version=17, dynamo=False
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
