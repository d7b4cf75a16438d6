"""The log: for people or as JSON, without secrets, and with the trail that is followed."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest

from storage.logs import JsonRedactor, Redactor
from storage.trail import Step, current, following, trail_of

SECRET = 'a "key with ✂ signs'


def _record(message: str, *arguments: object, **more: Any) -> logging.LogRecord:
    return logging.getLogger("test").makeRecord("test", logging.WARNING, "f", 1, message, arguments, None, **more)


def _entry(record: logging.LogRecord) -> dict[str, Any]:
    line = JsonRedactor([SECRET]).format(record)
    assert "\n" not in line
    entry: dict[str, Any] = json.loads(line)
    return entry


def test_an_entry_is_one_line_of_json_with_its_trail() -> None:
    with following(trail_of("web", "e1")):
        entry = _entry(_record("it said\n%s", "two lines"))
    assert entry["message"] == "it said\ntwo lines"
    assert (entry["level"], entry["logger"], entry["trail"]) == ("warning", "test", trail_of("web", "e1"))
    assert entry["at"].endswith("+00:00")
    assert "trail" not in _entry(_record("outside"))


def test_secrets_go_before_json_escapes_them() -> None:
    record = _record("the key is %s", SECRET, extra={"facts": {"kind": SECRET, "seconds": 1.5}})
    try:
        int(SECRET)
    except ValueError:
        record.exc_info = sys.exc_info()
    entry = _entry(record)
    assert entry["message"] == "the key is [redacted]"
    assert (entry["kind"], entry["seconds"]) == ("[redacted]", 1.5)
    assert "ValueError" in entry["error"]
    assert "✂" not in JsonRedactor([SECRET]).format(record)


def test_people_read_lines_as_before() -> None:
    assert Redactor([SECRET]).format(_record("all %s", "well")).endswith("WARNING test: all well")


def test_a_trail_is_followed_inside_its_block_alone() -> None:
    assert current() is None
    with following("outer"):
        with following("inner"):
            assert current() == "inner"
        assert current() == "outer"
    assert current() is None


def test_a_step_tells_what_it_was_and_how_it_ended(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "fashioncore.steps"), following(trail_of("web", "e1")):
        Step("turn", {"channel": "web", "kind": "text"}).ended("done")
    (record,) = caplog.records
    assert record.getMessage().startswith("turn channel=web kind=text outcome=done in ")
    entry = json.loads(JsonRedactor([]).format(record))
    assert (entry["step"], entry["channel"], entry["outcome"]) == ("turn", "web", "done")
