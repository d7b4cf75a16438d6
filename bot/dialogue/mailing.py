"""Mails: who wants which and when, where they go, and what is sent there now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogue import items, labels, linking, replies, watching, zones
from bot.dialogue.actions import choice
from bot.dialogue.language import spoken
from bot.dialogue.mail_times import CADENCES, day_name, told_in, weekday_name, when
from bot.dialogue.state import ConversationState, Deed, MailWish
from bot.dialogue.turn import Turn, next_steps
from bot.dialogue.types import (
    ArrangeMails,
    Choice,
    Frame,
    ItemsMailed,
    MailConfirmed,
    MailItems,
    MailLinkCode,
    MailPlan,
    MailsArranged,
    MailsRefused,
    MailStanding,
    PauseMails,
    StopMails,
)
from bot.dialogue.understanding.mailwords import mail_words

SAVED = "saved"
"""Stands for all that is saved among the products that are mailed."""


# --- in words ----------------------------------------------------------------------------------------


def subscribe(turn: Turn, frame: Frame, text: str) -> None:
    """ "Email me every friday at 9"; of prices also in the chat alone."""
    words = mail_words(text)
    if frame.slots.get("cadence") == "alert":
        if words.mail:
            _alert(turn, frame)
        else:
            watching.subscribed(turn, frame)
        return
    update(turn, frame, text)


def update(turn: Turn, frame: Frame, text: str) -> None:
    """Other mails than before, at another time, at another address, or again."""
    mail, told = turn.state.mail, told_in(frame.slots, text)
    address = str(frame.slots.get("email", ""))
    if _in_public(turn):
        return
    if address:
        turn.update(mail_address=address)
    running = mail.plan if mail else None
    if running is not None and not told and not address:
        if mail is not None and mail.paused_until is not None:
            resume(turn)
        else:
            show(turn)
        return
    if frame.slots.keys() & {"category", "color", "pattern", "material", "brand"}:
        turn.lead_in(replies.MAIL_NOT_ONE_KIND)
    _want(turn, MailWish(plan=told))


def unsubscribe(turn: Turn, frame: Frame, text: str) -> None:
    """An end, a pause, or no word of prices any more: which, say the words."""
    words, mail = mail_words(text), turn.state.mail
    if frame.slots.get("ref") or words.prices or (mail is None and not words.mail):
        watching.unsubscribed(turn, frame)
    elif words.forget and mail is not None:
        forget(turn)
    elif words.pause:
        pause(turn, words.days, words.weekday, words.date)
    else:
        stop(turn)


def results(turn: Turn, frame: Frame, _text: str = "") -> None:
    """ "Email me these": what is on screen, or the last try-on."""
    if _in_public(turn):
        return
    address = str(frame.slots.get("email", ""))
    wish = _meant(turn, frame.slots)
    if wish is None:
        return
    if address:
        turn.update(mail_address=address)
    if wish.items:
        _want(turn, wish)
    elif address:
        named(turn, address)
    else:
        turn.say(replies.NOTHING_ON_SCREEN)


def _meant(turn: Turn, slots: dict[str, Any]) -> MailWish | None:
    """What shall be mailed; empty when there is nothing; None when it was not clear, which is said."""
    state, refs = turn.state, list(slots.get("ref", ()))
    there = tuple(card.id for card in state.shown if card.id not in state.gone)
    done = state.last if state.stage == "tryon_done" or not there else None
    if SAVED in refs:
        return MailWish(products=(SAVED,))
    if state.last is not None and ("tryon" in refs or (done and refs in ([], ["it"], ["all"]))):
        return MailWish(job=state.last.job)
    if refs in ([], ["all"]) or (refs == ["it"] and state.focus is None):
        return MailWish(products=there)
    cards = items.chosen(turn, slots)
    return MailWish(products=tuple(card.id for card in cards)) if cards else None


def provided(turn: Turn, frame: Frame) -> None:
    """An address that nobody asked for."""
    if not _in_public(turn):
        named(turn, str(frame.slots["email"]))


def named(turn: Turn, address: str) -> None:
    """They named an address: where mails go from now on, or for mails that are to be chosen yet."""
    mail = turn.state.mail
    turn.update(mail_address=address, asked=None)
    if turn.state.mailing is not None:
        _go_on(turn)
    elif mail is not None:
        turn.do(ArrangeMails(address, mail.plan))
    else:
        turn.say(replies.MAIL_WHICH, *_kinds(), choice(labels.HELP, "help"))


def link(turn: Turn, _frame: Frame, text: str) -> None:
    """Another device: by a link in a mail when they say so, else by a code."""
    mail = turn.state.mail
    if mail is not None and mail.confirmed and mail_words(text).mail:
        by_mail(turn)
    else:
        linking.ask_code(turn)


def answered(turn: Turn, frame: Frame, text: str) -> bool:
    """Whether this answers the question for an address or a time zone that is open."""
    asked = turn.state.asked
    if asked not in ("email", "zone"):
        return False
    if frame.intent in ("deny", "cancel"):
        turn.update(asked=None, mailing=None, mail_address="")
        turn.say(replies.MAIL_NOT_NOW)
        return True
    if asked == "email":
        return _address_given(turn, frame, text)
    found = zones.zones_in(text)
    if len(found) == 1:
        choose_zone(turn, found[0])
    elif found:
        ask_zone(turn, found)
    elif frame.intent in ("provide", "out_of_scope", "set_profile", "affirm"):
        turn.lead_in(replies.MAIL_ZONE_UNKNOWN)
        ask_zone(turn)
    else:
        turn.update(asked=None, mailing=None)
        return False
    return True


def _address_given(turn: Turn, frame: Frame, text: str) -> bool:
    if "email" in frame.slots:
        named(turn, str(frame.slots["email"]))
    elif "@" in text or frame.intent in ("provide", "affirm"):
        turn.say(replies.MAIL_NO_ADDRESS, *_address_steps())
    else:
        turn.update(asked=None, mailing=None)
        return False
    return True


# --- what is wanted, and what it still needs ---------------------------------------------------------


def _want(turn: Turn, wish: MailWish) -> None:
    waiting = turn.state.mailing
    if waiting is not None and waiting.items and not wish.items:
        # What waits for the confirmation goes on waiting.
        wish = replace(wish, products=waiting.products, job=waiting.job)
    turn.update(mailing=wish)
    _go_on(turn)


def _go_on(turn: Turn) -> None:
    """Do what is wanted, or ask for what it still needs."""
    state, wish = turn.state, turn.state.mailing
    turn.update(asked=None)
    if wish is None:
        show(turn)
        return
    address = state.mail_address or (state.mail.address if state.mail else "")
    plan = _plan(state, wish)
    if not address:
        ask_address(turn)
    elif plan is not None and plan.cadence != "alert" and not plan.zone:
        ask_zone(turn)
    elif plan is not None:
        turn.do(ArrangeMails(state.mail_address, plan))
    elif state.mail is None or not state.mail.confirmed or address != state.mail.address:
        turn.do(ArrangeMails(address, state.mail.plan if state.mail else None))
    else:
        _mail_now(turn, wish)


def _plan(state: ConversationState, wish: MailWish) -> MailPlan | None:
    """The plan as it would be: what was said, over what there is."""
    if wish.plan is None:
        return None
    before = state.mail.plan if state.mail and state.mail.plan else MailPlan(zone=state.zone or "")
    return replace(before, **wish.plan)


def _mail_now(turn: Turn, wish: MailWish, *, anew: bool = False) -> None:
    deed = Deed("email_results", wish.products or (wish.job,))
    turn.update(mailing=None)
    if turn.state.deed == deed and not anew:
        turn.say(replies.MAILED_ALREADY, choice(labels.MAIL_AGAIN, "mail", "again"), *next_steps(turn.state))
        return
    turn.update(deed=deed)
    turn.do(MailItems(wish.products, wish.job))


def ask_address(turn: Turn) -> None:
    """The only thing that we must know."""
    turn.update(asked="email")
    turn.say(replies.MAIL_ASK_ADDRESS, *_address_steps())


def _address_steps() -> list[Choice]:
    return [choice(labels.MAIL_NOT_NOW, "mail", "never"), choice(labels.PRIVACY, "privacy")]


def ask_zone(turn: Turn, offered: tuple[str, ...] = ()) -> None:
    """Nine o'clock where? Cities to tap; any other can be written."""
    turn.update(asked="zone")
    steps = [choice(zones.city(zone), "zone", zone) for zone in offered or zones.likely(spoken())]
    turn.say(replies.MAIL_ASK_ZONE, *steps, choice(labels.MAIL_NOT_NOW, "mail", "never"))


def choose_zone(turn: Turn, name: str) -> None:
    """They live there."""
    zone = zones.known(name)
    if zone is None:
        ask_zone(turn)
        return
    turn.update(zone=zone, asked=None)
    wish, mail = turn.state.mailing, turn.state.mail
    if wish is not None and wish.plan is not None:
        _want(turn, replace(wish, plan={**wish.plan, "zone": zone}))
    elif mail is not None and mail.plan is not None:
        _want(turn, MailWish(plan={"zone": zone}))
    else:
        show(turn)


def _in_public(turn: Turn) -> bool:
    """Addresses are no matter for those who read along."""
    if turn.state.public:
        turn.update(asked=None, mailing=None)
        turn.say(replies.MAIL_PUBLIC)
    return turn.state.public


def _alert(turn: Turn, frame: Frame) -> None:
    """ "Email me when it gets cheaper": told here, and by mail, unless mails come at set times."""
    if _in_public(turn):
        return
    state = turn.state
    if frame.slots.get("ref") or state.focus is not None:
        watching.subscribed(turn, frame)
    if state.mail is not None and state.mail.plan is not None and state.mail.plan.cadence != "alert":
        turn.say(replies.MAIL_PLAN_STAYS(when=when(state.mail.plan)), choice(labels.MAIL_ALERT, "mail", "alert"))
    elif state.mail is None or state.mail.plan is None:
        _want(turn, MailWish(plan={"cadence": "alert"}))


# --- by buttons --------------------------------------------------------------------------------------


def pressed(turn: Turn, what: str) -> None:
    """A button about mails, perhaps an old one."""
    if _in_public(turn):
        return
    if what in CADENCES:
        _want(turn, MailWish(plan={"cadence": what}))
    elif what in _BUTTONS:
        _BUTTONS[what](turn)
    else:
        show(turn)


def pause(
    turn: Turn, days: int | None = None, weekday: int | None = None, date: tuple[int, int] | None = None
) -> None:
    """No mails for a while."""
    mail = turn.state.mail
    if mail is None or mail.plan is None:
        show(turn)
        return
    turn.do(PauseMails(days=days, weekday=weekday, date=date))
    turn.update(mail=replace(mail, paused_until=""))
    steps = (choice(labels.MAIL_RESUME, "mail", "resume"), choice(labels.MAIL_STOP, "mail", "stop"))
    if days is not None:
        text = replies.MAILS_PAUSED_FOR(count=days)
    elif date is not None:
        text = replies.MAILS_PAUSED_TO(day=day_name(*date))
    elif weekday is not None:
        text = replies.MAILS_PAUSED_TO(day=weekday_name(weekday))
    else:
        text = str(replies.MAILS_PAUSED)
    turn.say(text, *steps, *next_steps(turn.state))


def resume(turn: Turn) -> None:
    """The pause is over."""
    mail = turn.state.mail
    if mail is None or mail.plan is None:
        show(turn)
        return
    turn.do(PauseMails(on=False))
    turn.update(mail=replace(mail, paused_until=None))
    turn.say(_arranged(turn.state.mail), *_steps(turn.state.mail), *next_steps(turn.state))


def stop(turn: Turn) -> None:
    """No mails of our own accord any more."""
    mail = turn.state.mail
    if mail is None or mail.plan is None:
        show(turn)
        return
    turn.do(StopMails())
    turn.update(mail=replace(mail, plan=None, paused_until=None), mailing=None, asked=None)
    again = choice(labels.MAIL_CHANGE, "mail", "change")
    turn.say(replies.MAILS_STOPPED, again, choice(labels.MAIL_FORGET, "mail", "forget"), *next_steps(turn.state))


def forget(turn: Turn) -> None:
    """The address is not kept either."""
    turn.do(StopMails(forget=True))
    turn.update(mail=None, mailing=None, mail_address="", asked=None)
    turn.say(replies.MAIL_FORGOTTEN)


def change(turn: Turn) -> None:
    """How to change it."""
    turn.say(replies.MAIL_CHANGE_HOW, *_kinds(), choice(labels.MAIL_ADDRESS, "mail", "address"))


def never(turn: Turn) -> None:
    """Not now."""
    turn.update(asked=None, mailing=None, mail_address="")
    turn.say(replies.MAIL_NOT_NOW)


def again(turn: Turn) -> None:
    """The same once more."""
    deed = turn.state.deed
    if deed is None or deed.intent != "email_results":
        results(turn, Frame("email_results"))
        return
    job = turn.state.last.job if turn.state.last else ""
    wish = MailWish(job=job) if deed.products == (job,) else MailWish(products=deed.products)
    _mail_now(turn, wish, anew=True)


def these(turn: Turn) -> None:
    """What is on screen."""
    results(turn, Frame("email_results"))


def by_mail(turn: Turn) -> None:
    """The link to another device by mail."""
    turn.do(MailLinkCode())


_BUTTONS = {
    "pause": pause, "resume": resume, "stop": stop, "forget": forget, "change": change, "never": never,
    "address": ask_address, "again": again, "these": these, "link": by_mail,
}  # fmt: skip


# --- answers -----------------------------------------------------------------------------------------


def arranged(turn: Turn, event: MailsArranged) -> None:
    """It is settled, but for the confirmation."""
    mail, wish = event.mail, turn.state.mailing
    left = replace(wish, plan=None) if wish is not None and wish.items else None
    turn.update(mail=mail, mail_address="", asked=None, mailing=left)
    if not mail.confirmed:
        plan = mail.plan if wish is None or wish.plan is not None else None
        if plan is None:
            text = replies.MAIL_CONFIRM_THEN(address=mail.address)
        else:
            then = replies.MAIL_CONFIRM_ALERT if plan.cadence == "alert" else replies.MAIL_CONFIRM_FIRST
            text = then(address=mail.address, when=when(plan))
        turn.say(text, *_steps(mail), *next_steps(turn.state))
    else:
        if wish is None or wish.plan is not None:
            turn.say(_arranged(mail), *_steps(mail), *next_steps(turn.state))
        if left is not None:
            _mail_now(turn, left)


def refused(turn: Turn, event: MailsRefused) -> None:
    """Why nothing goes there."""
    turn.update(mail_address="")
    if event.reason in ("address", "bounced", "complained"):
        turn.update(asked="email")
        turn.say(replies.MAIL_REFUSED[event.reason], *_address_steps())
    else:
        turn.update(mailing=None)
        turn.say(replies.MAIL_REFUSED[event.reason])


def mailed(turn: Turn, event: ItemsMailed) -> None:
    """It is on its way."""
    turn.say(replies.MAILED(address=event.address))


def confirmed(turn: Turn, _event: MailConfirmed) -> None:
    """The link was used: what waited for that goes now."""
    mail, wish = turn.state.mail, turn.state.mailing
    if mail is None:
        return
    turn.lead_in(replies.MAIL_CONFIRMED(address=mail.address))
    if wish is not None and wish.items:
        _mail_now(turn, wish)
    else:
        turn.say(when_sentence(mail) if mail.plan else "", *_steps(mail), *next_steps(turn.state))


# --- what there is -----------------------------------------------------------------------------------


def show(turn: Turn) -> None:
    """What mails they get."""
    mail = turn.state.mail
    if _in_public(turn):
        return
    if mail is None:
        turn.say(replies.MAILS_NONE, *_kinds(), *next_steps(turn.state))
    elif mail.plan is None:
        turn.say(replies.MAILS_ONLY_ASKED(address=mail.address), *_kinds(), *_steps(mail), *next_steps(turn.state))
    else:
        turn.say(_arranged(mail), *_steps(mail), *next_steps(turn.state))


def line(state: ConversationState) -> str | None:
    """A line of what is known about the person."""
    mail = None if state.public else state.mail
    if mail is None:
        return None
    return f"{mail.address}: {when(mail.plan)}" if mail.plan else mail.address


def _arranged(mail: MailStanding | None) -> str:
    if mail is None or mail.plan is None:
        return str(replies.MAILS_NONE)
    text = replies.MAILS_COME(address=mail.address, when=when(mail.plan))
    if mail.paused_until is not None:
        text += f" {replies.MAILS_ARE_PAUSED}"
    return text if mail.confirmed else f"{text} {replies.MAIL_UNCONFIRMED}"


def when_sentence(mail: MailStanding) -> str:
    """When they come, as a sentence."""
    return replies.MAILS_COME(address=mail.address, when=when(mail.plan)) if mail.plan else ""


def _steps(mail: MailStanding | None) -> list[Choice]:
    if mail is None or mail.plan is None:
        return [choice(labels.MAIL_FORGET, "mail", "forget")] if mail else []
    on = mail.paused_until is None
    turned = choice(labels.MAIL_PAUSE, "mail", "pause") if on else choice(labels.MAIL_RESUME, "mail", "resume")
    return [choice(labels.MAIL_CHANGE, "mail", "change"), turned, choice(labels.MAIL_STOP, "mail", "stop")]


def _kinds() -> list[Choice]:
    kinds = ("weekly", labels.MAIL_WEEKLY), ("monthly", labels.MAIL_MONTHLY), ("daily", labels.MAIL_DAILY)
    return [choice(label, "mail", kind) for kind, label in (*kinds, ("alert", labels.MAIL_ALERT))]
