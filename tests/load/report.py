"""What a measurement says: rows for a table, and where the time went."""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.bench import Report as Table
from tests.load.house import Cost

OURS = ("bot/", "storage/", "workers/", "catalog/", "pipeline/", "tests/load/")
SHOWN = 6


@dataclass
class Report(Table):
    """Rows, and below them the profile of each measurement."""

    profiles: list[str] = field(default_factory=list)
    failure: str | None = None
    """Why what was asked for did not hold."""

    def add(self, what: str, figure: str) -> None:
        """One row, with what the machine is busy with besides."""
        super().add(what, f"{figure} (load {os.getloadavg()[0]:.1f})")

    def cost(self, each: str, cost: Cost, count: int, watched: str) -> None:
        """What one of so many took, and which functions and statements took most of it."""
        self.add(f"processor time for {each}", cost.cpu(count))
        self.add(f"statements for {each}", f"{cost.calls() / count:.1f}")
        lines = [f"{each}: cores in use: {cost.cores()}"]
        own = [(share, name) for name, share in cost.functions.items() if any(f"({o}" in name for o in OURS)]
        if cost.functions:
            lines.append(f"  functions of {watched} (share of its samples):")
            lines += [f"    {share:5.1%} {name}" for share, name in own[:SHOWN]]
        lines.append("  statements of the database (ms and calls for each):")
        lines += [
            f"    {spent / count:7.3f} ms {calls / count:6.2f} {' '.join(query.split())[:110]}"
            for query, calls, spent in cost.statements[:SHOWN]
        ]
        self.profiles.append("\n".join(lines))
        sys.stderr.write(f"{self.profiles[-1]}\n")


def percentiles(seconds: Sequence[float]) -> str:
    """p50, p95 and p99, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return ", ".join(f"p{n} {cuts[n - 1] * 1000:.0f} ms" for n in (50, 95, 99))
