"""The training loop that all our networks share: warm-up, cosine schedule, averaged weights."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

WARM_UP_STEPS = 60

Network = TypeVar("Network", bound=nn.Module)


def run(
    network: Network,
    loss_at: Callable[[Network, int], Tensor],
    steps: int,
    *,
    rate: float,
    decay: float,
    start: Path | None,
    say: Callable[[str], None],
) -> Network:
    """Train `network` on `loss_at(network, step)` for `steps` batches; returns it with averaged weights.

    `rate`: the highest learning rate; `decay` of the average; `start`: weights to go on from.
    """
    if start is not None:
        network.load_state_dict(torch.load(start, weights_only=True))
    average = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(decay), use_buffers=True)
    optimizer = torch.optim.AdamW(network.parameters(), rate, weight_decay=1e-3)
    began, recent = time.monotonic(), 0.0
    for step in range(steps):
        cosine = 0.5 + 0.5 * math.cos(math.pi * step / steps)
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, (step + 1) / WARM_UP_STEPS) * cosine + 1e-6
        loss = loss_at(network, step)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        average.update_parameters(network)
        recent += loss.item()
        if (step + 1) % 50 == 0:
            say(f"step {step + 1}/{steps}  loss {recent / 50:.4f}  {time.monotonic() - began:.0f} s")
            recent = 0.0
    network.load_state_dict(average.module.state_dict())
    return network
