"""Which memory plan a device has room for; see `memory` for what the plans are. Known without torch, so that
`doctor` can say it on a machine that has none yet.
"""

from __future__ import annotations

from dataclasses import dataclass
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


def plan_for(free: int, pixels: int) -> tuple[PlanName | None, float]:
    """The plan that the published networks get with `free` bytes, None when there are too few for any; and the
    bytes that the smallest plan needs."""
    work = WORK_PER_PIXEL * pixels
    least = PUBLISHED.needed(PLANS[-1], 2) + work
    return (plans_that_fit(PUBLISHED, work, free)[0] if free >= least else None), least
