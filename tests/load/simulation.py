"""The queue of try-ons as a simulation (SimPy): what four measured workers tell about four hundred.

A worker takes a job, draws it, and keeps the picture of the one before meanwhile, one at a time. Who is next is
decided by the program's own rule (storage.jobs.JobPolicy). `python -m tests.load.scale` writes what follows.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import simpy

from storage.jobs import JobPolicy

Steps = Generator[simpy.Event, object, None]


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds of a worker for one picture: to take the job, to draw it, and to keep it while the next is drawn."""

    take_s: float
    draw_s: float
    keep_s: float


@dataclass(frozen=True, slots=True)
class Wish:
    """A try-on: when it is asked for, and how many its person asked for within the hour before."""

    at_s: float
    lately: int = 0
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """A run of the real program: four worker processes on servers of their own, with an engine of a fixed time."""

    jobs: int
    draw_s: float
    pictures_per_s: float


MEASURED = (Measured(1_200, 0.1, 33.08), Measured(10_000, 0.5, 7.65), Measured(400, 2.0, 1.98))
"""`bench --load queue` with `--jobs` and `--picture-s` as here, 28 November 2026 (docs/load.md)."""

MEASURED_WORKERS = 4
MEASURED_UNFAIRNESS = 0.97
"""`bench --load fairness`: the p95 wait of 500 people behind one with 5,000, in multiples of that without."""

PACE = Pace(take_s=0.021, draw_s=0.0, keep_s=0.02)
"""What taking and keeping took there: the run of 0.1 s tells the first, for it waits for little else. The second
is no more than all the processor time of a picture beside drawing it, of worker, PostgreSQL and Valkey together.
"""


def waits(wishes: Sequence[Wish], workers: int, pace: Pace) -> dict[Wish, float]:
    """From each wish to its picture, in seconds."""
    step_s = JobPolicy().fairness_step.total_seconds()
    world = simpy.Environment()
    queue: simpy.PriorityStore = simpy.PriorityStore(world)
    ended: dict[Wish, float] = {}

    def ask() -> Steps:
        for number, wish in enumerate(sorted(wishes, key=lambda wish: wish.at_s)):
            yield world.timeout(wish.at_s - world.now)
            queue.put((wish.at_s + wish.lately * step_s, number, wish))

    def work() -> Steps:
        store = simpy.Resource(world)
        while True:
            found = yield queue.get()
            assert isinstance(found, tuple)
            yield world.timeout(pace.take_s + pace.draw_s)
            kept = store.request()
            yield kept
            world.process(keep(found[2], store, kept))

    def keep(wish: Wish, store: simpy.Resource, kept: simpy.resources.resource.Request) -> Steps:
        yield world.timeout(pace.keep_s)
        ended[wish] = world.now - wish.at_s
        store.release(kept)

    world.process(ask())
    for _ in range(workers):
        world.process(work())
    world.run()
    return ended


def pictures_per_s(jobs: int, workers: int, pace: Pace) -> float:
    """How fast a queue of so many empties."""
    return jobs / max(waits([Wish(0.0, whose=str(n)) for n in range(jobs)], workers, pace).values())


def fairness(greedy: int, others: int, workers: int, pace: Pace) -> float:
    """The p95 wait of people with one wish each behind one person's many, as a multiple of what it is without."""
    ones = [Wish(1.0, whose=str(number)) for number in range(others)]
    many = [Wish(0.0, lately, "greedy") for lately in range(greedy)]
    behind = waits([*many, *ones], workers, pace)
    return p95([behind[wish] for wish in ones]) / p95(list(waits(ones, workers, pace).values()))


def p95_at(rate_per_s: float, workers: int, pace: Pace, seconds: float = 1800.0) -> float:
    """The p95 wait where people come by chance, so many a second."""
    chance, at_s = random.Random(42), 0.0  # noqa: S311 # people, not keys
    wishes: list[Wish] = []
    while (at_s := at_s + chance.expovariate(rate_per_s)) < seconds:
        wishes.append(Wish(at_s, whose=str(len(wishes))))
    return p95(list(waits(wishes, workers, pace).values()))


def workers_for(rate_per_s: float, pace: Pace, wait_s: float) -> int:
    """The fewest workers with which 95 of 100 wait no longer than that."""
    fewest = max(1, int(rate_per_s * (pace.take_s + pace.draw_s)))
    return _first(fewest, lambda workers: p95_at(rate_per_s, workers, pace) <= wait_s)


def p95(values: Sequence[float]) -> float:
    """Of so many, the one that 95 of 100 do not exceed."""
    return sorted(values)[int(0.95 * (len(values) - 1))]


def _first(count: int, enough: Callable[[int], bool]) -> int:
    while not enough(count):
        count += max(1, count // 20)
    return count
