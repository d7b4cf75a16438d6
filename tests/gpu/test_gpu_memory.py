"""What metrics ask torch about GPUs is what torch answers; tests/unit/test_metrics.py has the rest."""

from __future__ import annotations

import inspect

import torch

from storage.scraping import _gpus
from tests.unit.test_metrics import Cuda


def test_torch_has_what_metrics_ask_it_for() -> None:
    for name in ("is_initialized", "device_count", "mem_get_info"):
        ours, theirs = (
            inspect.signature(getattr(Cuda(in_use=True), name)),
            inspect.signature(getattr(torch.cuda, name)),
        )
        assert [*ours.parameters] == [*theirs.parameters], name


def test_metrics_tell_of_gpus_in_use_and_wake_none() -> None:
    in_use = torch.cuda.is_initialized()
    told = {name for name, _, _ in _gpus()}
    assert told == ({"fashioncore_gpu_memory_bytes", "fashioncore_gpu_memory_used_bytes"} if in_use else set())
    assert torch.cuda.is_initialized() == in_use
