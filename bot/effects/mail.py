"""Carries out what the dialogue wants of mails, and tells by mail what happened while nobody looked."""

from __future__ import annotations

import calendar
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bot.dialogue import types as d
from bot.dialogue.codes import new_code
from bot.dialogue.language import ENGLISH
from bot.dialogue.mailing import SAVED
from storage.addresses import is_private
from storage.mail_address import NoAddress
from storage.mailing import FOREVER, MailRefused, SubscriptionRecord
from storage.schedules import Schedule
from storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from bot.effects.turn import Turn

MailEffect = d.ArrangeMails | d.PauseMails | d.StopMails | d.MailItems | d.MailLinkCode

MAIL_CONFIRMED = "mail_confirmed"
"""The kind of inbox event that tells a conversation that the link which confirms the address was used."""

MAX_ITEMS = 12
"""Of what is saved so many go into one mail."""

LONG_WAIT = timedelta(minutes=5)
"""Who waited longer for a picture has looked away: a mail tells that it is there."""

LINK_VALID = timedelta(minutes=15)
"""How long the code in a mail is open: mail takes longer than copying."""


def standing_of(record: SubscriptionRecord | None) -> d.MailStanding | None:
    """What the dialogue knows of a person's mails."""
    if record is None:
        return None
    until, paused = record.paused_until, None
    if until is not None and until > datetime.now(UTC):
        paused = "" if until == FOREVER else until.date().isoformat()
    schedule = None if record.ended else record.schedule
    return d.MailStanding(record.address, record.confirmed, _plan(schedule), paused)


def _plan(schedule: Schedule | None) -> d.MailPlan | None:
    if schedule is None:
        return None
    return d.MailPlan(
        schedule.cadence, schedule.weekday, schedule.day, schedule.hour, schedule.minute, schedule.timezone
    )


def _schedule(plan: d.MailPlan | None) -> Schedule | None:
    if plan is None:
        return None
    return Schedule(plan.cadence, plan.weekday, plan.day, plan.hour, plan.minute, plan.zone or "UTC")


async def perform(effect: MailEffect, turn: Turn) -> list[d.Event]:
    """Do it. Where others read along no address is taken or said."""
    if not is_private(turn.talk.address):
        return [d.MailsRefused("public")]
    return await turn.tx.run(lambda uow: _perform(uow, effect, turn))


def _perform(uow: UnitOfWork, effect: MailEffect, turn: Turn) -> list[d.Event]:
    person = turn.talk.person_id
    match effect:
        case d.ArrangeMails():
            return [_arrange(uow, effect, turn)]
        case d.PauseMails(on=False):
            uow.mailing.resume(person)
        case d.PauseMails():
            record = uow.mailing.subscription(person)
            uow.mailing.pause(person, _until(effect, record))
        case d.StopMails(forget=True):
            uow.mailing.forget(person)
        case d.StopMails():
            uow.mailing.end(person)
        case d.MailItems():
            return [_mail_items(uow, effect, turn)]
        case d.MailLinkCode():
            code = new_code(secrets.choice)
            uow.links.open_code(code, person, turn.talk.id, LINK_VALID)
            payload = {"code": code, "minutes": int(LINK_VALID.total_seconds() // 60)}
            return [_answer(uow, person, posted=uow.mailing.post(person, "sign_in", payload))]
    return []


def _arrange(uow: UnitOfWork, effect: d.ArrangeMails, turn: Turn) -> d.Event:
    person, schedule = turn.talk.person_id, _schedule(effect.plan)
    language = turn.state.spoken or ENGLISH
    try:
        if effect.address:
            record = uow.mailing.subscribe(person, effect.address, schedule, language)
        else:
            known = uow.mailing.change(person, schedule=schedule, locale=language)
            if known is None:
                return d.MailsRefused("off")
            record = known
    except NoAddress:
        return d.MailsRefused("address", effect.address)
    except MailRefused as error:
        return d.MailsRefused(error.code, effect.address)
    mail = standing_of(record)
    return d.MailsRefused("off") if mail is None else d.MailsArranged(mail)


def _mail_items(uow: UnitOfWork, effect: d.MailItems, turn: Turn) -> d.Event:
    person = turn.talk.person_id
    products = list(effect.products)
    if products == [SAVED]:
        products = uow.people.favourites(person, MAX_ITEMS)
    there = [one for one in products if uow.product_of(one, person) is not None]
    if not there and not effect.job:
        return d.MailsRefused("off")
    payload: dict[str, Any] = {"job": effect.job} if effect.job else {"products": there}
    return _answer(uow, person, posted=uow.mailing.post(person, "items", payload))


def _answer(uow: UnitOfWork, person: UUID, *, posted: bool) -> d.Event:
    record = uow.mailing.subscription(person)
    if record is None or not record.confirmed:
        return d.MailsRefused("off")
    return d.ItemsMailed(record.address) if posted else d.MailsRefused("bounced", record.address)


def _until(effect: d.PauseMails, record: SubscriptionRecord | None) -> datetime | None:
    """When the pause is over, at the beginning of a day where the person lives."""
    zone = ZoneInfo(record.schedule.timezone if record and record.schedule else "UTC")
    today = datetime.now(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if effect.days is not None:
        return today + timedelta(days=effect.days)
    if effect.weekday is not None:
        return today + timedelta(days=(effect.weekday - today.weekday() - 1) % 7 + 1)
    if effect.date is not None:
        month, day = effect.date
        return next(at for at in _years(today, month, day) if at > today)
    return None


def _years(today: datetime, month: int, day: int) -> Iterator[datetime]:
    """This day in this year and the next ones; the day before it where there is none."""
    for year in range(today.year, today.year + 3):
        yield today.replace(year=year, month=month, day=min(day, calendar.monthrange(year, month)[1]))


# --- told by mail ------------------------------------------------------------------------------------


def tell_confirmed(uow: UnitOfWork, person_id: UUID) -> str | None:
    """The chat that the person used last hears that the address is theirs; returns its channel, to be rung."""
    private = [talk for talk in uow.conversations.of(person_id) if is_private(talk.address)]
    if not private:
        return None
    talk = max(private, key=lambda talk: float(talk.state.get("seen") or 0))
    uow.inbox.accept(talk.channel, talk.address, f"{MAIL_CONFIRMED}:{uuid4()}", MAIL_CONFIRMED, {})
    return talk.channel


def tell_ready(uow: UnitOfWork, person_id: UUID, job_id: UUID) -> None:
    """The picture is there, for whoever waited long for it."""
    if uow.jobs.took(job_id) > LONG_WAIT:
        uow.mailing.post(person_id, "ready", {"job": str(job_id)}, key=f"ready:{job_id}")


def tell_price(uow: UnitOfWork, person_id: UUID, payload: dict[str, Any]) -> None:
    """Something they wait for costs less, for those who want a mail then; {"product": id, "was": ...}."""
    mail = standing_of(uow.mailing.subscription(person_id))
    if mail is not None and mail.plan is not None and mail.plan.cadence == "alert" and mail.paused_until is None:
        uow.mailing.post(person_id, "digest", payload)
