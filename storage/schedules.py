"""When a digest is due, in the person's own time. Pure: no clock is read here."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Cadence = Literal["daily", "weekly", "monthly", "alert"]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How often and when, on the clock of an IANA time zone. `weekday` is 0 for Monday and counts for weekly
    ones, `day` of the month for monthly ones: the last there is, where the month is shorter. An `alert` has no
    time of its own: a price brings it.

    Raises ValueError for what no clock or calendar shows, and for a zone that there is not.
    """

    cadence: Cadence
    weekday: int = 0
    day: int = 1
    hour: int = 9
    minute: int = 0
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        """See the class."""
        if not (0 <= self.weekday <= 6 and 1 <= self.day <= 31):
            raise ValueError("a weekday is 0 to 6, a day 1 to 31")
        time(self.hour, self.minute)
        if not is_zone(self.timezone):
            raise ValueError("not an IANA time zone")


def is_zone(name: str) -> bool:
    """Whether this is the name of a time zone: what a browser says is not believed."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def following(schedule: Schedule, after: datetime) -> datetime | None:
    """The first time after this one, in UTC; None for what only a price brings.

    An hour that the clock skips in spring comes an hour later that day; one that it shows twice in autumn counts
    the first time.
    """
    if schedule.cadence == "alert":
        return None
    zone, clock = ZoneInfo(schedule.timezone), time(schedule.hour, schedule.minute)
    for day in _days(schedule, after.astimezone(zone).date() - _ONE_DAY):
        # Of a time that there is not, and of one that there is twice, this is the offset before the change.
        at = datetime.combine(day, clock, zone).astimezone(UTC)
        if at > after:
            return at
    raise AssertionError("days do not end")


def period(schedule: Schedule, at: datetime) -> str:
    """The local day of a moment: nobody gets two digests in one, however often they change when it comes."""
    return at.astimezone(ZoneInfo(schedule.timezone)).date().isoformat()


def _days(schedule: Schedule, first: date) -> Iterator[date]:
    """The local days of the schedule from this one on."""
    if schedule.cadence == "monthly":
        year, month = first.year, first.month
        while True:
            yield date(year, month, min(schedule.day, calendar.monthrange(year, month)[1]))
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    step = _ONE_DAY
    if schedule.cadence == "weekly":
        first += _ONE_DAY * ((schedule.weekday - first.weekday()) % 7)
        step = 7 * _ONE_DAY
    while True:
        yield first
        first += step
