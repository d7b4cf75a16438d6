"""Days of the year in words: "until 5 January", "bis zum 5. Januar", "January 5th"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.dates import get_month_names

from bot.dialogue.language import LANGUAGES
from bot.dialogue.understanding.text import bag, tokenise

_BETWEEN = bag("de of el the th st nd rd er le den dem zum . ,")
_LONGEST = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Day(NamedTuple):
    """A day of the year, and the word of the message that says which of its month."""

    month: int
    day: int
    at: int


def day_in(row: Sequence[str]) -> Day | None:
    """The first day of the year among the words. To be asked only of what is about time: "set" is a month, too."""
    said = [(i, word) for i, word in enumerate(row) if word not in _BETWEEN]
    for place, (_, word) in enumerate(said):
        month = _months().get(word, 0)
        for i, day in (*said[max(0, place - 1) : place], *said[place + 1 : place + 2]) if month else ():
            if day.isdigit() and 1 <= int(day) <= _LONGEST[month]:
                return Day(month, int(day), i)
    return None


@cache
def _months() -> dict[str, int]:
    """Months by their folded names and abbreviations in all languages, as CLDR has them."""
    found: dict[str, int] = {}
    for code in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, Locale.parse(code, sep="-")).items():
                    words = [token.text for token in tokenise(name) if token.kind == "word"]
                    if len(words) == 1:
                        found.setdefault(words[0], number)
    return found
