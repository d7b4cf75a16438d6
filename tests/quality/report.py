"""What the measurement says: JSON for machines, a Markdown table for people."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from tests.quality.bars import BARS, summary
from tests.quality.judge import Outcome
from tests.quality.run import Run

MAX_REFUSED = 0.10
_MEGAPIXELS = (0.7, 0.9)


def as_json(run: Run) -> dict[str, Any]:
    """Everything, plain values."""
    return {
        "summary": _rows(run),
        "set": _set(run),
        "controls": {name: _control(outcomes) for name, outcomes in run.controls.items()},
        "pictures": [_picture(outcome) for outcome in [*run.cases, *run.pairs]],
    }


def _rows(run: Run) -> list[dict[str, Any]]:
    named = [(one.case.name, reading) for one in [*run.cases, *run.pairs] for reading in one.readings]
    return [row for row in summary(named) if row["pictures"]]


def _set(run: Run) -> dict[str, Any]:
    """Figures of the set as a whole. Seconds are wall time, probes included."""
    supported = [one for one in run.cases if one.status != "unsupported"]
    ordinary = [one for one in supported if one.case.person.ordinary]
    refused = [one for one in ordinary if one.status == "refused"]
    share = len(refused) / max(1, len(ordinary))
    first, following = _seconds(run.cases)
    return {
        "pictures": len(run.cases),
        "dressed": sum(one.status == "dressed" for one in run.cases),
        "unsupported": dict(
            Counter(one.case.garment.category.value for one in run.cases if one.status == "unsupported")
        ),
        "ordinary": len(ordinary),
        "ordinary_refused": len(refused),
        "refused_share": share,
        "refused_ok": share <= MAX_REFUSED,
        "refused": {one.case.name: one.code for one in supported if one.status == "refused"},
        "all_bars_hold": sum(one.status == "dressed" and not one.failed for one in run.cases),
        "same_bytes": run.same_bytes,
        "seconds_first": _spread(first),
        "seconds_next": _spread(following),
    }


def _seconds(outcomes: list[Outcome]) -> tuple[list[float], list[float]]:
    """(first try-on of a photo, each further garment on it), of photos of 768x1024 or nearly so."""
    first: list[float] = []
    following: list[float] = []
    known: set[str] = set()
    for one in outcomes:
        if one.status != "dressed" or not _MEGAPIXELS[0] <= one.megapixels <= _MEGAPIXELS[1]:
            continue
        new = one.case.person.name not in known
        known.add(one.case.person.name)
        (first if new else following).append(one.seconds[0])
        following.append(one.seconds[1])
    return first, following


def _spread(seconds: list[float]) -> dict[str, float] | None:
    if not seconds:
        return None
    return {
        "median": float(np.median(seconds)),
        "p95": float(np.percentile(seconds, 95)),
        "pictures": len(seconds),
    }


def _control(outcomes: list[Outcome]) -> dict[str, Any]:
    judged = [one for one in outcomes if one.status == "dressed"]
    similar = [reading.value for one in judged for reading in one.readings if reading.key == "ssim"]
    worn = [one for one in judged if not any(reading.key == "ssim" for reading in one.readings)]
    return {
        "pictures": len(worn),
        "failed": sum(bool(one.failed) for one in worn),
        "caught_by": dict(Counter(key for one in worn for key in one.failed).most_common()),
        "ssim_median": float(np.median(similar)) if similar else None,
    }


def _picture(one: Outcome) -> dict[str, Any]:
    readings = {
        reading.key: {"value": _plain(reading.value), "passed": reading.passed} for reading in one.readings
    }
    seconds = [round(second, 3) for second in one.seconds]
    return {
        "name": one.case.name,
        "status": one.status,
        "code": one.code,
        "seconds": seconds,
        "readings": readings,
    }


def _plain(value: float) -> float | None:
    """JSON knows no infinity."""
    return round(value, 5) if np.isfinite(value) else None


def as_markdown(run: Run) -> str:
    """Tables of measures, of the whole set and of controls."""
    lines = [
        "| measure | bar | met | pictures | pass | median | p10 | p90 | worst | picture |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [_line(row) for row in _rows(run)]
    figures = _set(run)
    lines += ["", "| the set | figure |", "|---|---|"]
    lines += [f"| {what} | {figure} |" for what, figure in _set_lines(figures)]
    if run.controls:
        lines += ["", "| control | pictures | fail | caught by | SSIM, pairs |", "|---|---|---|---|---|"]
        for name, outcomes in run.controls.items():
            facts = _control(outcomes)
            caught = ", ".join(f"{key} {count}" for key, count in facts["caught_by"].items())
            similar = "" if facts["ssim_median"] is None else f"{facts['ssim_median']:.2f}"
            lines.append(f"| {name} | {facts['pictures']} | {facts['failed']} | {caught} | {similar} |")
    return "\n".join(lines) + "\n"


def _set_lines(figures: dict[str, Any]) -> list[tuple[str, str]]:
    refused = f"{figures['ordinary_refused']} of {figures['ordinary']} ({figures['refused_share']:.0%}, bar 10 %)"
    unsupported = ", ".join(f"{count} {category}" for category, count in figures["unsupported"].items())
    lines = [
        ("pictures asked for", str(figures["pictures"])),
        ("categories not supported yet", unsupported or "none"),
        ("ordinary photos refused", refused),
        ("pictures within every bar that applies", f"{figures['all_bars_hold']} of {figures['dressed']}"),
    ]
    if figures["same_bytes"] is not None:
        lines.append(
            ("same bytes in other processes, 1, 2 and 3 threads", "yes" if figures["same_bytes"] else "NO")
        )
    for key, words in (
        ("seconds_first", "first try-on of a photo, 768x1024"),
        ("seconds_next", "next garment on it"),
    ):
        spread = figures[key]
        if spread is not None:
            lines.append((words, f"median {spread['median']:.2f} s, p95 {spread['p95']:.2f} s"))
    return lines


def _line(row: dict[str, Any]) -> str:
    met = {True: "yes", False: "NO", None: ""}[row["met"]]
    kind = next(bar for bar in BARS if bar.key == row["key"])
    figures = [_figure(row[key]) for key in ("median", "p10", "p90", "worst_value")]
    passed = str(row["passed"]) if kind.required else ""
    cells = [row["measure"], row["bar"], met, str(row["pictures"]), passed, *figures, row["worst"]]
    return f"| {' | '.join(cells)} |"


def _figure(value: float) -> str:
    if not np.isfinite(value):
        return "-"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
