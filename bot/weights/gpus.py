"""Which GPUs there are, as NVIDIA's own program says: it comes with the driver, and needs nothing of ours. And how
fast the CPU is, where there is none."""

from __future__ import annotations

import csv
import shutil
import subprocess
import time
from dataclasses import dataclass

import numpy as np

_FIELDS = "index,name,memory.total,memory.free"
_PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Gpu:
    """One device; memory in bytes."""

    index: int
    name: str
    total: int
    free: int


def find_gpus() -> list[Gpu]:
    """All of them; none where the driver is missing or does not answer."""
    program = shutil.which("nvidia-smi")
    if program is None:
        return []
    command = [program, f"--query-gpu={_FIELDS}", "--format=csv,noheader,nounits"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=True).stdout  # noqa: S603 # the driver's own
    except (OSError, subprocess.SubprocessError):
        return []
    gpus = []
    for row in csv.reader(told.splitlines(), skipinitialspace=True):
        # A device that gives no figures ("[N/A]", "[Unknown Error]") cannot be counted on.
        if len(row) == 4 and row[0].isdecimal() and row[2].isdecimal() and row[3].isdecimal():
            gpus.append(Gpu(int(row[0]), row[1], int(row[2]) * 2**20, int(row[3]) * 2**20))
    return gpus


def operations_per_s() -> float:
    """Of this CPU, in single precision, at what it does best: no network is faster than large matrices."""
    side, best = 512, 0.0
    matrix = np.full((side, side), 0.5, np.float32)
    for _ in range(20):  # each is shorter than the turn that a busy machine gives
        began = time.perf_counter()
        matrix @ matrix
        best = max(best, 2 * side**3 / (time.perf_counter() - began))
    return best
