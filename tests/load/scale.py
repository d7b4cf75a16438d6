"""`python -m tests.load.scale` works out docs/scale.md anew: the tables between its marks, from what was measured.

What is measured and where, what is assumed, and what costs what stands here and nowhere else; whoever runs a
service puts their own figures in.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from bot.settings import BotSettings
from tests.load.simulation import (
    MEASURED,
    MEASURED_UNFAIRNESS,
    MEASURED_WORKERS,
    PACE,
    fairness,
    p95_at,
    pictures_per_s,
)
from tests.programs import ROOT

PAGE = ROOT / "docs" / "scale.md"
README = ROOT / "README.md"

PEOPLE = (10_000, 1_000_000, 50_000_000)
DAY_S, HOUR_S = 86_400, 3_600

# --- measured: `python -m tests.load.footprint 6`, 27 November 2026 -----------------------------------------
MESSAGES, TRY_ONS, ROWS = 7, 2, 52
"""Of one visit: a yes, a photo, a wish, two try-ons, one saved, and a question."""
FOR_EVER_BYTES = 12_492 + 1_440
"""Turns and activity, which stay until their person is erased."""
WEEK_BYTES = 3_824 + 3_200 + 2_938
"""Inbox, outbox and jobs, which go after a week."""
TERM_BYTES = 1_056 + 246 + 1_977
"""Rows of pictures, which go with them."""
PERSON_BYTES = 2_458 + 275 + 166 + 120 + 96 + 174
"""What there is once for each person."""
PICTURE_BYTES = 524_000
"""A photo and two results."""
PICTURES = 3

# --- assumed ------------------------------------------------------------------------------------------------
BUSY_HOUR = 0.10
"""The share of a day's visits that its busiest hour has."""
BURST = 2.0
"""How much busier the busiest minute is than the mean of that hour."""
UTILISATION = 0.6
"""Of processors and GPUs at that minute."""
IDLE = 0.5
"""The share of what is paid for that works, over a day: what scaling down does not reach."""
PICTURE_DAYS = 30
RETURNING = 5
"""Of so many people one comes each day: how many persons there are."""
SEEN_BYTES = 1_000_000
"""What a visit fetches: pictures of clothes and its own."""
GPU_S = 13.0
"""A picture of 30 steps on a card of 24 GB, as users of the reference report it (docs/idm.md); not measured."""

# --- prices: examples, to be replaced -----------------------------------------------------------------------
CORE_HOUR, GPU_HOUR, PICTURE_GB_MONTH, ROW_GB_MONTH, OUT_GB = 0.0425, 1.006, 0.023, 0.115, 0.09
PRICES = (
    ("a core for an hour", CORE_HOUR, "c5.2xlarge, $0.34 for 8: the example in Amazon's EC2 Auto Scaling guide"),
    ("a GPU of 24 GB for an hour", GPU_HOUR, "g5.xlarge on demand, us-east-1; factualminds.com, 17 June 2026"),
    ("a GB of pictures for a month", PICTURE_GB_MONTH, "S3 Standard, us-east-1; cloudburn.io, 13 March 2026"),
    ("a GB of database for a month", ROW_GB_MONTH, "RDS gp3, us-east-1; usage.ai, June 2026"),
    ("a GB to the internet", OUT_GB, "first 10 TB of a month; devnotes.tech, no date"),
)
"""All read on 27 November 2026, none from a price list itself."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What the README's table says of two cores."""

    messages_per_s: float
    first_s: float
    next_s: float

    @property
    def preview_s(self) -> float:
        """Of the try-ons of a visit one is the first on its photo."""
        return (self.first_s + self.next_s * (TRY_ONS - 1)) / TRY_ONS


def machine() -> Machine:
    """Read from the README, so that both say the same."""
    text = README.read_text()

    def figure(row: str) -> float:
        found = re.search(rf"\| {re.escape(row)} \| ([\d.]+)", text)
        assert found is not None, row
        return float(found[1])

    return Machine(
        figure("messages answered a second, 16 visitors at once"),
        figure("preview 768x1024: first garment on a new photo, median"),
        figure("preview 768x1024: next garment on the same photo, median"),
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What so many people a day need."""

    people: int
    here: Machine

    @property
    def peak(self) -> float:
        """Visits a second in the busiest minute."""
        return self.people * BUSY_HOUR / HOUR_S * BURST

    @property
    def web_cores(self) -> int:
        """With PostgreSQL and Valkey, which shared the two cores that were measured."""
        return math.ceil(self.peak * MESSAGES / (self.here.messages_per_s / 2) / UTILISATION)

    @property
    def web_processes(self) -> int:
        """One core each."""
        return self.web_cores

    @property
    def workers(self) -> int:
        """Of two cores each."""
        return math.ceil(self.peak * TRY_ONS * self.here.preview_s / UTILISATION)

    @property
    def gpus(self) -> int:
        """Where each preview is painted as well."""
        return math.ceil(self.peak * TRY_ONS * GPU_S / UTILISATION)

    @property
    def connections(self) -> int:
        """To PostgreSQL, as bot.bootstrap and workers open them."""
        consumers = int(BotSettings.model_fields["consumers"].default)
        return self.web_processes * 2 * (consumers + 2) + (self.workers + self.gpus) * 6

    @property
    def row_bytes(self) -> float:
        """What a year leaves in the database."""
        visits = self.people * (FOR_EVER_BYTES * 365 + WEEK_BYTES * 7 + TERM_BYTES * PICTURE_DAYS)
        return visits + self.people * RETURNING * PERSON_BYTES

    @property
    def picture_bytes(self) -> float:
        """What the bucket holds."""
        return self.people * PICTURE_BYTES * PICTURE_DAYS

    @property
    def hints(self) -> float:
        """Deliveries a second by Valkey: each message is told to every process that listens, each try-on twice."""
        said = self.peak * (MESSAGES + 2 * TRY_ONS)
        return said * (self.web_processes + self.workers + self.gpus)

    @property
    def costs(self) -> dict[str, float]:
        """Dollars a day."""
        cores = (
            self.people * (MESSAGES / (self.here.messages_per_s / 2) + TRY_ONS * self.here.preview_s * 2) / IDLE
        )
        return {
            "cores": cores / HOUR_S * CORE_HOUR,
            "pictures": self.picture_bytes / 1e9 * PICTURE_GB_MONTH / 30,
            "database": self.row_bytes / 1e9 * ROW_GB_MONTH / 30,
            "internet": self.people * SEEN_BYTES / 1e9 * OUT_GB,
            "GPUs": self.people * TRY_ONS * GPU_S / IDLE / HOUR_S * GPU_HOUR,
        }

    def per_try_on(self, *, painted: bool) -> float:
        """In cents."""
        total = sum(cost for what, cost in self.costs.items() if painted or what != "GPUs")
        return 100 * total / (self.people * TRY_ONS)


def plans() -> list[Plan]:
    """One for each number of people."""
    return [Plan(people, machine()) for people in PEOPLE]


ROWS_OF_PLAN: tuple[tuple[str, Callable[[Plan], str]], ...] = (
    ("messages a day", lambda plan: _many(plan.people * MESSAGES)),
    ("messages a second, busiest minute", lambda plan: _many(plan.peak * MESSAGES)),
    ("try-ons a second, busiest minute", lambda plan: _many(plan.peak * TRY_ONS)),
    ("rows written a second, busiest minute", lambda plan: _many(plan.peak * ROWS)),
    ("database after a year", lambda plan: _size(plan.row_bytes)),
    ("pictures kept", lambda plan: f"{_many(plan.people * PICTURES * PICTURE_DAYS)}, {_size(plan.picture_bytes)}"),
    ("to the internet a day", lambda plan: _size(plan.people * SEEN_BYTES)),
    ("cores for talk, PostgreSQL included", lambda plan: _many(plan.web_cores)),
    ("preview workers of two cores", lambda plan: _many(plan.workers)),
    ("GPUs, if all is painted", lambda plan: _many(plan.gpus)),
    ("connections to PostgreSQL", lambda plan: _many(plan.connections)),
    ("hints delivered by Valkey a second", lambda plan: _many(plan.hints)),
    ("dollars a day, previews", lambda plan: _many(sum(plan.costs.values()) - plan.costs["GPUs"])),
    ("dollars a day, GPUs", lambda plan: _many(plan.costs["GPUs"])),
    ("cents for a try-on, preview", lambda plan: f"{plan.per_try_on(painted=False):.3f}"),
    ("cents for a try-on, painted", lambda plan: f"{plan.per_try_on(painted=True):.2f}"),
)


def plan_table() -> str:
    """All of it for each number of people."""
    heads = ["people a day", *(_many(people) for people in PEOPLE)]
    rows = [[what, *(say(plan) for plan in plans())] for what, say in ROWS_OF_PLAN]
    return _table(heads, rows)


def share_table() -> str:
    """Where the dollars go."""
    painted = {what: sum(plan.costs[what] for plan in plans()[-1:]) for what in plans()[-1].costs}
    whole = sum(painted.values())
    return _table(["of the dollars", "share"], [[what, f"{cost / whole:.1%}"] for what, cost in painted.items()])


def price_table() -> str:
    """What was taken for what costs what."""
    return _table(["price", "$", "where from"], [[what, f"{price:g}", source] for what, price, source in PRICES])


def queue_table() -> str:
    """The simulation beside the measured runs, and what it says where nothing was measured."""
    rows = []
    for run in MEASURED:
        said = pictures_per_s(run.jobs, MEASURED_WORKERS, replace(PACE, draw_s=run.draw_s))
        ideal, off = MEASURED_WORKERS / run.draw_s, said / run.pictures_per_s - 1
        rows.append(
            [
                f"{run.jobs:,} wait, {MEASURED_WORKERS} workers, {run.draw_s:g} s a picture",
                f"{run.pictures_per_s:g} a second, {run.pictures_per_s / ideal:.0%} of the ideal",
                f"{said:.2f} a second ({off:+.0%})",
            ]
        )
    unfair = fairness(5_000, 500, MEASURED_WORKERS, replace(PACE, draw_s=0.1))
    rows.append(
        [
            "500 people behind one person's 5,000: p95 wait of what it is without",
            f"{MEASURED_UNFAIRNESS:g} times",
            f"{unfair:.2f} times",
        ]
    )
    small = plans()[0]
    preview = replace(PACE, draw_s=small.here.preview_s)
    wait = p95_at(small.peak * TRY_ONS, small.workers, preview)
    rows.append(
        [f"busiest minute of {_many(small.people)} people, {small.workers} workers: p95 wait", "", f"{wait:.1f} s"]
    )
    paint = replace(preview, draw_s=GPU_S)
    wait = p95_at(small.peak * TRY_ONS, small.gpus, paint, HOUR_S)
    rows.append([f"the same, {small.gpus} GPUs", "", f"{wait:.0f} s"])
    return _table(["claim", "measured", "simulated"], rows)


TABLES: dict[str, Callable[[], str]] = {
    "plan": plan_table,
    "shares": share_table,
    "prices": price_table,
    "queue": queue_table,
}


def filled(page: str) -> str:
    """The page with its tables worked out anew; each stands between `<!-- NAME -->` and `<!-- end -->`."""

    def table(found: re.Match[str]) -> str:
        return f"<!-- {found[1]} -->\n{TABLES[found[1]]()}\n<!-- end -->"

    return re.sub(r"<!-- ((?!end)\w+) -->\n(?:.*?\n)??<!-- end -->", table, page, flags=re.DOTALL)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _many(count: Any) -> str:
    if count < 10:
        return f"{count:.1f}" if count != int(count) else f"{count:.0f}"
    exact = float(f"{count:.3g}")
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if exact >= size:
            return f"{exact / size:g} {word}"
    return f"{exact:,.0f}"


def _size(count: float) -> str:
    for size, unit in ((1e15, "PB"), (1e12, "TB"), (1e9, "GB")):
        if count >= size:
            return f"{count / size:.3g} {unit}"
    return f"{count / 1e6:.3g} MB"


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text()))
