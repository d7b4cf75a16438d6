"""Which language a browser asks for, and errors in it."""

from __future__ import annotations

import asyncio
import json

import pytest
from starlette.requests import Request

from bot.web.errors import answer, invalid, too_large
from bot.web.languages import accepted


def request(header: str) -> Request:
    return Request({"type": "http", "headers": [(b"accept-language", header.encode("latin-1"))]})


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("en;q=0.4, de-CH;q=0.9", "de"),
        ("zh-CN, fr ; q=0.5, es;q=0.7", "es"),
        ("de;q=0, en", "en"),
        ("hi-Latn-IN, hi", "hi-Latn"),
        ("*", None),
        ("", None),
        ("de;q=2, es;q=x, ;;, fr;q=0.001", "fr"),
        (",".join(["xx"] * 5000) + ",de", None),
        ("x" * 9000, None),
    ],
)
def test_the_language_a_browser_likes_best(header: str, expected: str | None) -> None:
    assert accepted(request(header)) == expected


def test_an_error_is_told_in_the_language_of_the_browser() -> None:
    told = json.loads(bytes(asyncio.run(answer(request("ar"), too_large())).body))["error"]
    assert told["code"] == "too_large"
    assert told["message"].startswith("هذا كبير جدًا")


def test_what_only_a_programmer_reads_stays_english() -> None:
    told = json.loads(bytes(asyncio.run(answer(request("ar"), invalid("`id` is a UUID."))).body))["error"]
    assert told["message"] == "`id` is a UUID."
