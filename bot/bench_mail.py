"""`fashioncore bench --mail N`: N subscriptions are due at once; how long until each has its mail.

Everybody saved a product that got cheaper, so every digest has news, pictures and an outfit. Mails go nowhere: how
fast a mail server takes them is its own affair.
"""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from bot.bench import Report, machine
from bot.bootstrap import open_composer, open_database
from bot.mail.envelope import House
from bot.mail.post import DUE, Pace, Post
from bot.mail.transport import Begin, Withdrawn
from bot.settings import BotSettings
from bot.stocking import prepare
from storage.local_servers import LocalServers
from storage.unit_of_work import Database

HOME = "https://stylist.example.org"
SENT_FOR_S = 30.0
"""For so long mails are sent; the rest would go on in the same way."""

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


def run(subscriptions: int) -> str:
    """Measure; returns the table."""
    report = Report()
    report.add("machine", machine())
    with tempfile.TemporaryDirectory(prefix="fashioncore-bench-") as folder, LocalServers(Path(folder)) as servers:
        settings = BotSettings(DATABASE_URL=servers.database_url, REDIS_URL=servers.redis_url, data=Path(folder))
        prepare(settings)
        database = open_database(settings, settings.mail_senders)
        try:
            database.call(lambda uow: [uow.session.execute(sa.text(one)) for one in _CHEAPER])
            people = {"count": subscriptions}
            database.call(lambda uow: [uow.session.execute(sa.text(one), people) for one in _PEOPLE])
            _plan(report, database, subscriptions)
            asyncio.run(_send(report, database, settings))
        finally:
            database.close()
    return report.table()


def _plan(report: Report, database: Database, subscriptions: int) -> None:
    began = time.perf_counter()
    while database.call(lambda uow: uow.mailing.due(DUE)):
        pass
    took = time.perf_counter() - began
    report.add(
        f"{subscriptions} due subscriptions become mails", f"{took:.1f} s, {subscriptions / took:.0f} a second"
    )


async def _send(report: Report, database: Database, settings: BotSettings) -> None:
    sinks = [_Sink() for _ in range(settings.mail_senders)]
    async with open_composer(settings, database, HOME) as composer:
        house = House("fashionCORE <stylist@example.org>", home=HOME)
        post = Post(database, composer, house, list(sinks), pace=Pace(1_000_000))
        # The first mails draw the pictures.
        await post.send(sinks[0])
        before, first, memory = time.perf_counter(), sum(sink.mails for sink in sinks), _memory_mib()

        async def sending(sink: _Sink) -> None:
            while time.perf_counter() - before < SENT_FOR_S and await post.send(sink):
                pass

        await asyncio.gather(*map(sending, sinks))
        took = time.perf_counter() - before
    mails = sum(sink.mails for sink in sinks) - first
    size = sum(sink.bytes for sink in sinks) / max(1, mails + first) / 1024
    report.add("mails built and handed over, pictures cached", f"{mails / took:.0f} a second ({mails} mails)")
    report.add("one mail", f"{size:.0f} KiB")
    report.add("memory of the sender: after 8 mails, after all", f"{memory:.0f} MiB, {_memory_mib():.0f} MiB")


def _memory_mib() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
