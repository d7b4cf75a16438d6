"""Which memory plan a device has room for; see `memory` for what the plans are. Known without torch, so that
`doctor` can say it on a machine that has none yet.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pipeline.ports import PlanName

PLANS: tuple[PlanName, ...] = get_args(PlanName)

WORK_PER_PIXEL = 5_500
"""Bytes a pixel of one person's picture beside the weights, in half precision, guidance and VAE included: what is
left of the 18.5 GB that users of the reference report."""

LARGEST_LAYERS = 0.05
"""Of the UNets' bytes, what is on the device at a time when their layers come one by one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Bytes of the two UNets, of all other networks, and of the largest of these."""

    unets: int
    others: int
    largest: int

    def needed(self, plan: PlanName, bytes_per_weight: int) -> int:
        """Bytes on the device under a plan."""
        if plan == "resident":
            return self.unets + self.others
        if plan == "model-offload":
            return self.unets + self.largest
        if plan == "8-bit":
            return self.unets // bytes_per_weight + self.largest
        return int(LARGEST_LAYERS * self.unets) + self.largest


def plans_that_fit(weights: Weights, work: int, free: int, bytes_per_weight: int = 2) -> tuple[PlanName, ...]:
    """Fastest first. Never empty: the last plan is tried whatever the sums say."""
    fitting = [plan for plan in PLANS[:-1] if weights.needed(plan, bytes_per_weight) + work <= free]
    return (*fitting, PLANS[-1])


PUBLISHED = Weights(unets=11_107_000_000, others=3_234_000_000, largest=1_389_000_000)
"""The published networks in half precision, the VAE in full."""

REPORTED_S = {"RTX 4090": 8.0, "RTX 3090": 13.0}
"""Seconds a picture that users of the reference report, all resident, `REPORTED_STEPS` steps, 768 x 1024."""

REPORTED_STEPS = 30


SIZE = 768 * 1024
"""Pixels of the published pictures, for which all sums here are made."""

STEP_OPERATIONS, PICTURE_OPERATIONS = 15.1e12, 18.4e12
"""Of a guided step, and of what the VAE does for a picture, as `tests.gpu.bench` counts them."""

UNETS_MOVED_PER_STEP = 0.54 + 0.46 / 3
"""Of the UNets' bytes, where their layers come one by one: GarmentNet's come for three steps at once."""

PCIE_BYTES_PER_S = 12e9
"""What 16 lanes of PCIe 3 carry at best; later ones carry two and four times as much."""


def cpu_seconds(pixels: int, steps: int, operations_per_s: float) -> float:
    """What a picture takes a machine of that speed at the least."""
    return (STEP_OPERATIONS * steps + PICTURE_OPERATIONS) * pixels / SIZE / operations_per_s


def cpu_bytes(pixels: int, bytes_per_weight: int) -> float:
    """Memory that a CPU needs for the published networks and a picture."""
    return (PUBLISHED.needed("resident", bytes_per_weight) + WORK_PER_PIXEL * pixels) * bytes_per_weight / 2


def moving_seconds(steps: int) -> float:
    """What the plan "sequential-offload" spends on a picture with moving weights, at the least."""
    return PUBLISHED.unets * UNETS_MOVED_PER_STEP * steps / PCIE_BYTES_PER_S


def free_memory() -> int:
    """Bytes of the machine's own memory that can be had now."""
    told = dict(line.split(":") for line in Path("/proc/meminfo").read_text("ascii").splitlines())
    return min(1024 * int(told["MemAvailable"].split()[0]), _left_to_us())


def _left_to_us() -> int:
    """Within the limit of a container; what its files keep in memory can be had."""
    group = Path("/sys/fs/cgroup")
    try:
        most, used = (int((group / f"memory.{name}").read_text("ascii")) for name in ("max", "current"))
        kept = dict(line.split() for line in (group / "memory.stat").read_text("ascii").splitlines())
    except (OSError, ValueError):  # it says "max" where there is none
        return sys.maxsize
    return most - used + int(kept.get("inactive_file", 0))


def plan_for(free: int, pixels: int) -> tuple[PlanName | None, float]:
    """The plan that the published networks get with `free` bytes, None when there are too few for any; and the
    bytes that the smallest plan needs."""
    work = WORK_PER_PIXEL * pixels
    least = PUBLISHED.needed(PLANS[-1], 2) + work
    return (plans_that_fit(PUBLISHED, work, free)[0] if free >= least else None), least
