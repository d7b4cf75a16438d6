"""Which language a browser asks for."""

from __future__ import annotations

import re

from starlette.requests import HTTPConnection

from bot.dialogue.language import language_of

_RANGE = re.compile(r"\s*([A-Za-z0-9-]{1,35}|\*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?")
_MOST = 20
"""Languages that anybody lists."""


def accepted(request: HTTPConnection) -> str | None:
    """The language of ours that the browser likes best; None when it asks for none of them (RFC 9110, 12.5.4)."""
    return language_of(*_tags(request.headers.get("accept-language", "")))


def _tags(header: str) -> list[str]:
    """The languages of the header, best first; what is not written as it should be is left out."""
    found: list[tuple[float, str]] = []
    for part in header.split(",", _MOST)[:_MOST]:
        match = _RANGE.fullmatch(part)
        quality = float(match[2] or 1) if match else 0.0
        if match and match[1] != "*" and quality > 0:
            found.append((quality, match[1]))
    return [tag for _, tag in sorted(found, key=lambda one: -one[0])]
