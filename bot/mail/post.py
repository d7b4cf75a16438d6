"""The sender: what is due becomes mails, mails become letters, and letters are handed over, each once.

Claimed, built, its recipient taken by the server, marked as being handed over, handed over, marked as sent: a
process that dies before the mark leaves a mail that another one sends, one that dies after it a mail that nobody
sends again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from bot.dialogue.language import speaking
from bot.dialogue.mail_times import when
from bot.effects.mail import standing_of
from bot.mail.envelope import House
from bot.mail.letter import Order, Written
from bot.mail.transport import Carrier, NotSent, Refused, Unknown, Unreachable, Withdrawn
from catalog.pacing import Window
from catalog.ports import Pace
from storage.mailing import MailRecord
from storage.trail import Step, following
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

    async def write(self, orders: Sequence[Order]) -> list[Written | None]:
        """The letters; None when there is nothing to say."""


class Built(NamedTuple):
    """A mail with its letter and as it goes over the wire; None where there is nothing to say."""

    mail: MailRecord
    written: Written | None
    message: bytes | None


class Post:
    """The senders of one process; any number of processes may run. Each domain gets so many mails in a minute from
    all that share the `pace`.
    """

    def __init__(
        self,
        database: Database,
        composer: Composer,
        house: House,
        carriers: list[Carrier],
        *,
        pace: Pace,
        per_minute: int,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._composer = composer
        self._house = house
        self._carriers = carriers
        self._pace = pace
        # Some seconds' worth, so that no domain gets a minute's mails at once.
        burst = -(-per_minute // 10)
        self._windows = (Window(burst, 60 * burst / per_minute),)
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
        moment, now = time.monotonic(), self._now()
        self._waiting = {domain: until for domain, until in self._waiting.items() if until > moment}
        without = set(self._waiting)
        mails = await self._database.run(lambda uow: uow.mailing.claim(BATCH, without))
        paced = [mail for mail in mails if await self._may_go(mail)]
        for built in await self._built(paced, now):
            with following(built.mail.trail):
                step = Step("mail", {"kind": built.mail.kind, "mail": built.mail.id})
                step.ended(await self._one(carrier, built, now))
        return len(mails)

    async def _may_go(self, mail: MailRecord) -> bool:
        """Whether the server is there and the domain takes one more now; else the mail waits until then."""
        until = max(self._away_until, self._waiting.get(mail.domain, 0.0))
        if until <= time.monotonic():
            wait = await self._pace.take(f"mail:{mail.domain}", self._windows)
            if wait == 0:
                return True
            until = self._waiting[mail.domain] = time.monotonic() + wait
        await self._put_off(mail, "paced", until)
        return False

    async def _put_off(self, mail: MailRecord, why: str, until: float) -> None:
        """Until then, which is no fault of the mail."""
        pause = timedelta(seconds=max(0.0, until - time.monotonic()))
        await self._do(lambda uow: uow.mailing.postpone(mail, why, pause, counted=False))

    async def _built(self, mails: list[MailRecord], now: datetime) -> list[Built]:
        """All at once; a defect that one letter shows must not cost the others, so then one by one."""
        try:
            orders = [await self._order(mail, now) for mail in mails]
            letters = await self._composer.write(orders) if orders else []
            return [
                Built(mail, one, None if one is None else self._house.message(mail, one.letter, now))
                for mail, one in zip(mails, letters, strict=True)
            ]
        except CONNECTION_LOST:
            raise
        except Exception:
            if len(mails) > 1:
                return [built for mail in mails for built in await self._built([mail], now)]
            (mail,) = mails
            log.exception("the letter of mail %s", mail.id)
            await self._do(lambda uow: uow.mailing.postpone(mail, "not_built", _pause(mail)))
            return []

    async def _one(self, carrier: Carrier, built: Built, now: datetime) -> str:
        """Hand it over; in a word, what came of it."""
        mail = built.mail
        if built.message is None or built.written is None:
            await self._do(lambda uow: uow.mailing.drop(mail, "nothing"))
            return "dropped"
        if self._away_until > time.monotonic():
            await self._put_off(mail, "away", self._away_until)
            return "away"
        return await self._carry(carrier, mail, built.message, built.written, now)

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
    ) -> str:
        """Hand it over and write down what came of it."""

        async def begin() -> bool:
            return await self._database.run(lambda uow: uow.mailing.begin(mail))

        def taken(uow: UnitOfWork) -> None:
            uow.mailing.sent(mail, told_until=now if mail.kind == "digest" and not mail.payload else None)
            uow.told.keep(mail.person_id, written.told)

        back = self._house.return_path(mail.ref)
        try:
            await carrier.carry(back, mail.address, mail.ref, message, begin)
        except NotSent as error:
            await self._not_sent(mail, error)
            return type(error).__name__.lower()
        self._away_s = 0.0
        # However long the database is away: whoever does not write it down cannot tell it from a loss.
        await self._do(taken)
        return "sent"

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
