"""The web chat under load: a steady stream of messages, a crowd in a minute, a long history, an hour."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack

from tests.load.house import Cost, House, costing, resident_mib
from tests.load.report import Report, percentiles
from tests.load.visitors import Visitor

VISITORS = 16
"""At once, each waiting for an answer before writing again; as many as `fashioncore bench` has."""

WORDS = "help"
WISHES = ("help", "white t-shirt")
"""What a crowd writes: an answer that is known by heart, and one that is searched for."""

MINUTE_S = 60.0

SAMPLED_S = 5.0
"""How often memory is read."""

VISIT_S = 1.0
"""How often somebody comes where memory is read: an hour of them leaves the machine to others."""


def messages(house: House, report: Report, seconds: float) -> None:
    """As many messages as are answered while everybody writes as soon as they have read."""
    waits, cost = asyncio.run(_talk(house, seconds))
    report.add(f"messages answered a second, {VISITORS} visitors at once", f"{len(waits) / cost.seconds:.1f}")
    report.add("message in, reply on the page", percentiles(waits))
    report.cost("a message", cost, len(waits), watched="the web process")


def warm(house: House) -> None:
    """Let everything be used once."""
    asyncio.run(_talk(house, 3.0, profiled=False))


async def _talk(house: House, seconds: float, *, profiled: bool = True) -> tuple[list[float], Cost]:
    waits: list[float] = []
    async with AsyncExitStack() as stack:
        visitors = await _visitors(house, stack, VISITORS)
        with costing(house, house.serving() if profiled else ()) as cost:
            until = time.monotonic() + seconds

            async def talk(visitor: Visitor) -> None:
                while time.monotonic() < until:
                    waits.append(await visitor.ask(WORDS))

            await asyncio.gather(*map(talk, visitors))
    return waits, cost


def people(house: House, report: Report, count: int) -> None:
    """So many people come within one minute, are greeted, and write once."""
    dice = random.Random(count)  # noqa: S311 # repeatable
    greetings: list[float] = []
    replies: list[float] = []
    lost: list[str] = []

    async def visit(visitor: Visitor, at_s: float, words: str) -> None:
        await asyncio.sleep(at_s)
        try:
            greetings.append(await visitor.open())
            replies.append(await visitor.ask(words))
        except TimeoutError as error:
            lost.append(repr(error))

    async def crowd() -> Cost:
        async with AsyncExitStack() as stack:
            comers = [await stack.enter_async_context(Visitor(house.port)) for _ in range(count)]
            with costing(house, house.serving()) as cost:
                visits = [
                    visit(visitor, dice.uniform(0, MINUTE_S), WISHES[number % len(WISHES)])
                    for number, visitor in enumerate(comers)
                ]
                await asyncio.gather(*visits)
        return cost

    cost = asyncio.run(crowd())
    what = f"{count} people in a minute"
    report.add(f"{what}: page opened, greeting on it", percentiles(greetings))
    report.add(f"{what}: message in, reply on the page", percentiles(replies))
    report.add(f"{what}: not answered", f"{len(lost)}, all done after {cost.seconds:.0f} s")
    report.cost("one of them", cost, count, watched="the web process")


def history(house: House, report: Report, sizes: Sequence[int], seconds: float) -> None:
    """What a message costs while the tables grow to so many rows each."""
    there = 0
    for size in sizes:
        _grow(house, there, size)
        there = size
        waits, cost = asyncio.run(_talk(house, seconds, profiled=False))
        in_server = sum(spent for _, _, spent in cost.statements) / len(waits)
        processors = ", ".join(
            f"{name} {1000 * cost.cpu_s[name] / len(waits):.1f} ms" for name in ("web", "PostgreSQL")
        )
        report.add(
            f"a message with {size:,} rows of history",
            f"{percentiles(waits)}; processor {processors}; in statements {in_server:.2f} ms",
        )
        dearest, calls, spent = cost.statements[0]
        report.add("its dearest statement", f"{spent / calls:.3f} ms: {' '.join(dearest.split())[:80]}")


GROWN = """
INSERT INTO people (id) SELECT md5('person' || n)::uuid FROM generate_series(%(first)s, %(last)s, 100) n;
INSERT INTO identities (person_id, channel, external_id)
    SELECT md5('person' || n)::uuid, 'web', 'old' || n FROM generate_series(%(first)s, %(last)s, 100) n;
INSERT INTO conversations (id, person_id, channel, address, seq, rev)
    SELECT md5('talk' || n)::uuid, md5('person' || n)::uuid, 'web', 'old' || n, 100, 100
    FROM generate_series(%(first)s, %(last)s, 100) n;
INSERT INTO turns (id, conversation_id, seq, rev, author, event_id, body)
    SELECT md5('turn' || n)::uuid, md5('talk' || n - n %% 100)::uuid, n, n, 'person', 'event' || n,
           jsonb_build_object('text', repeat('word ', 20), 'choices', '[]'::jsonb, 'products', '[]'::jsonb,
                              'pictures', '[]'::jsonb, 'job', NULL)
    FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO inbox (channel, address, event_id, kind, payload, status, done_at)
    SELECT 'web', 'old' || n - n %% 100, 'event' || n, 'text', '{}', 'done', now()
    FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO outbox (channel, conversation_id, turn_id, rev, status, sent_at)
    SELECT 'web', md5('talk' || n - n %% 100)::uuid, md5('turn' || n)::uuid, n, 'sent', now()
    FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO jobs (person_id, conversation_id, queue, key, request, status, order_at, started_at, finished_at)
    SELECT md5('person' || n - n %% 100)::uuid, md5('talk' || n - n %% 100)::uuid, 'fashioncore:preview',
           'key' || n, '{}', 'done', now(), now(), now()
    FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO activity (person_id, action)
    SELECT md5('person' || n - n %% 100)::uuid, 'tryon_done' FROM generate_series(%(first)s, %(last)s) n;
"""
"""A person has one conversation of a hundred turns, events, messages, jobs and notes."""


def _grow(house: House, first: int, last: int) -> None:
    house.sql(GROWN, {"first": first, "last": last - 1})
    house.sql("VACUUM ANALYZE")


def memory(house: House, report: Report, seconds: float) -> float:
    """By how many MiB an hour the web processes grow while visitors come, talk and leave."""
    sizes: list[tuple[float, float]] = []

    async def visit() -> None:
        async with Visitor(house.port) as visitor:
            await visitor.open()
            for words in WISHES:
                await visitor.ask(words)

    async def visiting(until: float) -> None:
        async with asyncio.TaskGroup() as visits:
            while time.monotonic() < until:
                visits.create_task(visit())
                await asyncio.sleep(VISIT_S)

    async def watching(until: float) -> None:
        while time.monotonic() < until:
            sizes.append((time.monotonic(), sum(map(resident_mib, house.serving()))))
            await asyncio.sleep(SAMPLED_S)

    async def both() -> None:
        until = time.monotonic() + seconds
        await asyncio.gather(watching(until), visiting(until))

    asyncio.run(both())
    # Caches fill in the first fifth.
    first, last = sizes[len(sizes) // 5], sizes[-1]
    hourly = 3600 * (last[1] - first[1]) / max(1.0, last[0] - first[0])
    report.add(
        f"memory of the web processes in {seconds:.0f} s of a visit each {VISIT_S:g} s",
        f"{sizes[0][1]:.0f}, {first[1]:.0f}, {last[1]:.0f} MiB at the start, after a fifth, at the end:"
        f" {hourly:+.0f} MiB an hour",
    )
    return hourly


async def _visitors(house: House, stack: AsyncExitStack, count: int) -> list[Visitor]:
    found = [await stack.enter_async_context(Visitor(house.port)) for _ in range(count)]
    for visitor in found:
        await visitor.open()
    return found
