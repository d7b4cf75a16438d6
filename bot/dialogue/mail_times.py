"""When mails come: read from a message, and said in words."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from babel.dates import format_skeleton, format_time, get_day_names

from bot.dialogue import replies, zones
from bot.dialogue.language import in_locale
from bot.dialogue.types import MailPlan
from bot.dialogue.understanding.mailwords import weekday_of

CADENCES = ("daily", "weekly", "monthly", "alert")
_HOURS = {"morning": 9, "afternoon": 14, "evening": 18, "night": 21}


def told_in(slots: dict[str, Any], text: str) -> dict[str, Any]:
    """The values of a plan that were said."""
    told: dict[str, Any] = {}
    day, clock = str(slots.get("day", "")), str(slots.get("time", ""))
    if slots.get("cadence") in CADENCES:
        told["cadence"] = slots["cadence"]
    if day.isdigit():
        told |= {"day": int(day)} | ({} if "cadence" in told else {"cadence": "monthly"})
    elif (weekday := weekday_of(day)) is not None:
        told |= {"weekday": weekday} | ({} if "cadence" in told else {"cadence": "weekly"})
    if clock in _HOURS:
        told |= {"hour": _HOURS[clock], "minute": 0}
    elif ":" in clock:
        hour, minute = clock.split(":")
        told |= {"hour": int(hour), "minute": int(minute)}
    place = zones.zones_in(text) if zones.speaks_of_clocks(text) else ()
    return told | ({"zone": place[0]} if len(place) == 1 else {})


def when(plan: MailPlan) -> str:
    """ "every week on Friday at 09:00, Berlin time"."""
    if plan.cadence == "alert":
        return str(replies.MAIL_WHEN["alert"])
    clock = format_time(time(plan.hour, plan.minute), "short", locale=in_locale())
    values = {"time": clock, "city": zones.city(plan.zone)}
    values |= {"weekly": {"day": weekday_name(plan.weekday)}, "monthly": {"day": str(plan.day)}}.get(
        plan.cadence, {}
    )
    return replies.MAIL_WHEN[plan.cadence](**values)


def day_name(month: int, day: int) -> str:
    """ "January 5", in the language spoken now."""
    # Of a leap year, so that each day that there is has a name.
    return str(format_skeleton("MMMMd", date(2028, month, day), locale=in_locale()))


def weekday_name(number: int) -> str:
    """ "Monday" for 0, in the language spoken now."""
    return str(get_day_names("wide", locale=in_locale())[number])
