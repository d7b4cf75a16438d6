"""`fashioncore bench --mail N`: N subscriptions are due at once; how long until each has its mail.

Everybody saved a product that got cheaper, so every digest has news, pictures and an outfit. One process for each
core sends; mails go nowhere: how fast a mail server takes them is its own affair.
"""

from __future__ import annotations

import asyncio
import os
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import sqlalchemy as sa

from bot.bench import Report, machine
from bot.bootstrap import open_composer, open_database
from bot.mail.envelope import House
from bot.mail.post import DUE, Post
from bot.mail.transport import Begin, Withdrawn
from bot.settings import BotSettings
from bot.stocking import prepare
from storage.local_servers import LocalServers
from storage.pace import RedisPace
from storage.unit_of_work import Database

HOME = "https://stylist.example.org"
UNPACED = 1_000_000
"""Mails to one domain in a minute: counted, but never too many."""

_PEOPLE = (
    "INSERT INTO people (id) SELECT gen_random_uuid() FROM generate_series(1, :count)",
    "INSERT INTO subscriptions"
    " (person_id, address, locale, cadence, stop_token, confirmed_at, next_at, digested_at)"
    " SELECT id, id || '@' || (abs(hashtext(id::text)) % 500) || '.example.org', 'en', 'daily',"
    " encode(sha256(id::text::bytea), 'hex'), now(), now() - interval '1 minute', now() - interval '1 day'"
    " FROM people",
    "INSERT INTO favourites (person_id, product_id) SELECT p.id, s.id FROM people p CROSS JOIN"
    " LATERAL (SELECT id FROM products ORDER BY hashtext(p.id::text || products.id) LIMIT 1) s",
    "INSERT INTO told_products (person_id, product_id, price_minor, currency, sizes)"
    " SELECT person_id, product_id, 999900, 'INR', '{}' FROM favourites",
    "ANALYZE",
)
_CHEAPER = (
    "INSERT INTO offers (product_id, seller, price_minor, currency)"
    " SELECT id, source, 79900, 'INR' FROM products ON CONFLICT (product_id, seller)"
    " DO UPDATE SET price_minor = 79900, currency = 'INR'",
    "UPDATE products SET price = 799, currency = 'INR'",
)


class _Sink:
    """Takes every mail and keeps only how many there were, and how long."""

    def __init__(self) -> None:
        self.mails = 0
        self.bytes = 0

    async def carry(self, sender: str, recipient: str, name: str, message: bytes, begin: Begin) -> None:  # noqa: ARG002 # see Carrier
        """See Carrier."""
        if not await begin():
            raise Withdrawn("withdrawn")
        self.mails += 1
        self.bytes += len(message)

    async def close(self) -> None:
        """See Carrier."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """What one sender did: memory in MiB after its first mails, half-way and at the end."""

    mails: int
    bytes: int
    cpu_s: float
    memory: tuple[float, float, float]


def run(subscriptions: int) -> str:
    """Measure; returns the table."""
    report = Report()
    report.add("machine", machine())
    with tempfile.TemporaryDirectory(prefix="fashioncore-bench-") as folder, LocalServers(Path(folder)) as servers:
        settings = _settings(servers.database_url, servers.redis_url, folder)
        prepare(settings)
        database = open_database(settings)
        try:
            database.call(lambda uow: [uow.session.execute(sa.text(one)) for one in _CHEAPER])
            people = {"count": subscriptions}
            database.call(lambda uow: [uow.session.execute(sa.text(one), people) for one in _PEOPLE])
            _plan(report, database, subscriptions)
        finally:
            database.close()
        _send(report, servers, folder, subscriptions)
    return report.table()


def _settings(database_url: str, redis_url: str, folder: str) -> BotSettings:
    return BotSettings(DATABASE_URL=database_url, REDIS_URL=redis_url, data=Path(folder))


def _plan(report: Report, database: Database, subscriptions: int) -> None:
    began = time.perf_counter()
    while database.call(lambda uow: uow.mailing.due(DUE)):
        pass
    took = time.perf_counter() - began
    report.add(
        f"{subscriptions} due subscriptions become mails", f"{took:.1f} s, {subscriptions / took:.0f} a second"
    )


def _send(report: Report, servers: LocalServers, folder: str, subscriptions: int) -> None:
    senders = len(os.sched_getaffinity(0))
    where = (servers.database_url, servers.redis_url, folder)
    pid = servers.postgres_pid
    before, began = _cpu_s(pid), time.perf_counter()
    with ProcessPoolExecutor(senders, get_context("spawn")) as pool:
        parts = list(pool.map(_sender, *([one] * senders for one in where), [subscriptions // senders] * senders))
    took, stored_s = time.perf_counter() - began, _cpu_s(pid) - before
    mails = sum(part.mails for part in parts)
    report.add(
        f"mails built and handed over by {senders} processes, pictures cached",
        f"{mails / took:.0f} a second ({mails} mails in {took:.0f} s, load average {os.getloadavg()[0]:.1f})",
    )
    built_ms, stored_ms = 1000 * sum(part.cpu_s for part in parts) / mails, 1000 * stored_s / mails
    report.add("processor time of one mail", f"{built_ms:.1f} ms, and {stored_ms:.1f} ms in PostgreSQL")
    report.add("one mail", f"{sum(part.bytes for part in parts) / mails / 1024:.0f} KiB")
    for number, part in enumerate(parts, 1):
        first, half, last = part.memory
        report.add(
            f"memory of sender {number}: at first, half-way, at the end",
            f"{first:.0f} MiB, {half:.0f} MiB, {last:.0f} MiB",
        )


def _sender(database_url: str, redis_url: str, folder: str, about: int) -> _Figures:
    """One process: sends until nothing is left, which is about so many mails."""
    return asyncio.run(_sending(_settings(database_url, redis_url, folder), about))


async def _sending(settings: BotSettings, about: int) -> _Figures:
    sinks = [_Sink() for _ in range(settings.mail_senders)]
    database, pace = (
        open_database(settings, settings.mail_senders),
        RedisPace(settings.redis_url.get_secret_value()),
    )
    memory: list[float] = []
    try:
        async with open_composer(settings, database, HOME) as composer:
            house = House("fashionCORE <stylist@example.org>", home=HOME)
            post = Post(database, composer, house, list(sinks), pace=pace, per_minute=UNPACED)
            # The first mails draw the pictures.
            await post.send(sinks[0])
            memory.append(_memory_mib())
            began = time.process_time()

            async def sending(sink: _Sink) -> None:
                while await post.send(sink):
                    if len(memory) == 1 and sum(one.mails for one in sinks) > about / 2:
                        memory.append(_memory_mib())

            await asyncio.gather(*map(sending, sinks))
            took = time.process_time() - began
    finally:
        await pace.close()
        database.close()
    first, *_ = memory
    half, last = memory[-1], _memory_mib()
    return _Figures(sum(one.mails for one in sinks), sum(one.bytes for one in sinks), took, (first, half, last))


def _memory_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def _cpu_s(pid: int | None) -> float:
    """Processor time of a server: its own, that of its processes, and that of those that ended."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == pid:
            ticks += sum(map(int, fields[11:13]))
        elif int(stat.parent.name) == pid:
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
