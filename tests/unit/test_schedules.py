"""When a digest is due: in the person's own time, through both changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from storage.schedules import Schedule, following, is_zone, period

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _next(schedule: Schedule, after: str) -> str:
    found = following(schedule, _at(after))
    assert found is not None
    return found.astimezone(ZoneInfo(schedule.timezone)).isoformat(timespec="minutes")


def test_every_friday_at_nine_stays_nine_when_the_clock_changes() -> None:
    friday = Schedule("weekly", weekday=4, hour=9, timezone=BERLIN)
    assert _next(friday, "2026-03-27T07:59") == "2026-03-27T09:00+01:00"
    assert _next(friday, "2026-03-27T08:00") == "2026-04-03T09:00+02:00"
    assert _next(friday, "2026-10-23T07:00") == "2026-10-30T09:00+01:00"


def test_an_hour_that_the_clock_skips_comes_an_hour_later_that_day() -> None:
    daily = Schedule("daily", hour=2, minute=30, timezone=BERLIN)
    assert _next(daily, "2026-03-28T12:00") == "2026-03-29T03:30+02:00"
    assert _next(daily, "2026-03-29T01:30") == "2026-03-30T02:30+02:00"


def test_an_hour_that_comes_twice_counts_once() -> None:
    daily = Schedule("daily", hour=1, minute=30, timezone=NEW_YORK)
    first = following(daily, _at("2026-10-31T12:00"))
    assert first == _at("2026-11-01T05:30")
    assert following(daily, first) == _at("2026-11-02T06:30")


def test_the_last_day_stands_for_the_31st_of_shorter_months() -> None:
    monthly = Schedule("monthly", day=31, timezone="Asia/Kolkata")
    assert _next(monthly, "2026-01-31T12:00") == "2026-02-28T09:00+05:30"
    assert _next(monthly, "2026-02-28T12:00") == "2026-03-31T09:00+05:30"
    assert _next(monthly, "2026-12-31T12:00") == "2027-01-31T09:00+05:30"


def test_a_day_that_a_country_left_out_brings_nothing_twice() -> None:
    daily = Schedule("daily", timezone="Pacific/Apia")
    first = following(daily, _at("2011-12-29T20:00"))
    second = following(daily, first) if first else None
    assert first is not None
    assert second is not None
    assert period(daily, first) == "2011-12-31"
    assert period(daily, second) == "2012-01-01"


def test_a_price_alert_has_no_time_of_its_own() -> None:
    assert following(Schedule("alert"), _at("2026-01-01T00:00")) is None


@pytest.mark.parametrize(
    "name", ["", "Mars/Phobos", "../../etc/passwd", "/etc/localtime", "a\x00b", "x" * 5000, "Europe"]
)
def test_what_is_no_time_zone_is_none(name: str) -> None:
    assert not is_zone(name)
    with pytest.raises(ValueError, match="zone"):
        Schedule("daily", timezone=name)


@pytest.mark.parametrize("wrong", [{"hour": 24}, {"minute": 60}, {"weekday": 7}, {"day": 0}, {"day": 32}])
def test_what_no_clock_shows_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must be in|weekday"):
        Schedule("daily", **wrong)
