"""The sender: what is due becomes mails, mails become letters, and letters are handed over, each once.

Claimed, built, its recipient taken by the server, marked as being handed over, handed over, marked as sent: a
process that dies before the mark leaves a mail that another one sends, one that dies after it a mail that nobody
sends again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.dialogue.language import speaking
from bot.dialogue.mail_times import when
from bot.mail.envelope import House
from bot.mail.letter import Order, Written
from bot.mail.transport import Carrier, NotSent, Refused, Unknown, Unreachable, Withdrawn
from bot.mail_effects import standing_of
from storage.mailing import MailRecord
from storage.unit_of_work import CONNECTION_LOST, Database, UnitOfWork

log = logging.getLogger(__name__)

LOOK_S = 2.0
BATCH = 8
"""Mails that one sender claims at once: fewer than it can send in the time of a lease, however slow all are."""

DUE = 500

BACK_OFF = (60, 300, 900, 1800, 3600, 7200)
"""Seconds until a mail that was refused for now is tried again. Greylisting asks for some minutes."""

AWAY_S = (5.0, 300.0)
"""Seconds that nothing is tried after the server was away: at first and at most."""


class Composer(Protocol):
    """See bot.mail.composing."""

    async def write(self, order: Order) -> Written | None:
        """The letter, or None when there is nothing to say."""


@dataclass
class Pace:
    """How many mails each domain gets: a bucket that holds those of some seconds. Times in s, monotonic."""

    per_minute: int
    clock: Callable[[], float] = time.monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, domain: str) -> float:
        """0 when a mail may go to this domain now; else the seconds until several may."""
        now, most = self.clock(), max(1.0, self.per_minute / 10)
        left, at = self._left.get(domain, (most, now))
        left = min(most, left + (now - at) * self.per_minute / 60)
        if left < 1:
            self._left[domain] = (left, now)
            return (max(1.0, most / 2) - left) * 60 / self.per_minute
        self._left[domain] = (left - 1, now)
        if len(self._left) > 10_000:
            # Those that have been left alone for long are as good as new.
            self._left = {name: one for name, one in self._left.items() if now - one[1] < 60}
        return 0.0


class Post:
    """The senders of one process; any number of processes may run."""

    def __init__(
        self,
        database: Database,
        composer: Composer,
        house: House,
        carriers: list[Carrier],
        *,
        pace: Pace,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._composer = composer
        self._house = house
        self._carriers = carriers
        self._pace = pace
        self._now = now
        self._waiting: dict[str, float] = {}
        """Domains that get nothing until then."""
        self._away_s = 0.0
        self._away_until = 0.0

    async def run(self) -> None:
        """Send until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._planning())
            for carrier in self._carriers:
                group.create_task(self._sending(carrier))

    async def _planning(self) -> None:
        while True:
            with suppress(*CONNECTION_LOST):
                while await self._database.run(lambda uow: uow.mailing.due(DUE)) == DUE:
                    pass
                await self._database.run(lambda uow: uow.mailing.reap())
            await asyncio.sleep(LOOK_S)

    async def _sending(self, carrier: Carrier) -> None:
        try:
            while True:
                pause = max(LOOK_S, self._away_until - time.monotonic())
                try:
                    if self._away_until <= time.monotonic() and await self.send(carrier):
                        continue
                except CONNECTION_LOST:
                    log.warning("the database is away")
                except Exception:
                    log.exception("sending mail failed")
                await asyncio.sleep(pause)
        finally:
            await carrier.close()

    async def send(self, carrier: Carrier) -> int:
        """Send what is next; returns how many mails were claimed."""
        now = time.monotonic()
        self._waiting = {domain: until for domain, until in self._waiting.items() if until > now}
        without = set(self._waiting)
        mails = await self._database.run(lambda uow: uow.mailing.claim(BATCH, without))
        for mail in mails:
            await self._one(carrier, mail)
        return len(mails)

    async def _one(self, carrier: Carrier, mail: MailRecord) -> None:
        wait = max(self._pace.take(mail.domain), self._waiting.get(mail.domain, 0.0) - time.monotonic())
        if wait > 0 or self._away_until > time.monotonic():
            self._waiting[mail.domain] = time.monotonic() + wait
            pause = timedelta(seconds=max(wait, self._away_until - time.monotonic()))
            await self._do(lambda uow: uow.mailing.postpone(mail, "paced", pause, counted=False))
            return
        now = self._now()
        try:
            written = await self._composer.write(await self._order(mail, now))
            message = None if written is None else self._house.message(mail, written.letter, now)
        except CONNECTION_LOST:
            raise
        except Exception:
            # A defect that one letter shows must not cost the others.
            log.exception("the letter of mail %s", mail.id)
            await self._do(lambda uow: uow.mailing.postpone(mail, "not_built", _pause(mail)))
            return
        if written is None or message is None:
            await self._do(lambda uow: uow.mailing.drop(mail, "nothing"))
            return
        await self._carry(carrier, mail, message, written, now)

    async def _order(self, mail: MailRecord, now: datetime) -> Order:
        payload: dict[str, Any] = dict(mail.payload)
        if mail.kind == "confirm":
            token = await self._database.run(lambda uow: uow.mailing.new_confirmation(mail.person_id))
            payload["link"] = self._house.confirm_page(token)
            payload["when"] = _when(mail)
        about, home = mail.subscription, self._house.home
        return Order(
            mail.kind,
            mail.person_id,
            about.locale,
            now,
            payload,
            about.digested_at,
            self._house.stop_page(about.stop_token),
            f"{home}/go/mail" if home else "",
        )

    async def _carry(
        self, carrier: Carrier, mail: MailRecord, message: bytes, written: Written, now: datetime
    ) -> None:
        """Hand it over and write down what came of it."""

        async def begin() -> bool:
            return await self._database.run(lambda uow: uow.mailing.begin(mail))

        def taken(uow: UnitOfWork) -> None:
            uow.mailing.sent(mail, told_until=now if mail.kind == "digest" and not mail.payload else None)
            if uow.people.stay(mail.person_id):
                uow.told.keep(mail.person_id, written.told)

        back = self._house.return_path(mail.ref)
        try:
            await carrier.carry(back, mail.address, mail.ref, message, begin)
        except NotSent as error:
            await self._not_sent(mail, error)
            return
        self._away_s = 0.0
        # However long the database is away: whoever does not write it down cannot tell it from a loss.
        await self._do(taken)

    async def _not_sent(self, mail: MailRecord, error: NotSent) -> None:
        code = error.code
        log.info("mail %s (%s): %s %s", mail.id, mail.kind, type(error).__name__, code)
        match error:
            case Withdrawn():
                await self._do(lambda uow: uow.mailing.drop(mail, code))
            case Unreachable():
                self._away_s = min(max(AWAY_S[0], 2 * self._away_s), AWAY_S[1])
                self._away_until = time.monotonic() + self._away_s
                pause = timedelta(seconds=self._away_s)
                await self._do(lambda uow: uow.mailing.postpone(mail, code, pause, counted=False))
            case Refused(final=True):
                await self._do(lambda uow: uow.mailing.give_up(mail, code))
                if error.gone:
                    await self._do(lambda uow: uow.mailing.stop(mail.address, complained=False))
            case Refused():
                await self._do(lambda uow: uow.mailing.postpone(mail, code, _pause(mail)))
            case Unknown():
                await self._do(lambda uow: uow.mailing.lose(mail, code))

    async def _do(self, work: Callable[[UnitOfWork], None]) -> None:
        await self._database.run(work, attempts=8)


def _pause(mail: MailRecord) -> timedelta:
    return timedelta(seconds=BACK_OFF[min(mail.attempts, len(BACK_OFF)) - 1])


def _when(mail: MailRecord) -> str:
    """How often they asked for mails, in words; "" when only for what they ask for."""
    standing = standing_of(mail.subscription)
    with speaking(mail.subscription.locale):
        return when(standing.plan) if standing is not None and standing.plan is not None else ""
