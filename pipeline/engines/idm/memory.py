"""Where the networks are while they work, and what is kept of their work.

A plan trades speed for the GPU's memory. "resident" keeps everything there. "model-offload" keeps the two UNets,
the other networks come for their turn. "8-bit" does the same with weights that are stored in eight bits and
widened layer by layer. "sequential-offload" brings each layer of the UNets for its turn, too.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from diffusers.hooks import apply_group_offloading, apply_layerwise_casting
from torch import Tensor, nn

from pipeline.engines.idm.plans import free_memory


def free_bytes(device: torch.device) -> int:
    """Memory that can be had on a device now."""
    if device.type == "cuda":
        free, _ = torch.cuda.mem_get_info(device)
        return int(free + torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device))
    return free_memory()


_FULL = ("can't allocate memory", "Cannot allocate memory", "out of memory", "ALLOC_FAILED", "bad_alloc")
"""What a CPU's allocator says, which has no exception of its own, and the system; the driver and TorchScript;
NVIDIA's libraries, which allocate for themselves; onnxruntime."""


def is_out_of_memory(error: BaseException) -> bool:
    """On a GPU or on a CPU, whoever asked for it."""
    return isinstance(error, torch.OutOfMemoryError | MemoryError) or any(word in str(error) for word in _FULL)


class Visits:
    """Brings networks to the device for their turn, unless they `stay` there anyway."""

    def __init__(self, device: torch.device, *, stay: bool) -> None:
        self._device, self._stay = device, stay

    @contextmanager
    def of(self, network: nn.Module) -> Iterator[None]:
        """`network` is on the device within."""
        if self._stay:
            yield
            return
        network.to(self._device)
        try:
            yield
        finally:
            network.to("cpu")


def halve_weights(network: nn.Module, dtype: torch.dtype) -> None:
    """Store the large layers in eight bits, compute in `dtype`."""
    apply_layerwise_casting(network, storage_dtype=torch.float8_e4m3fn, compute_dtype=dtype)


def stream_weights(network: nn.Module, device: torch.device) -> None:
    """Keep the layers on the CPU and bring each to the device for its turn."""
    apply_group_offloading(network, onload_device=device, offload_device="cpu", offload_type="leaf_level")


class Shelf:
    """What GarmentNet read, in the CPU's memory, by garment and time; the garment used longest ago goes first."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._used = 0
        self._garments: OrderedDict[str, dict[int, dict[int, Tensor]]] = OrderedDict()

    def get(self, key: tuple[str, int], device: torch.device) -> dict[int, Tensor] | None:
        """The features by place, on `device`."""
        garment, at = key
        known = self._garments.get(garment, {}).get(at)
        if known is None:
            return None
        self._garments.move_to_end(garment)
        return {place: each.to(device, non_blocking=True) for place, each in known.items()}

    def put(self, key: tuple[str, int], features: Mapping[int, Tensor]) -> None:
        """Keep them, if they fit beside what is kept of the same garment."""
        garment, at = key
        size = _bytes(features)
        while self._used + size > self._most and self._garments and next(iter(self._garments)) != garment:
            _, gone = self._garments.popitem(last=False)
            self._used -= sum(_bytes(each) for each in gone.values())
        if self._used + size <= self._most:
            self._garments.setdefault(garment, {})[at] = {
                place: each.to("cpu") for place, each in features.items()
            }
            self._garments.move_to_end(garment)
            self._used += size


def _bytes(features: Mapping[int, Any]) -> int:
    return sum(each.numel() * each.element_size() for each in features.values())
