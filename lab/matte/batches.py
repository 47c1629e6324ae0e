"""Photos a second that the network takes in batches: ``python -m lab.matte.batches``, on a GPU where there is one.

The network alone, as PyTorch computes it in single precision (on a GPU in TF32), from bytes that are there.
"""

import time

import torch

from lab.matte.network import MatteNetwork
from processing.matte.bundled import LONG, SHORT

BATCHES = (1, 16, 128)
WARM_UP = 5
SECONDS = 1.0


@torch.inference_mode()
def rate(network: MatteNetwork, batch: int, device: torch.device) -> float:
    """Return the photos a second in batches of this size."""
    pixels = torch.randint(0, 256, (batch, 3, SHORT, LONG), dtype=torch.uint8, device=device)
    done, started = -WARM_UP, 0.0
    while done <= 0 or time.perf_counter() < started + SECONDS:
        network((pixels.float() / 255.0).contiguous(memory_format=torch.channels_last))
        if device.type == "cuda":
            torch.cuda.synchronize()
        done += 1
        if done == 0:
            started = time.perf_counter()
    return done * batch / (time.perf_counter() - started)


def main() -> None:
    """Print a line for each batch size."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.backends.cudnn.benchmark = True
    network = MatteNetwork()
    network.freeze_encoder()
    network.to(device, memory_format=torch.channels_last).eval()
    for batch in BATCHES:
        print(f"{device}, batches of {batch}: {rate(network, batch, device):.0f} photos/s")


if __name__ == "__main__":
    main()
