"""What a message about mails asks for beyond its intent: a pause and how long, an end, beginning again."""

from __future__ import annotations

from typing import NamedTuple

from bot.dialogue.understanding import lexicon
from bot.dialogue.understanding.reading import Reading, read_message
from bot.dialogue.understanding.text import bag

_DAYS = {
    1: bag("day days dia dias jour jours tag tage tagen din दिन يوم ايام"),
    7: bag(
        "week weeks semana semanas semaine semaines woche wochen hafta hafte hafton हफ्ता हफ्ते सप्ताह اسبوع اسابيع"
    ),
    14: bag("fortnight اسبوعين"),
    30: bag("month months mes meses mois monat monate monaten mahina mahine महीना महीने شهر اشهر شهور mese"),
}
"""Days of each word for a time."""

_ONE = bag("a an un una une ein eine einen einem um uma ek एक")
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class MailWords(NamedTuple):
    """Whether it speaks of mail, of prices that are waited for, of a pause (of so many days, up to a weekday or a
    date), of beginning again, and of an address that shall be forgotten.
    """

    mail: bool
    prices: bool
    pause: bool
    again: bool
    forget: bool
    days: int | None = None
    weekday: int | None = None
    date: tuple[int, int] | None = None
    """Month and day."""


def mail_words(text: str) -> MailWords:
    """What the words say of mails."""
    reading = read_message(text)
    notions = reading.notions
    pause, ends = "pause" in notions, reading.pause_ends
    return MailWords(
        mail="mail" in notions,
        prices=bool(notions & {"stop_watch", "watch_price"}),
        pause=pause,
        again="anew" in notions and not pause,
        forget=bool(notions & {"forget", "delete"}),
        days=_days(reading) if pause else None,
        weekday=_weekday(reading) if pause else None,
        date=ends and (ends.month, ends.day),
    )


def weekday_of(name: str) -> int | None:
    """0 for "monday"."""
    return _WEEK.index(name) if name in _WEEK else None


def _days(reading: Reading) -> int | None:
    found = lexicon.number_phrases().everywhere(reading.row)
    numbers = {start: float(pairs[0][1]) for start, _, pairs in found if pairs[0][0] == "number"}
    for i, word in enumerate(reading.row):
        each = next((days for days, words in _DAYS.items() if word in words), None)
        if each is None:
            continue
        before = reading.row[i - 1] if i else ""
        count = float(before) if before.isdigit() else numbers.get(i - 1, 1.0)
        if before.isdigit() or i - 1 in numbers or before in _ONE or each == 14:
            return min(366, max(1, round(count * each)))
    return None


def _weekday(reading: Reading) -> int | None:
    named = [value for tag in reading.facets for value in tag.values("day")]
    return weekday_of(named[0]) if named else None
