"""`python -m tests.gpu.scarce FILE`: a worker whose memory is full as many times as FILE says.

Torch's own allocator is asked for more than any machine has, in the middle of a picture: what it says is real.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from pipeline.engines.idm.networks import TryonNet
from workers.__main__ import main

MORE_THAN_THERE_IS = 2**48
"""Bytes."""


def limit(file: Path) -> None:
    """From now on, a step of TryonNet counts the number in `file` down to nought and has no memory."""

    def before(module: torch.nn.Module, _inputs: object) -> None:
        times = int(file.read_text()) if isinstance(module, TryonNet) else 0
        if times:
            file.write_text(str(times - 1))
            torch.empty(MORE_THAN_THERE_IS, dtype=torch.uint8)

    torch.nn.modules.module.register_module_forward_pre_hook(before)


if __name__ == "__main__":
    limit(Path(sys.argv.pop(1)))
    main()
