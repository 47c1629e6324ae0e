"""Half precision, where the machine has it."""

import torch


def half(device: torch.device) -> torch.autocast:
    """Return the context in which a network computes in bfloat16, or as ever where that would be slower.

    A processor without such numbers takes ten times as long for them as for single precision.
    """
    quick = device.type == "cuda" or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast(device.type, torch.bfloat16, enabled=quick)
